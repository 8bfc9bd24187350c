"""The API's contract made out of the code: the OpenAPI document, and the catalogue of what may go wrong."""

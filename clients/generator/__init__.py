"""Makes the Python client out of ``deploy/spec/openapi.json``: ``python -m clients.generator``."""

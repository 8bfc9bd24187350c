"""The eight steps, one module each, as the officers live them."""

"""Evidence: bytes by their digest. A digest without bytes is refused wherever it is named."""

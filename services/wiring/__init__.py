"""How the topology becomes a running system: databases, secrets, keys, services, and what joins them."""

"""From an outbox to the bus, and from the bus to a handler's effects, once."""

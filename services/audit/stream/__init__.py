"""The archive as a stream of server-sent events."""

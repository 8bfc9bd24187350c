"""The bus as a log in PostgreSQL: durable, for one machine, in a database of its own."""

from shared.bus.postgres.log import PostgresBus

__all__ = ["PostgresBus"]

"""The contract of every event as one AsyncAPI 3.0 document: from the models, their goldens, and the topology."""

from services.wiring.contract.asyncapi.document import asyncapi

__all__ = ["asyncapi"]

"""精准 · A client of jingzhun's public API: requests made by ``operations``, answers typed by ``models``."""

from jingzhun_client.client import AsyncClient, Client
from jingzhun_client.exchange import NoAnswer, Patience, Refused, Witness
from jingzhun_client.requests import Page, Request
from jingzhun_client.tokens import Credentials, Token

__all__ = [
    "AsyncClient",
    "Client",
    "Credentials",
    "NoAnswer",
    "Page",
    "Patience",
    "Refused",
    "Request",
    "Token",
    "Witness",
]

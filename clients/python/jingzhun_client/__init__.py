"""精准 · A client of jingzhun's public API: requests made by ``operations``, answers typed by ``models``."""

from jingzhun_client.client import AsyncClient, Client
from jingzhun_client.exchange import NoAnswer, Patience, Refused, Token, Witness
from jingzhun_client.requests import Page, Request

__all__ = ["AsyncClient", "Client", "NoAnswer", "Page", "Patience", "Refused", "Request", "Token", "Witness"]

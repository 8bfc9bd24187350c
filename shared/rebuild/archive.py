"""Reading the archive, which is audit's: asked for page by page, in the order of its positions."""

import base64
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any, Protocol

import orjson

from shared.bus.port import Delivery, Message
from shared.peers import Peers

PAGE = 2_000
"""Messages asked for at once."""


class Archive(Protocol):
    def pages(self) -> AsyncIterator[list[Delivery]]:
        """All that was archived since the last call, in order per key."""
        ...


class ArchiveReader:
    """Goes on where it stopped, on the topics given."""

    def __init__(self, peers: Peers, topics: Sequence[str]) -> None:
        self._peers = peers
        self._topics = list(topics)
        self._after = 0

    async def pages(self) -> AsyncIterator[list[Delivery]]:
        """Up to the archive's head. Raises ``service-unavailable``."""
        while page := await self._page():
            yield page
            if len(page) < PAGE:
                return

    async def _page(self) -> list[Delivery]:
        question = {"topics": self._topics, "after": self._after, "limit": PAGE}
        page = []
        async for line in self._peers.stream("audit", "archive", question):
            archived = orjson.loads(line)
            page.append(_delivery(archived))
            self._after = archived["position"]
        return page


def _delivery(archived: dict[str, Any]) -> Delivery:
    value = base64.b64decode(archived["value"])
    message = Message(archived["topic"], archived["key"], archived["headers"], value)
    published_at = datetime.fromisoformat(archived["published_at"])
    return Delivery(message, archived["shard"], archived["bus_position"], published_at)

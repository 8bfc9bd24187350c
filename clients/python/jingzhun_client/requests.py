"""A call as a value: what to send, and how its answer reads. Nothing here talks to a network."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any, Generic, Protocol, Self, TypeVar
from urllib.parse import quote, urlencode

import msgspec

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Sent = tuple[bytes | None, str]
"""Content and its media type."""
Query = Mapping[str, str | list[str]]
_FORM = "application/x-www-form-urlencoded"


class Page(Protocol[T_co]):
    """A page of a list; ``next`` leads to the following one."""

    @property
    def items(self) -> Sequence[T_co]: ...

    @property
    def next(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Request(Generic[T_co]):
    """One operation of the API with its arguments. ``keyed``: an act, done once however often it is sent with its key.

    ``cursor`` is the query parameter that takes the ``next`` of a page, where the answer is one.
    """

    name: str
    method: str
    path: str
    answer: type[T_co]
    query: Query = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None
    media_type: str | None = None
    keyed: bool = False
    cursor: str | None = None

    def asking(self, **query: object) -> Self:
        """The same, with these query parameters besides."""
        return replace(self, query={**self.query, **_texts(query)})

    def read(self, content: bytes) -> T_co:
        """The answer's content, as the document describes it. Raises ``msgspec.ValidationError``."""
        kind: Any = self.answer
        answer: T_co = _decoder(kind)(content)
        return answer


def request(
    method: str,
    template: str,
    answer: type[T],
    *,
    name: str,
    path: Mapping[str, object] | None = None,
    query: Mapping[str, object] | None = None,
    headers: Mapping[str, object] | None = None,
    sent: Sent | None = None,
    keyed: bool = False,
    cursor: str | None = None,
) -> Request[T]:
    """As the document names things; arguments that are None are left out."""
    content, media_type = sent if sent is not None and sent[0] is not None else (None, None)
    return Request(
        name=name,
        method=method,
        path=template.format_map({part: quote(_text(value), safe="") for part, value in (path or {}).items()}),
        answer=answer,
        query=_texts(query or {}),
        headers={header: _text(value) for header, value in (headers or {}).items() if value is not None},
        content=content,
        media_type=media_type,
        keyed=keyed,
        cursor=cursor,
    )


def json(body: object) -> Sent:
    return (None if body is None else msgspec.json.encode(body), "application/json")


def form(body: object) -> Sent:
    fields = {} if body is None else msgspec.to_builtins(body)
    return (None if body is None else urlencode(_texts(fields), doseq=True).encode(), _FORM)


def _texts(query: Mapping[str, object]) -> dict[str, str | list[str]]:
    return {
        name: [_text(each) for each in value] if isinstance(value, list) else _text(value)
        for name, value in query.items()
        if value is not None
    }


def _text(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case _:
            return str(value)


@cache
def _decoder(answer: Any) -> Callable[[bytes], Any]:
    """Made once for every kind of answer."""
    if answer is bytes:
        return bytes
    return _nothing if answer is type(None) else msgspec.json.Decoder(answer).decode


def _nothing(_: bytes) -> None:
    return None

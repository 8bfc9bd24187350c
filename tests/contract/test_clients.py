"""The committed Python client is what the document gives, and its types are such as can be read."""

import inspect
from typing import Any, get_type_hints
from uuid import UUID

import msgspec
import orjson
import pytest

from clients.generator.__main__ import DOCUMENT, stale
from clients.generator.document import STREAM
from jingzhun_client import operations
from jingzhun_client.requests import Request

OPERATIONS = {
    name: function
    for name, function in inspect.getmembers(operations, inspect.isfunction)
    if function.__module__ == operations.__name__
}
FORMS: dict[str, Any] = {"str": "5002/29", "int": 2026, "bytes": b"x", "UUID": UUID(int=7)}


def test_up_to_date() -> None:
    assert stale() == [], "run make clients"


def test_every_operation_but_the_streams() -> None:
    document = orjson.loads(DOCUMENT.read_bytes())
    told = [
        operation
        for item in document["paths"].values()
        for method, operation in item.items()
        if method in {"get", "post", "put", "patch", "delete"}
    ]
    streams = {each["operationId"] for each in told if STREAM in each["responses"].get("200", {}).get("content", {})}
    assert {each["operationId"] for each in told} - streams == OPERATIONS.keys()


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_answer_can_be_read(name: str) -> None:
    """msgspec refuses a type of which it could not tell one case from another."""
    request = _made(name)
    if request.answer is not bytes and request.answer is not type(None):
        msgspec.json.Decoder(request.answer)
    assert request.name == name
    assert "{" not in request.path


def _made(name: str) -> Request[Any]:
    """With whatever has to be given."""
    hints = get_type_hints(OPERATIONS[name])
    given = {
        parameter.name: _anything(hints[parameter.name])
        for parameter in inspect.signature(OPERATIONS[name]).parameters.values()
        if parameter.default is inspect.Parameter.empty
    }
    made: Request[Any] = OPERATIONS[name](**given)
    return made


def _anything(hint: Any) -> Any:
    return FORMS.get(getattr(hint, "__name__", ""), {"any": "body"})

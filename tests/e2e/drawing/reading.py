"""The API's document as it is served, made such that schemathesis 4.32 can read it.

It looks at a bound parameter's schema without following its reference: named formats are written out. It sends an
example of a type whose bodies we draw ourselves only as bytes, which no document holds: those are left out. It takes
a stream's schema for that of one event, as OpenAPI 3.2 has it; in 3.1 a stream is a text, and its schema says of what.
"""

from typing import Any

import orjson
import requests

from tests.e2e.drawing.bodies import DRAWN

Document = dict[str, Any]


def document_at(url: str) -> Document:
    answer = requests.get(f"{url}/openapi.json", timeout=30)
    answer.raise_for_status()
    document: Document = orjson.loads(answer.content)
    schemas = document.get("components", {}).get("schemas", {})
    formats = {f"#/components/schemas/{name}": schema for name, schema in schemas.items() if _is_plain(schema)}
    for item in document["paths"].values():
        for operation in item.values():
            _leave_out_examples(operation.get("requestBody", {}).get("content", {}))
            for answer in operation["responses"].values():
                _describe_events(answer.get("content", {}).get("text/event-stream"))
    document["paths"] = _written_out(document["paths"], formats)
    if schemas:
        document["components"]["schemas"] = _written_out(schemas, formats)
    return document


def _leave_out_examples(content: Document) -> None:
    for name in DRAWN.keys() & content.keys():
        content[name].pop("example", None)
        content[name].pop("examples", None)


def _describe_events(stream: Document | None) -> None:
    if stream is not None:
        event = stream["schema"]["contentSchema"]
        data = {"type": "string", "contentMediaType": "application/json", "contentSchema": event["properties"]["data"]}
        stream["schema"] = event | {"properties": event["properties"] | {"data": data}}


def _is_plain(schema: Document) -> bool:
    return schema.get("type") in ("string", "integer", "number", "boolean")


def _written_out(value: Any, formats: Document) -> Any:
    if isinstance(value, list):
        return [_written_out(inner, formats) for inner in value]
    if not isinstance(value, dict):
        return value
    format_ = formats.get(value["$ref"]) if isinstance(value.get("$ref"), str) else None
    plain = value if format_ is None else format_ | {name: said for name, said in value.items() if name != "$ref"}
    return {name: _written_out(inner, formats) for name, inner in plain.items()}

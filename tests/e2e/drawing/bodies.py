"""Bodies that are no JSON: what a department or a village might hand in, whole and broken."""

from typing import Any

import orjson
import schemathesis
from hypothesis import strategies as st

from services.season.county.datasets import DATASETS

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_HEADERS = [",".join(dataset.header) for dataset in DATASETS.values()]
_MEMBER = st.fixed_dictionaries(
    {
        "name": _TEXT,
        "sex": st.sampled_from(["male", "female", "?"]),
        "relation": st.sampled_from(["head", "spouse", "?"]),
        "registration": st.sampled_from(["rural", "urban", "?"]),
    },
    optional={"id_number": _TEXT | st.just("11010519491231002X")},
)
_HOUSEHOLD = st.fixed_dictionaries(
    {
        "division": st.sampled_from(["500229001001001", "500229001001", "50022900100100"]),
        "booklet_number": _TEXT,
        "members": st.lists(_MEMBER, max_size=3),
    },
    optional={"ref": _TEXT, "address": _TEXT, "colour": _TEXT},
)


def _lines(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


EXTRACTS = st.builds(
    lambda header, rows: _lines([header, *rows]),
    st.sampled_from(_HEADERS) | _TEXT,
    st.lists(st.builds(",".join, st.lists(_TEXT, max_size=7)), max_size=5),
)
IMPORTS = st.builds(_lines, st.lists(st.builds(_json, _HOUSEHOLD) | _TEXT, max_size=5))


DRAWN = {"text/csv": EXTRACTS, "application/x-ndjson": IMPORTS}
_BY_SCHEMATHESIS = frozenset({"application/json", "application/x-www-form-urlencoded"})


def other_types(document: dict[str, Any]) -> list[str]:
    """The media types of bodies that schemathesis does not write by itself."""
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    bodies = [operation.get("requestBody", {}).get("content", {}) for operation in operations]
    return sorted({name for content in bodies for name in content} - _BY_SCHEMATHESIS)


def register(types: list[str]) -> None:
    @schemathesis.serializer(*types, "*/*")
    def as_it_is(context: Any, value: Any) -> dict[str, Any]:
        return {"data": value if isinstance(value, bytes) else str(value).encode()}

    for name, strategy in DRAWN.items():
        schemathesis.openapi.media_type(name, strategy)

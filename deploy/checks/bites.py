"""Every rule of our own in the Spectral ruleset is shown a document that breaks it alone, and has to say so."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
RULESET = ROOT / "deploy/spec/spectral.yaml"
SOUND = ROOT / "deploy/checks/contract-tools/sound.json"
Document = dict[str, Any]

_LIST, _ONE = "/v1/small-things", "/v1/small-things/{thing_id}"


def _get(document: Document) -> Document:
    found: dict[str, Any] = document["paths"][_LIST]["get"]
    return found


def _schema(document: Document, name: str) -> Document:
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


def _move(old: str, new: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        document["paths"][new] = document["paths"].pop(old)

    return change


def _set(*path: str | int, to: Any) -> Callable[[Document], None]:
    """``to`` of None removes."""

    def change(document: Document) -> None:
        place: Any = document
        for part in path[:-1]:
            place = place[part]
        if to is None:
            del place[path[-1]]
        else:
            place[path[-1]] = to

    return change


def _parameter(name: str) -> Callable[[Document], None]:
    told = {"description": "参数 · One", "example": "a", "schema": {"type": "string"}}
    return lambda document: _get(document)["parameters"].append({"name": name, "in": "query", **told})


def _field(schema: str, name: str, told: Document) -> Callable[[Document], None]:
    return lambda document: _schema(document, schema)["properties"].update({name: told})


_POST, _PATCH = ("paths", _LIST, "post"), ("paths", _ONE, "patch")
_LATER = ("components", "responses", "Later")
BREAKS: dict[str, Callable[[Document], None]] = {
    "paths-kebab-case": _move(_LIST, "/v1/small-things/old_ones"),
    "paths-plural-nouns": _move(_LIST, "/v1/small-thing"),
    "fields-snake-case": _field("ThingAnswer", "madeBy", {"type": "string", "description": "由谁 · By whom"}),
    "parameters-snake-case": _parameter("madeBy"),
    "operation-id-snake-case": _set("paths", _LIST, "get", "operationId", to="listThings"),
    "summary-in-both-languages": _set("paths", _LIST, "get", "summary", to="List them"),
    "description-in-both-languages": _set("paths", _LIST, "get", "description", to="Lists them."),
    "fields-described": _field("ThingAnswer", "size", {"type": "integer"}),
    "parameters-described": _set("paths", _LIST, "get", "parameters", 0, "example", to=None),
    "one-tag": _set("paths", _LIST, "get", "tags", to=["things", "things"]),
    "security-on-every-operation": _set("paths", _LIST, "get", "security", to=[]),
    "idempotency-key-on-every-post": _set(*_POST, "parameters", to=[]),
    "if-match-on-every-patch": _set(*_PATCH, "parameters", 1, to=None),
    "too-late-told": _set(*_PATCH, "responses", "412", to=None),
    "problems-as-problem-json": _set(*_POST, "responses", "422", to={"description": "错 · Wrong"}),
    "errors-told": _set(*_POST, "responses", "403", to=None),
    "retry-after-told": _set(*_LATER, "headers", to={"X-Other": {"$ref": "#/components/headers/Retry-After"}}),
    "lists-of-items-and-next": _set("components", "schemas", "ThingPage", "required", to=["next"]),
    "pages-have-a-limit": _set("paths", _LIST, "get", "parameters", 0, "schema", "maximum", to=100_000),
    "no-offsets": _parameter("offset"),
    "no-personal-data-in-urls": _parameter("id_number"),
    "no-empty-schemas": _field("ThingAnswer", "anything", {"description": "任何 · Anything"}),
    "no-free-form-objects": _field("ThingAnswer", "facts", {"type": "object", "description": "事实 · Facts"}),
    "bodies-are-closed": _set("components", "schemas", "ThingBody", "additionalProperties", to=None),
    "no-money-as-number": _field("ThingAnswer", "wage_income", {"type": "number", "description": "收入 · Income"}),
    "named-formats": _field("ThingAnswer", "day", {"type": "string", "format": "date", "description": "日 · Day"}),
    "examples-everywhere": _set(
        "paths", _LIST, "get", "responses", "200", "content", "application/json", "example", to=None
    ),
}


def _documents() -> dict[str, Document]:
    sound = json.loads(SOUND.read_text(encoding="utf-8"))
    documents = {"sound": sound}
    for rule, change in BREAKS.items():
        documents[rule] = deepcopy(sound)
        change(documents[rule])
    return documents


def _findings(documents: dict[str, Document]) -> dict[str, set[str]]:
    """By document, the rules that Spectral says are broken."""
    with tempfile.TemporaryDirectory() as folder:
        for name, document in documents.items():
            (Path(folder) / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
        files = sorted(map(str, Path(folder).glob("*.json")))
        command = ["spectral", "lint", "--quiet", "--format", "json", "--ruleset", str(RULESET), *files]
        told = subprocess.run(command, check=False, capture_output=True, text=True)
        found: dict[str, set[str]] = {name: set() for name in documents}
        for finding in json.loads(told.stdout):
            found[Path(finding["source"]).stem].add(finding["code"])
    return found


def main() -> int:
    ours = set(re.findall(r"^  ([a-z-]+):\n    description:", RULESET.read_text(encoding="utf-8"), re.MULTILINE))
    unshown = ours ^ BREAKS.keys()
    found = _findings(_documents())
    wrong = {rule: codes for rule, codes in found.items() if codes & ours != ({rule} & ours)}
    noisy = found["sound"]
    for rule in sorted(unshown):
        print(f"{rule}: in the ruleset or here, not in both")
    for rule, codes in sorted(wrong.items()):
        print(f"{rule}: broken, and Spectral tells of {sorted(codes) or 'nothing'}")
    if noisy:
        print(f"the sound document is told to break {sorted(noisy)}")
    print(f"{len(BREAKS)} rules")
    return 1 if unshown or wrong or noisy else 0


if __name__ == "__main__":
    sys.exit(main())

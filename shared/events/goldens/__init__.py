"""One golden file for each version of each event: as it was first written, in structured JSON. None ever changes."""

from pathlib import Path
from typing import Any

import orjson

from shared.events.base import Event

FOLDER = Path(__file__).parent


def path_of(model: type[Event]) -> Path:
    return FOLDER / f"{model.type()}.json"


def golden_of(model: type[Event]) -> dict[str, Any]:
    golden: dict[str, Any] = orjson.loads(path_of(model).read_bytes())
    return golden

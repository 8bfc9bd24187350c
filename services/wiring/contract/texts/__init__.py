"""What the API's document says in words, as data."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def texts(name: str) -> dict[str, Any]:
    """``name`` of a file here, without its ending."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))

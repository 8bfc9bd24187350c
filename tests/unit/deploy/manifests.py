"""What stands in the folder ``deploy``, read as data."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
COMPOSE = DEPLOY / "compose" / "compose.yaml"


def compose() -> dict[str, Any]:
    return yaml.safe_load(COMPOSE.read_text())


def resources() -> Iterator[dict[str, Any]]:
    """Of the base, before kustomize merges the patches."""
    kustomization = yaml.safe_load((KUBERNETES / "base" / "kustomization.yaml").read_text())
    for name in kustomization["resources"]:
        yield from yaml.safe_load_all((KUBERNETES / "base" / name).read_text())


def resource(kind: str, name: str) -> dict[str, Any]:
    (found,) = [each for each in resources() if (each["kind"], each["metadata"]["name"]) == (kind, name)]
    return found


def names(kind: str) -> set[str]:
    return {each["metadata"]["name"] for each in resources() if each["kind"] == kind}


def environment(file: Path) -> dict[str, str]:
    """Lines of ``NAME=value``."""
    lines = [line for line in file.read_text().splitlines() if line]
    return dict(line.split("=", 1) for line in lines)


def pins(lock: Path) -> dict[str, str]:
    """Of each package its whole entry: version, marker, hashes."""
    entries = re.split(r"\n(?=\S)", lock.read_text().strip())
    return {entry.split("==")[0]: entry for entry in entries}

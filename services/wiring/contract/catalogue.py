"""Every problem with its cause and its cure, gathered from the services and from the texts beside them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import services
import shared.problems
from services.identification.policy.criteria import load_criteria
from services.wiring.definitions import definition_of
from services.wiring.migration import ALL
from shared.problems import CATALOGUE, FIELD_CODES, FieldCode, ProblemType

_TEXTS = "problems.toml"
COMMON = "shared"


@dataclass(frozen=True, slots=True)
class Told:
    """In Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Entry:
    type: ProblemType
    cause: Told
    cure: Told


class Untold(ValueError):
    """A problem without its cause and cure, or a text without its problem."""


def places() -> dict[str, Path]:
    """By owner: the file that tells its problems' causes and cures."""
    common = Path(shared.problems.__file__).parent / _TEXTS
    own = {name: Path(services.__file__).parent / name / _TEXTS for name in ALL}
    return {COMMON: common} | {name: path for name, path in own.items() if path.exists()}


def catalogue() -> dict[str, list[Entry]]:
    """By owner, in the order of the files. Raises ``Untold``, naming every code that is not told."""
    for name in ALL:
        definition_of(name)
    texts = {owner: tomllib.loads(path.read_text(encoding="utf-8")) for owner, path in places().items()}
    _refuse_gaps([code for own in texts.values() for code in own])
    return {owner: [_entry(code, text) for code, text in own.items()] for owner, own in texts.items()}


def _refuse_gaps(told: list[str]) -> None:
    untold = sorted(CATALOGUE.keys() - set(told))
    if untold:
        raise Untold(f"write cause and cure, zh and en, into the {_TEXTS} beside the problems.py of: {untold}")
    unknown = sorted(set(told) - CATALOGUE.keys())
    if unknown:
        raise Untold(f"told in a {_TEXTS}, and defined nowhere: {unknown}")
    twice = sorted({code for code in told if told.count(code) > 1})
    if twice:
        raise Untold(f"told in two files: {twice}")


def _entry(code: str, text: Mapping[str, Mapping[str, str]]) -> Entry:
    try:
        cause, cure = Told(**text["cause"]), Told(**text["cure"])
    except (KeyError, TypeError):
        raise Untold(f"{code} needs cause and cure, each with zh and en, and nothing else") from None
    return Entry(CATALOGUE[code], cause, cure)


def field_codes() -> list[FieldCode]:
    """Codes of single fields, and the contradictions among facts that the policy's criteria name."""
    contradictions = load_criteria().contradictions.values()
    return [
        *sorted(FIELD_CODES.values(), key=lambda each: each.code),
        *(FieldCode(each.id, each.text.zh, each.text.en) for each in contradictions),
    ]

"""Where the county's people live: a few of its real townships and villages, and villagers' groups in them."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from services.season.county.policy import COUNTY
from services.season.county.records import Division

DIVISIONS = Path(__file__).parent / "divisions-500229.csv"
MOST_VILLAGES = 40
MOST_TOWNSHIPS = 8
HOUSEHOLDS_A_VILLAGE = 25
VILLAGES_A_TOWNSHIP = 5

_ORDINALS = "一二三四"
_COMMITTEES = ("村民委员会", "居民委员会")


@dataclass(frozen=True, slots=True)
class Territory:
    """``divisions`` from the province to the groups, containers first; ``addresses`` by group."""

    divisions: tuple[Division, ...]
    groups: tuple[str, ...]
    addresses: Mapping[str, str]


def load_divisions() -> list[Division]:
    with DIVISIONS.open(encoding="utf-8", newline="") as file:
        return [Division(**row) for row in csv.DictReader(file)]


def settle(random: Random, households: int) -> Territory:
    """As many villages as that many households fill, forty at most, each of two to four groups."""
    known = load_divisions()
    above = [division for division in known if division.level in ("province", "city", "county")]
    townships, villages = _choose(random, known, households)
    groups = [group for village in villages for group in _groups(random, village)]
    names = {division.code: division.name for division in (*known, *groups)}
    return Territory(
        divisions=(*above, *townships, *villages, *groups),
        groups=tuple(group.code for group in groups),
        addresses={group.code: _address(group.code, names) for group in groups},
    )


def _choose(random: Random, known: Sequence[Division], households: int) -> tuple[list[Division], list[Division]]:
    count = min(MOST_VILLAGES, max(2, households // HOUSEHOLDS_A_VILLAGE))
    of_township: dict[str, list[Division]] = {}
    for division in known:
        if division.level == "village" and division.name.endswith(_COMMITTEES[0]):
            of_township.setdefault(_township(division.code), []).append(division)
    roomy = [code for code, villages in of_township.items() if len(villages) >= VILLAGES_A_TOWNSHIP]
    chosen = sorted(random.sample(roomy, min(MOST_TOWNSHIPS, max(2, count // VILLAGES_A_TOWNSHIP))))
    villages = []
    for at, code in enumerate(chosen):
        share = count // len(chosen) + (at < count % len(chosen))
        villages += sorted(random.sample(of_township[code], share), key=lambda village: village.code)
    return [division for division in known if division.code in chosen], villages


def _groups(random: Random, village: Division) -> list[Division]:
    count = random.randint(2, 4)
    return [Division(f"{village.code}{at + 1:03}", f"{_ORDINALS[at]}组", "group") for at in range(count)]


def _township(code: str) -> str:
    return code[:9].ljust(12, "0")


def _address(group: str, names: Mapping[str, str]) -> str:
    village = names[group[:12]]
    for committee in _COMMITTEES:
        village = village.removesuffix(committee)
    return names[COUNTY] + names[_township(group)] + village + names[group]

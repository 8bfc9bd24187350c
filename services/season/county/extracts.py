"""What departments hand in: files of CSV that hold the hidden truths among the rows of many other people."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from services.season.county.chance import source
from services.season.county.datasets import DATASETS, Dataset
from services.season.county.numbers import HERE, NEARBY, Numbers
from services.season.county.policy import YEAR
from services.season.county.records import County
from services.season.county.rows import Row, draw_row, written
from shared.identity_numbers import birth_date

ROWS = 1_500
"""Of other people, in each file."""

_NEIGHBOURS = 0.1
"""Of them, how many live in the county and have not applied."""


@dataclass(frozen=True, slots=True)
class Extract:
    """A file as a department sends it; ``rows`` without the header."""

    dataset: Dataset
    content: bytes
    rows: int

    @property
    def kind(self) -> str:
        return self.dataset.kind


def extracts(county: County, rows: int = ROWS) -> Iterator[Extract]:
    """One file for each kind of dataset; no applicant is in them but by a hidden truth of the county."""
    numbers = Numbers(
        source(county.seed, "strangers"),
        (member.id_number for household in county.households for member in household.members),
    )
    applicants = {
        member.id_number for household in county.households if household.applies for member in household.members
    }
    neighbours = sorted(
        member.id_number
        for household in county.households
        for member in household.living
        if not household.applies and member.id_number not in applicants and _grown(member.id_number)
    )
    for kind, dataset in DATASETS.items():
        random = source(county.seed, kind)
        found: list[Row] = [dict(truth.row) for truth in county.truths if truth.kind == kind]
        for _ in range(rows):
            neighbour = kind != "deaths" and random.random() < _NEIGHBOURS
            number = random.choice(neighbours) if neighbour else _stranger(random, numbers)
            found.append(draw_row(random, kind, written(random, number)))
        random.shuffle(found)
        yield Extract(dataset, _csv(dataset, found), len(found))


def _grown(number: str) -> bool:
    return birth_date(number).year < YEAR - 18


def _stranger(random: Random, numbers: Numbers) -> str:
    region = random.choice((HERE, HERE, *NEARBY))
    birth = date(random.randint(1945, 2005), 1, 1) + timedelta(days=random.randrange(365))
    return numbers.draw(region, birth, random.choice(("male", "female")))


def _csv(dataset: Dataset, rows: list[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, dataset.header, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(dataset.encoding)

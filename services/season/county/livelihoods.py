"""What households live on: how a net income divides into four kinds and an expense."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from services.season.county.lives import draw_destination
from services.season.county.people import Draft
from services.season.county.situation import Situation

Percent = tuple[int, int]
_TEN_YUAN = 10_00


@dataclass(frozen=True, slots=True)
class Livelihood:
    """Shares of the net income; business makes up the rest. ``expense`` is a share of what business leaves."""

    weight: int
    wage: Percent
    property: Percent
    transfer: Percent
    expense: Percent


LIVELIHOODS: Mapping[str, Livelihood] = {
    "migrant_work": Livelihood(45, (58, 84), (0, 2), (3, 10), (25, 60)),
    "farming": Livelihood(25, (0, 15), (0, 3), (8, 20), (40, 95)),
    "local_wages": Livelihood(22, (45, 70), (0, 3), (5, 12), (30, 70)),
    "trade": Livelihood(8, (0, 15), (2, 8), (3, 8), (80, 220)),
    "support": Livelihood(0, (0, 0), (0, 4), (64, 90), (20, 50)),
}
_WORKING = tuple(LIVELIHOODS)
_WEIGHTS = tuple(livelihood.weight for livelihood in LIVELIHOODS.values())


def choose_livelihood(random: Random, situation: Situation, drafts: Sequence[Draft]) -> str:
    """What its people can do; who works away is marked."""
    workers = [draft for draft in drafts if draft.can_work and draft.deceased_on is None]
    gone = [draft for draft in workers if draft.person.away]
    if situation.facts.get("away_months"):
        gone = workers
    if gone:
        name = "migrant_work"
    elif not workers:
        name = "support"
    elif situation.facts.get("runs_enterprise"):
        name = "trade"
    else:
        name = random.choices(_WORKING, _WEIGHTS)[0]
        if name == "migrant_work":
            gone = [worker for worker in workers if random.random() < 0.5] or [random.choice(workers)]
        elif name == "local_wages":
            random.choice(workers).migrant_work = "township"
    for draft in gone:
        draft.migrant_work = "elsewhere" if situation.facts.get("away_months") else draw_destination(random)
    return name


def divide_income(random: Random, total: int, name: str) -> dict[str, int]:
    """The five facts of income in fen, which add up to ``total`` exactly."""
    livelihood = LIVELIHOODS[name]
    wage = _share(random, total, livelihood.wage) // _TEN_YUAN * _TEN_YUAN
    rent = _share(random, total, livelihood.property) // _TEN_YUAN * _TEN_YUAN
    transfer = _share(random, total, livelihood.transfer)
    left = total - wage - rent - transfer
    expense = _share(random, left, livelihood.expense)
    return {
        "wage_income": wage,
        "business_income": left + expense,
        "property_income": rent,
        "transfer_income": transfer,
        "business_expense": expense,
    }


def _share(random: Random, amount: int, percent: Percent) -> int:
    return amount * random.randint(*percent) // 100

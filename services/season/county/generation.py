"""From a seed to a county."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from services.season.county.causes import find_causes
from services.season.county.chance import source
from services.season.county.facts import state_facts
from services.season.county.families import draw_family
from services.season.county.flaws import find_flaws
from services.season.county.livelihoods import choose_livelihood
from services.season.county.numbers import Numbers
from services.season.county.objections import raise_objections
from services.season.county.officers import appoint
from services.season.county.people import Draft, draft_people
from services.season.county.policy import YEAR
from services.season.county.records import County, Facts, Household
from services.season.county.situation import Situation
from services.season.county.situations import SITUATIONS
from services.season.county.territory import Territory, settle
from services.season.county.troubles import Untroubled
from services.season.county.truths import hide_truths

FEWEST = len(SITUATIONS)
"""Households in the smallest county: one of each situation."""


def generate(households: int = 2_000, seed: int = 20260101) -> County:
    """The county that a seed makes. Raises ``ValueError`` where it cannot hold every situation."""
    if households < FEWEST:
        raise ValueError(f"a county has at least {FEWEST} households")
    numbers = Numbers(source(seed, "numbers"))
    territory = settle(source(seed, "territory"), households)
    people = tuple(_people(source(seed, "households"), numbers, territory, households))
    untroubled = Untroubled(people, source(seed, "troubles"))
    people, flaws = find_flaws(untroubled, people, numbers)
    return County(
        seed=seed,
        divisions=territory.divisions,
        households=people,
        officers=appoint(territory.divisions),
        flaws=flaws,
        objections=raise_objections(untroubled, len(people)),
        truths=hide_truths(untroubled, len(people)),
    )


def _people(random: Random, numbers: Numbers, territory: Territory, households: int) -> Iterator[Household]:
    situations, groups = _situations(random, households), _places(random, territory, households)
    for serial, (group, situation) in enumerate(zip(groups, situations, strict=True), start=1):
        yield _household(random, numbers, situation, serial, group, territory.addresses[group])


def _situations(random: Random, households: int) -> list[Situation]:
    """One of each, the rest in proportion and rounded at the commonest."""
    known = list(SITUATIONS.values())
    total = sum(situation.per_2000 for situation in known)
    counts = [max(1, households * situation.per_2000 // total) for situation in known]
    while (excess := sum(counts) - households) != 0:
        at = max(range(len(known)), key=counts.__getitem__)
        counts[at] -= min(excess, counts[at] - 1) if excess > 0 else excess
    drawn = [situation for situation, count in zip(known, counts, strict=True) for _ in range(count)]
    random.shuffle(drawn)
    return drawn


def _places(random: Random, territory: Territory, households: int) -> list[str]:
    """A group for each household, in the order of the groups; none stays empty."""
    groups = territory.groups
    return sorted([*groups, *random.choices(groups, k=households - len(groups))])


def _household(
    random: Random, numbers: Numbers, situation: Situation, serial: int, group: str, address: str
) -> Household:
    drafts = draft_people(random, numbers, situation, draw_family(random, situation.families))
    if not situation.applies:
        drafts = _bury(random, drafts)
    livelihood = choose_livelihood(random, situation, drafts)
    identified, since = _registered(random, situation)
    facts = state_facts(random, situation, drafts, livelihood, identified)
    _allow(random, drafts, facts, livelihood)
    troubled = situation.applies or situation.status != "none"
    return Household(
        ref=f"h{serial:06}",
        division=group,
        booklet_number=f"{group[6:12]}{serial:06}",
        address=address,
        members=tuple(draft.finish() for draft in drafts),
        facts=facts,
        causes=find_causes(random, situation, drafts) if troubled else (),
        situation=situation.name,
        applies=situation.applies,
        status=situation.status,
        since=since,
    )


def _bury(random: Random, drafts: list[Draft]) -> list[Draft]:
    """Now and then somebody old died last year and still stands in the booklet."""
    for draft in drafts:
        if draft.person.relation in ("parent", "spouse") and draft.person.age >= 66 and random.random() < 0.06:
            draft.deceased_on = date(YEAR - 1, 1, 1) + timedelta(days=random.randint(1, 364))
            return [*(other for other in drafts if other is not draft), draft]
    return drafts


def _registered(random: Random, situation: Situation) -> tuple[int | None, date | None]:
    """The year in which it was identified, and since when it has its status."""
    if situation.status == "none":
        return None, None
    identified = random.randint(2014, 2024 if situation.status == "poor" else 2018)
    year = identified if situation.status == "poor" else identified + random.randint(1, 5)
    return identified, date(year, 12, random.randint(1, 28))


def _allow(random: Random, drafts: Sequence[Draft], facts: Facts, livelihood: str) -> None:
    """The minimum living allowance goes to some of the poorest, to all of the household or to none."""
    support = livelihood == "support"
    if facts["stable_income_source"] or facts["registration"] == "urban":
        return
    if random.random() < (0.5 if support else 0.12):
        for draft in drafts:
            draft.minimum_living_allowance = True

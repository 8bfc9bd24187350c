"""Why a household is poor: one main cause and at most two others, such as its people and facts show."""

from collections.abc import Sequence
from random import Random

from services.season.county.people import Draft
from services.season.county.records import Cause
from services.season.county.situation import Situation

_ANYWHERE = ("skills", "capital", "transport", "land", "motivation")
_WEIGHTS = (34, 32, 14, 12, 8)


def find_causes(random: Random, situation: Situation, drafts: Sequence[Draft]) -> tuple[Cause, ...]:
    """The main cause first."""
    seen = _seen(drafts)
    general = random.choices(_ANYWHERE, _WEIGHTS)[0]
    main = situation.cause or (random.choice(seen) if seen and random.random() < 0.7 else general)
    others = [cause for cause in dict.fromkeys([*seen, general]) if cause != main]
    random.shuffle(others)
    return (Cause(main, main=True), *(Cause(code, main=False) for code in others[: random.randint(0, 2)]))


def _seen(drafts: Sequence[Draft]) -> list[str]:
    shown = {
        "illness": any(draft.health in ("chronic", "major_disease") for draft in drafts),
        "disability": any(draft.health == "disabled" for draft in drafts),
        "schooling": any(draft.schooling in ("senior_middle", "vocational", "higher") for draft in drafts),
        "labour": 2 * sum(draft.can_work for draft in drafts) < len(drafts),
    }
    return [cause for cause, evident in shown.items() if evident]

"""A household's newest assessment with some of it changed: an assessment is made whole, or not at all."""

from collections.abc import Mapping

from msgspec import UNSET, UnsetType, convert
from msgspec.structs import replace

from jingzhun_client.models import AssessmentAnswer, AssessmentBody, CausesBody
from services.season.county.records import Cause, Facts


def assessed_anew(newest: AssessmentAnswer, facts: Facts, causes: CausesBody | UnsetType = UNSET) -> AssessmentBody:
    told: Mapping[str, object] = {"main": newest.main_cause, "others": newest.causes}
    return AssessmentBody(
        household_id=newest.household_id,
        year=newest.year,
        facts=replace(newest.facts, **facts),
        causes=causes or convert(told, CausesBody),
        evidence=newest.evidence,
    )


def causes_of(causes: tuple[Cause, ...]) -> CausesBody:
    """Where two are written down as the main one, none is: data cleaning will ask."""
    mains = [cause.code for cause in causes if cause.main]
    others = [cause.code for cause in causes if not cause.main]
    return convert({"main": mains[0] if len(mains) == 1 else None, "others": others}, CausesBody)

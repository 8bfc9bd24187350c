"""The eight steps, in their order. Each takes every case that stands at it as far as it can go."""

from collections.abc import Awaitable, Callable, Mapping

from services.season.season import Season
from services.season.steps.announcement import announce
from services.season.steps.application import apply
from services.season.steps.county_comparison import compare
from services.season.steps.data_cleaning import clean
from services.season.steps.group_appraisal import appraise_in_group
from services.season.steps.survey import survey
from services.season.steps.township_review import review
from services.season.steps.village_appraisal import appraise_in_village

STEPS: Mapping[str, Callable[[Season], Awaitable[None]]] = {
    "application": apply,
    "group_appraisal": appraise_in_group,
    "survey": survey,
    "village_appraisal": appraise_in_village,
    "township_review": review,
    "county_comparison": compare,
    "data_cleaning": clean,
    "announcement": announce,
}

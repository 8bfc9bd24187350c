"""Step 4: the village appraises, every capacity present; second publicity."""

from services.season.gateway import village_of
from services.season.season import Season
from services.season.steps.meetings import Meeting, hold

STEP = "village_appraisal"
PRESENT = {"villager_representative": 38, "supervisor": 3, "village_cadre": 5, "resident_cadre": 2}
MEETING = Meeting(STEP, "village", village_of, PRESENT, "村务公开栏")


async def appraise_in_villages(season: Season) -> None:
    await hold(season, MEETING)
    season.report.steps[STEP].left["on"] += len(await season.open_cases("township_review", "review"))

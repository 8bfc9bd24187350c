"""Step 2: the villagers' group appraises; first publicity."""

from services.season.season import Season
from services.season.steps.meetings import Meeting, hold

STEP = "group_appraisal"
MEETING = Meeting(STEP, "group", lambda division: division, {"villager": 48}, "小组公示栏")


async def appraise_in_groups(season: Season) -> None:
    await hold(season, MEETING)
    season.report.steps[STEP].left["on"] += len(await season.open_cases("survey", "visit"))

"""Step 2: villagers' groups appraise; first publicity, with its objections."""

from services.season import meetings, publicities
from services.season.meetings import GROUP
from services.season.season import Season


async def appraise_in_group(season: Season) -> None:
    """Objections are resolved after the publicity: the survey need not wait for them, step 4 does."""
    await meetings.hold(season, GROUP)
    await publicities.post(season, GROUP)
    await publicities.receive_objections(season, GROUP)
    await publicities.run_out(season, GROUP)

"""Step 4: the villages appraise; second publicity, with its objections."""

from services.season import meetings, publicities
from services.season.meetings import VILLAGE
from services.season.season import Season


async def appraise_in_village(season: Season) -> None:
    """Cases without an open objection only; one raised now holds its own case, and the list goes on."""
    await publicities.resolve_objections(season)
    await meetings.hold(season, VILLAGE)
    await publicities.post(season, VILLAGE)
    await publicities.receive_objections(season, VILLAGE)
    await publicities.run_out(season, VILLAGE)
    await publicities.resolve_objections(season)

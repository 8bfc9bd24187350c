"""Step 8: the county announces, and the households are registered poor."""

from services.season.gateway import COUNTY, Refused
from services.season.season import Season, occasion

STEP = "announcement"


async def announce(season: Season) -> None:
    """Who is no longer eligible on the facts of the day keeps the list from being published, and is rejected."""
    cases = await season.open_cases(STEP, "publication")
    count = season.report.steps[STEP]
    count.entered += len(cases)
    season.watcher.step(STEP, 1)
    while cases:
        body = {
            "division": COUNTY.division,
            "title": "建档立卡贫困户识别结果公告",
            "media": ["县人民政府门户网站", "县电视台"],
            "cases": [case["id"] for case in cases],
        }
        try:
            await season.gateway.post(COUNTY, "/v1/announcements", body, occasion=occasion(cases))
        except Refused as refused:
            if refused.code != "not-eligible":
                raise
            season.report.refusals[refused.code] += 1
            for case_id in refused.problem["cases"]:
                reason = {"reason": "数据清洗后的事实不再符合标准"}
                await season.gateway.post(COUNTY, f"/v1/cases/{case_id}/rejection", reason)
                count.left["rejected"] += 1
            cases = await season.open_cases(STEP, "publication")
            continue
        count.left["on"] += len(cases)
        break
    season.watcher.advance(STEP)
    await season.gateway.settled()

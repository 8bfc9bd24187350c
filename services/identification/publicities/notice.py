"""The notice as it is printed and posted: masked names, the period, and how to object. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from typing import Any

from shared.clock import local_date

_TITLES = {
    "group_appraisal": ("村民小组民主评议结果公示", "Publicity of the group appraisal"),
    "village_appraisal": ("村级民主评议结果公示", "Publicity of the village appraisal"),
}
_PAGE = """<!doctype html>
<html lang="zh">
<head><meta charset="utf-8"><title>{zh}</title>
<style>
body {{ font: 16px/1.6 serif; margin: 3em auto; max-width: 42em; }}
h1 {{ text-align: center; }} table {{ border-collapse: collapse; width: 100%; }}
td, th {{ border: 1px solid; padding: .3em .6em; text-align: left; }}
</style></head>
<body>
<h1>{zh}<br><small>{en}</small></h1>
<p>公示地点 Place: {place}<br>公示时间 Period: {begins} — {ends} 24:00</p>
<table>
<tr><th>序号 No.</th><th>户主 Head of household</th><th>身份证号 ID number</th></tr>
{rows}
</table>
<p>公示期内如有异议，可向村委会或乡镇反映，可匿名。<br>
Until the end of the period anyone may object at the villagers' committee or the township, anonymously too.</p>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """Both masked."""

    name: str
    id_number: str


def render_notice(publicity: Any, lines: Sequence[NoticeLine]) -> str:
    """``publicity``: a row of lists."""
    zh, en = _TITLES[publicity["step"]]
    rows = "\n".join(
        f"<tr><td>{number}</td><td>{escape(line.name)}</td><td>{escape(line.id_number)}</td></tr>"
        for number, line in enumerate(lines, 1)
    )
    last_day = local_date(publicity["ends_at"]) - timedelta(days=1)
    return _PAGE.format(
        zh=zh,
        en=en,
        place=escape(publicity["details"]["place"]),
        begins=publicity["details"]["posted_on"],
        ends=last_day.isoformat(),
        rows=rows,
    )

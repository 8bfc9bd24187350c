"""The table of a season, read from events; and how it is shown where there is no terminal."""

import io
from typing import Any

from rich.console import Console

from jingzhun_client.models import CloudEvent
from services.season.display import Display
from services.season.report import SeasonReport, read_events


def event(name: str, step: str, case: str = "a", **data: Any) -> CloudEvent:
    return CloudEvent(
        specversion="1.0",
        id="1",
        type=f"jingzhun.identification.{name}.v1",
        source="/jingzhun/identification",
        datacontenttype="application/json",
        data={"case_id": case, "step": step, **data},
    )


LIFE = [
    event("application_submitted", "application"),
    event("application_accepted", "group_appraisal"),
    event("objection_resolved", "group_appraisal", outcome="dismissed"),
    event("case_passed_group_publicity", "survey"),
    event("household_surveyed", "village_appraisal"),
    event("case_returned", "survey"),
    event("household_surveyed", "survey"),
    event("case_rejected", "survey", ground="ineligible"),
    event("application_submitted", "application", case="b"),
]


def read() -> SeasonReport:
    report = SeasonReport()
    read_events(report, LIFE)
    return report


def test_a_case_is_counted_each_time_it_enters_and_leaves() -> None:
    steps = read().steps
    assert (steps["application"].entered, steps["application"].passed) == (2, 1)
    assert (steps["survey"].entered, steps["survey"].passed, steps["survey"].why) == (2, 1, {"ineligible": 1})
    village = steps["village_appraisal"]
    assert (village.entered, village.passed, village.returned) == (1, 0, 1)


def test_events_and_outcomes_are_counted() -> None:
    report = read()
    assert report.objections == {"dismissed": 1}
    assert report.events["household_surveyed"] == 2


def test_a_log_gets_lines_without_control_characters() -> None:
    log = io.StringIO()
    display = Display(Console(file=log, width=100, highlight=False))
    with display.stage("1 农户申请 · Application"):
        display.expect(2)
        display.advance()
    display.tell(read())
    assert all(letter == "\n" or letter.isprintable() for letter in log.getvalue())
    assert "不符合 ineligible 1" in log.getvalue()

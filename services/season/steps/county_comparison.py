"""Step 6: departments hand in extracts, the county compares; hits are verified again by village and township."""

from functools import partial
from uuid import UUID

from msgspec import convert

from jingzhun_client.models import ComparisonBody, ExtractKind, SuspectSummary, VerificationBody
from jingzhun_client.operations import (
    get_comparison,
    get_suspect,
    list_comparisons,
    list_suspects,
    start_comparison,
    upload_comparison_dataset,
    verify_suspect_again,
)
from services.season.client import Actor
from services.season.county import extracts
from services.season.county.policy import COUNTY
from services.season.county.records import HiddenTruth
from services.season.offices import COUNTY_OFFICER, township_officer, village_cadre
from services.season.season import Season
from services.season.stopping import Refused, SeasonStopped

NEED_EVIDENCE = ("refuted", "cleared")


async def compare(season: Season) -> None:
    waiting = await season.open_cases("county_comparison", "comparison")
    if waiting:
        await _compare(season, [case.id for case in waiting])
    suspects = await season.api.items(COUNTY_OFFICER, list_suspects(state="open"))
    await season.each(suspects, partial(_verify, season))


async def _compare(season: Season, cases: list[UUID]) -> None:
    """Extracts are gone once they were compared: every comparison is handed in anew."""
    earlier = len(await season.api.items(COUNTY_OFFICER, list_comparisons()))
    datasets = []
    for extract in extracts(season.county):
        upload = upload_comparison_dataset(extract.content, kind=convert(extract.kind, ExtractKind))
        datasets.append((await season.api.act(COUNTY_OFFICER, upload, earlier)).id)
    body = ComparisonBody(division=COUNTY, datasets=datasets, cases=cases)
    comparison = await season.api.act(COUNTY_OFFICER, start_comparison(body), earlier)
    await season.finished(COUNTY_OFFICER, get_comparison(comparison.id))


async def _verify(season: Season, suspect: SuspectSummary) -> None:
    """The village signs, then the township; by another officer where one is a relative."""
    await _sign(season, suspect, village_cadre(suspect.division))
    try:
        await _sign(season, suspect, township_officer(suspect.division))
    except Refused as refusal:
        if refusal.code != "officer-related":
            raise
        season.refusals[refusal.code] += 1
        await _sign(season, suspect, township_officer(suspect.division, 2))


async def _sign(season: Season, suspect: SuspectSummary, actor: Actor) -> None:
    """Where it is this office's turn."""
    seen = await season.api.ask(actor, get_suspect(suspect.id))
    if "verify_suspect" not in seen.available_actions:
        return
    truth, evidence = _truth(season, suspect), list[str]()
    if truth.outcome in NEED_EVIDENCE:
        text = f"疑似对象核实材料 {truth.household_ref} {truth.kind} {actor.role} {season.county.seed}"
        evidence = [await season.evidence(actor, text)]
    body = VerificationBody(outcome=truth.outcome, reason=truth.reason, evidence=evidence)
    await season.api.act(actor, verify_suspect_again(suspect.id, body), seen.version)


def _truth(season: Season, suspect: SuspectSummary) -> HiddenTruth:
    ref, kind = season.households[suspect.household_id].ref, suspect.kind
    for truth in season.county.truths:
        if (truth.household_ref, truth.kind) == (ref, kind):
            return truth
    raise SeasonStopped(f"无从核实的疑似对象：{kind}", f"A suspect about whom nothing is known: {kind}")

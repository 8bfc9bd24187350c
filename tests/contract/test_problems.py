"""Every problem is told: its cause and its cure in both languages, on the page that is committed."""

import re

import pytest

from services.commands.specification import documents
from services.wiring.contract import catalogue
from services.wiring.contract.catalogue import Entry, Untold, field_codes
from services.wiring.contract.errors_page import PAGE
from services.wiring.migration import ROOT
from shared.problems import CATALOGUE, ProblemType

ENTRIES = [entry for entries in catalogue.catalogue().values() for entry in entries]
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_the_page_is_what_the_services_say() -> None:
    assert (ROOT / PAGE).read_bytes() == documents()[PAGE], "run: make spec"


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.type.code for entry in ENTRIES])
def test_a_problem_is_told_in_both_languages(entry: Entry) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", entry.type.code)
    assert 400 <= entry.type.status < 600
    chinese = (entry.type.zh, entry.cause.zh, entry.cure.zh)
    english = (entry.type.en, entry.cause.en, entry.cure.en)
    assert all(map(_CHINESE.search, chinese))
    assert not any(map(_CHINESE.search, english))
    assert all(text[0].isupper() and re.search("[a-z]", text) for text in english)
    assert all(text.endswith("。") for text in chinese[1:])
    assert all(text.endswith(".") for text in english[1:])


def test_field_codes_are_told_in_both_languages() -> None:
    for each in field_codes():
        assert _CHINESE.search(each.zh)
        assert not _CHINESE.search(each.en)


def test_a_problem_without_cause_and_cure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CATALOGUE, "never-told", ProblemType("never-told", 409, "未说明", "Never told"))
    with pytest.raises(Untold, match="never-told"):
        catalogue.catalogue()

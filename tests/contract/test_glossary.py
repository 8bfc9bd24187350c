"""The glossary: as generated, each term once, and every step and criterion of the policy in it."""

import tomllib

from services.commands.specification import documents
from services.identification.policy import load_criteria
from services.identification.workflow import Step
from services.wiring.contract.glossary import PAGE, TERMS
from services.wiring.migration import ROOT

TOLD = (ROOT / PAGE).read_text()


def test_it_is_what_the_code_says() -> None:
    assert documents()[PAGE].decode() == TOLD, "run: make spec"


def test_every_step_and_criterion_is_in_it() -> None:
    for name in (*Step, *load_criteria().criteria):
        assert f"| `{name}` |" in TOLD


def test_a_term_is_told_once_and_whole() -> None:
    terms = [term for section in tomllib.loads(TERMS.read_text())["sections"] for term in section["terms"]]
    assert len({zh for _, zh, *_ in terms}) == len({en for _, _, en, *_ in terms}) == len(terms)
    assert all(text and text == text.strip() for _, *texts in terms for text in texts)

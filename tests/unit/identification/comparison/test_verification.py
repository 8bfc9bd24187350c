"""Signatures of village and township: whatever the order of attempts, both have signed alike or nothing is decided."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.identification.comparison.domain import (
    Finding,
    Level,
    Verification,
    VerificationRefused,
    restored,
    signatory,
)


class Signatures(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.verification = Verification()

    @rule(level=st.sampled_from(Level), outcome=st.sampled_from(Finding))
    def attempt(self, level: Level, outcome: Finding) -> None:
        before, awaited = self.verification, self.verification.awaited
        if level is awaited:
            self.verification = before.sign(level, outcome)
            assert self.verification.signatures[:-1] == before.signatures
            return
        with pytest.raises(VerificationRefused) as refused:
            before.sign(level, outcome)
        early = awaited is Level.VILLAGE
        assert refused.value.code == ("suspect-awaits-village" if early else "suspect-already-verified")

    @invariant()
    def levels_take_turns(self) -> None:
        for place, signature in enumerate(self.verification.signatures):
            assert (signature.round, signature.level) == (1 + place // 2, tuple(Level)[place % 2])

    @invariant()
    def only_agreement_decides(self) -> None:
        signatures = self.verification.signatures
        rounds = [signatures[place : place + 2] for place in range(0, len(signatures) - 1, 2)]
        agreed = [one.outcome for one, other in rounds if one.outcome is other.outcome]
        if self.verification.state == "open":
            assert not agreed
        else:
            assert agreed == [self.verification.state] == [signatures[-1].outcome]
            assert self.verification.awaited is None

    @invariant()
    def survives_being_kept(self) -> None:
        kept = [(one.round, one.level.value, one.outcome.value) for one in self.verification.signatures]
        assert restored(self.verification.state, kept) == self.verification


TestSignatures = Signatures.TestCase
TestSignatures.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)


@pytest.mark.parametrize(
    ("role", "division", "level"),
    [
        ("village_cadre", "500229001001", Level.VILLAGE),
        ("township_officer", "500229001000", Level.TOWNSHIP),
        ("village_cadre", "500229001000", None),
        ("village_cadre", "500229001001001", None),
        ("township_officer", "500229000000", None),
        ("county_officer", "500229000000", None),
        ("resident_cadre", "500229001001", None),
    ],
)
def test_who_signs(role: str, division: str, level: Level | None) -> None:
    assert signatory(role, division) is level

"""Whatever the sequence of commands and ends of clocks: no step skipped, no case lost, none announced wrongly."""

from datetime import timedelta
from uuid import UUID, uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from services.identification.cases import domain
from services.identification.cases.case import ActionRefused, Outcome
from services.identification.workflow import Stage, Step
from tests.unit.identification.cases.acting import LIST, NOW, REVIEWER, SUBMITTER, case_at

STEPS = list(Step)
VERDICTS = st.sampled_from(["eligible", "ineligible", "undetermined"])
_BACKWARD = {"CaseReturned"}


class CaseLife(RuleBasedStateMachine):
    """Commands come in any order, most of them at the wrong moment; the domain decides."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.objections: set[UUID] = set()
        self.suspects: set[UUID] = set()
        self.issues: set[UUID] = set()
        self.announced_with: str | None = None
        self.reached = {Step.APPLICATION}

    @initialize(kind=st.sampled_from(["entry", "return"]))
    def apply(self, kind: str) -> None:
        self.case = case_at(Step.APPLICATION, Stage.SUBMISSION, kind)
        self._take(domain.submit(self.case))

    def _try(self, act: object, *arguments: object, **named: object) -> Outcome | None:
        """The command after what the clock had decided, as the store does it."""
        before = domain.catch_up(self.case, self.now)
        self._take(before)
        try:
            outcome: Outcome = act(self.case, *arguments, **named)  # type: ignore[operator]
        except ActionRefused:
            return None
        self._take(outcome)
        return outcome

    def _take(self, outcome: Outcome) -> None:
        steps = [self.case.step, *[Step(event.step) for event in outcome.events]]
        kinds = [type(event).__name__ for event in outcome.events]
        for earlier, later, kind in zip(steps, steps[1:], kinds, strict=False):
            forward = STEPS.index(later) - STEPS.index(earlier)
            assert forward in (0, 1) or (forward < 0 and kind in _BACKWARD), f"{earlier} → {later} by {kind}"
        assert outcome.case.version == self.case.version + len(outcome.events)
        assert (outcome.case.id, outcome.case.household_id) == (self.case.id, self.case.household_id)
        self.case = outcome.case
        self.reached.add(self.case.step)

    @precondition(lambda self: self.case.state == "open")
    @rule(days=st.integers(0, 9))
    def the_due_thing(self, days: int) -> None:
        """What usually comes next, so that most lives get far."""
        due = {
            Stage.SUBMISSION: self.accept,
            Stage.APPRAISAL: lambda: self.appraise(passed=True),
            Stage.POSTING: lambda: self.post(days=days + 1),
            Stage.PUBLICITY: lambda: (self.time_passes(days=days), self.timer_fires()),
            Stage.VISIT: lambda: self.survey(verdict="eligible"),
            Stage.REVIEW: lambda: self.review(decision="approve", back=Step.SURVEY, own=False),
            Stage.COMPARISON: lambda: self.compare(count=days // 4),
            Stage.VERIFICATION: lambda: self.verify_suspect(outcome="refuted"),
            Stage.CLEANING: lambda: self.clean(count=0, mend=True),
            Stage.PUBLICATION: lambda: self.announce(verdict="eligible"),
        }
        if self.objections and days < 5:
            self.resolve_objection(upheld=False, back=None)
        else:
            due[self.case.stage]()

    @rule(days=st.integers(0, 9))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule()
    def timer_fires(self) -> None:
        self._take(domain.catch_up(self.case, self.now))

    @rule()
    def accept(self) -> None:
        self._try(domain.accept)

    @rule(passed=st.sampled_from([True, True, True, False]))
    def appraise(self, passed: bool) -> None:
        if self._try(domain.appraise, LIST, passed=passed) and self.case.step is Step.VILLAGE_APPRAISAL:
            assert not self.objections

    @rule(days=st.integers(1, 9))
    def post(self, days: int) -> None:
        self._try(domain.post, uuid4(), self.now + timedelta(days=days))

    @rule()
    def raise_objection(self) -> None:
        objection = uuid4()
        if self._try(domain.raise_objection, objection, self.now):
            self.objections.add(objection)

    @precondition(lambda self: self.objections)
    @rule(upheld=st.sampled_from([False, False, True]), back=st.none() | st.sampled_from(STEPS))
    def resolve_objection(self, upheld: bool, back: Step | None) -> None:
        objection = min(self.objections)
        outcome = "upheld" if upheld else "dismissed"
        if self._try(domain.resolve_objection, objection, outcome, return_to=back):
            self.objections.discard(objection)

    @rule(verdict=VERDICTS)
    def survey(self, verdict: str) -> None:
        self._try(domain.survey, uuid4(), 1, verdict)

    @rule(
        decision=st.sampled_from(["approve", "approve", "approve", "reject", "return"]),
        back=st.sampled_from(STEPS),
        own=st.booleans(),
    )
    def review(self, decision: str, back: Step, own: bool) -> None:
        reviewer = SUBMITTER if own else REVIEWER
        outcome = self._try(domain.review, LIST, decision, reviewer, return_to=back)
        assert outcome is None or not own

    @rule(count=st.integers(0, 3))
    def compare(self, count: int) -> None:
        suspects = [uuid4() for _ in range(count)]
        if self._try(domain.compare, LIST, suspects):
            self.suspects.update(suspects)

    @precondition(lambda self: self.suspects)
    @rule(outcome=st.sampled_from([None, "refuted", "refuted", "cleared", "confirmed"]))
    def verify_suspect(self, outcome: str | None) -> None:
        suspect = min(self.suspects)
        if self._try(domain.verify_suspect, suspect, "township", outcome) and outcome:
            self.suspects.discard(suspect)

    @rule(count=st.integers(0, 2), mend=st.booleans())
    def clean(self, count: int, mend: bool) -> None:
        found, mended = [uuid4() for _ in range(count)], sorted(self.issues) if mend else []
        if self._try(domain.clean, LIST, found=found, mended=mended, verdict="eligible"):
            self.issues = (self.issues | set(found)) - set(mended)

    @rule(verdict=VERDICTS)
    def announce(self, verdict: str) -> None:
        if self._try(domain.announce, LIST, verdict=verdict, registration_version=1):
            self.announced_with = verdict

    @rule(step=st.sampled_from(STEPS))
    def return_to(self, step: Step) -> None:
        self._try(domain.return_to_step, step)

    @rule(often=st.integers(0, 20))
    def end_by_hand(self, often: int) -> None:
        if often == 0:
            self._try(domain.reject)
        elif often == 1:
            self._try(domain.withdraw)

    @invariant()
    def counts_what_is_open(self) -> None:
        if hasattr(self, "case"):
            assert self.case.open_objections == len(self.objections)
            assert self.case.open_suspects == len(self.suspects)
            assert self.case.open_issues == len(self.issues)

    @invariant()
    def is_never_lost(self) -> None:
        if hasattr(self, "case") and self.case.state == "open":
            assert self.case.workflow.definition(self.case.step).actions(self.case.stage)

    @invariant()
    def is_announced_only_when_all_is_settled(self) -> None:
        if hasattr(self, "case") and self.case.state == "identified":
            assert self.announced_with == "eligible"
            assert not self.objections
            assert not self.suspects
            assert not self.issues
            assert self.reached == set(STEPS)


TestCaseLife = CaseLife.TestCase
TestCaseLife.settings = settings(max_examples=150, stateful_step_count=80, deadline=None)


def test_the_due_things_lead_to_identification() -> None:
    life = CaseLife()
    life.apply(kind="return")
    for _ in range(40):
        life.the_due_thing(days=7)
    assert life.case.state == "identified"
    assert life.reached == set(STEPS)

"""What a run tells: lines while it goes on, its figures at the end, and the last line that others rely upon."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.chaos.journal import Journal
from tests.chaos.ledger.findings import Finding, Wrong
from tests.chaos.ledger.judgement import counted
from tests.chaos.ledger.rows import Ledger
from tests.chaos.load import Load
from tests.chaos.member import Member, Suffered

_EVERY_SECONDS = 10.0
_SHOWN = 20


@dataclass
class Teller:
    """``loud`` tells every fault."""

    loud: bool = False
    _began: float = field(default_factory=time.monotonic)

    def say(self, text: str) -> None:
        if self.loud:
            self._print(text)

    async def follow(self, members: Mapping[str, Member], load: Load) -> None:
        while True:
            await asyncio.sleep(_EVERY_SECONDS)
            kills = sum(member.suffered.kills for member in members.values())
            away = [member.name for member in members.values() if not member.is_ready]
            self._print(
                f"kills {kills} · commands {len(load.journal.commands):,} · {load.stage}"
                f" · away: {', '.join(away) or 'nobody'}"
            )

    def _print(self, text: str) -> None:
        print(f"[{time.monotonic() - self._began:6.0f} s] {text}", flush=True)


@dataclass(frozen=True)
class Verdict:
    seed: int
    ledger: Ledger
    findings: Sequence[Finding]
    suffered: Mapping[str, Suffered]
    journal: Journal
    seasons: int
    interruptions: Sequence[str]

    @property
    def good(self) -> bool:
        return not self.findings

    def lines(self) -> list[str]:
        """The last is the fixed point."""
        return [*self._found(), *self._figures(), self._last()]

    def _found(self) -> list[str]:
        shown = [f"{each.wrong}: {each.rule}: {each.who} ({each.count})" for each in self.findings[:_SHOWN]]
        more = len(self.findings) - _SHOWN
        return [*shown, *([f"… and {more} more"] if more > 0 else [])]

    def _figures(self) -> list[str]:
        hurt, ledger = self.suffered, self.ledger
        recoveries = {name: max(each.recoveries) for name, each in hurt.items() if each.recoveries}
        slowest = max(recoveries, key=lambda name: recoveries[name], default="nobody")
        total = Counter(
            {kind: sum(getattr(each, kind) for each in hurt.values()) for kind in ("pauses", "starvations", "falls")}
        )
        statuses = ", ".join(f"{status} {times:,}" for status, times in sorted(self.journal.statuses.items()))
        killed = ", ".join(f"{name} {each.kills}" for name, each in hurt.items())
        return [
            f"seed {self.seed}",
            f"killed: {killed}",
            f"pauses {total['pauses']} starvations {total['starvations']} fell by themselves {total['falls']}",
            f"longest recovery {recoveries.get(slowest, 0.0):.1f} s ({slowest}),"
            f" longest silence of the load {self.journal.longest_silence:.1f} s",
            f"answers: {statuses}",
            f"commands answered {len(ledger.commands):,} · events told {len(ledger.told):,}"
            f" · archived {len(ledger.archived):,} · tasks {len(ledger.tasks):,} · seasons {self.seasons}",
            *(f"interrupted: {each}" for each in self.interruptions[:_SHOWN]),
        ]

    def _last(self) -> str:
        totals = counted(self.findings)
        kills = sum(each.kills for each in self.suffered.values())
        disorder = f"disordered {totals[Wrong.DISORDERED]}\n" if totals[Wrong.DISORDERED] else ""
        return (
            f"{disorder}kills {kills} redelivered {self.ledger.redelivered}"
            f" duplicates_dropped {self.ledger.duplicates_dropped}"
            f" lost {totals[Wrong.LOST]} doubled {totals[Wrong.DOUBLED]} stuck {totals[Wrong.STUCK]}"
        )

"""What is sent otherwise than it was drawn, and why."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from schemathesis.core.parameters import ParameterLocation

CANARY = "canary-4f1d9c7e"
"""The name and value of a parameter that no operation has."""

_KEYS = UUID("6f0f1c3d-2f5a-4f0e-9a55-0d8f6f0a6a0f")
_CANARY_EVERY = 40
_SOUND_EVERY = 4
_DRAWN_KEY_EVERY = 8


class Sending:
    """``bodies`` that make sense, by operation. The same seed makes the same of the same requests."""

    def __init__(self, seed: int, bodies: Mapping[str, Sequence[Any]]) -> None:
        self._seed = seed
        self._bodies = bodies
        self._sent = 0

    def prepare(self, case: Any) -> None:
        self._sent += 1
        _wait_little(case)
        _stay_near(case)
        self._make_sense(case)
        self._take_a_new_key(case)
        self._ask_for_the_unknown(case)

    def _make_sense(self, case: Any) -> None:
        """A body of this county now and then, where the drawn one was meant to be right."""
        sound = self._bodies.get(case.operation.definition.raw["operationId"])
        if sound and self._sent % _SOUND_EVERY == 0 and case.meta is not None and case.meta.generation.mode.is_positive:
            case.body = sound[self._sent // _SOUND_EVERY % len(sound)]

    def _take_a_new_key(self, case: Any) -> None:
        """Keys are drawn short, so they would meet again; one in eight stays as it was drawn."""
        drawn = case.headers and "Idempotency-Key" in case.headers
        meant = case.meta is None or not case.meta.is_negative_at(ParameterLocation.HEADER)
        if drawn and meant and self._sent % _DRAWN_KEY_EVERY:
            case.headers["Idempotency-Key"] = str(uuid5(_KEYS, f"{self._seed}/{self._sent}"))

    def _ask_for_the_unknown(self, case: Any) -> None:
        """schemathesis holds that a server may ignore it; this one may not. A chain of links goes on without."""
        chained = case.meta is None or case.meta.phase.name.value == "stateful"
        if self._sent % _CANARY_EVERY == 0 and not chained:
            case.query = {**(case.query or {}), CANARY: CANARY}


def _wait_little(case: Any) -> None:
    """A long poll waits up to half a minute: drawn a thousand times, that is a night."""
    wait = (case.query or {}).get("wait")
    if isinstance(wait, int | float) and not isinstance(wait, bool) and 0 < wait <= 30:
        case.query["wait"] = 0


def _stay_near(case: Any) -> None:
    """Ten years ahead no policy is in force, and every rule would say so."""
    days = case.body.get("advance_days") if isinstance(case.body, dict) else None
    if isinstance(days, int) and 1 < days <= 3650:
        case.body["advance_days"] = 1

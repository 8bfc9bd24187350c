"""The faults that a seed makes."""

from tests.chaos.plan import KILLS_A_WAVE, Kind, waves

TARGETS = ("database", "broker", "identification-1", "identification-2", "gateway")


def test_the_same_seed_strikes_the_same_targets() -> None:
    assert list(waves(7, TARGETS, 50)) == list(waves(7, TARGETS, 50))
    assert list(waves(7, TARGETS, 50)) != list(waves(8, TARGETS, 50))


def test_as_many_kills_as_were_asked_for_in_waves() -> None:
    planned = list(waves(7, TARGETS, 47))
    kills = [sum(fault.kind is Kind.KILL for fault in wave) for wave in planned]
    assert sum(kills) == 47
    assert max(kills) == KILLS_A_WAVE


def test_everybody_is_hurt_in_every_way() -> None:
    struck = {(fault.kind, fault.target) for wave in waves(7, TARGETS, 1_000) for fault in wave}
    assert struck == {(kind, target) for kind in Kind for target in TARGETS}


def test_some_pauses_outlast_a_brokers_patience() -> None:
    pauses = [fault.lasts for wave in waves(7, TARGETS, 100) for fault in wave if fault.kind is Kind.PAUSE]
    assert min(pauses) < 5 < 10 < max(pauses)

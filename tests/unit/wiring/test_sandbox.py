"""Sandboxes, their officers and the codes of their areas."""

from pathlib import Path

import pytest

from services.wiring.sandbox import NothingHere, NotSandbox, full_code, officer_of, require_sandbox, settle_kind


def test_a_folder_is_what_it_was_at_first(tmp_path: Path) -> None:
    with pytest.raises(NothingHere):
        require_sandbox(tmp_path)
    assert settle_kind(tmp_path / "a", sandbox=True)
    assert settle_kind(tmp_path / "a", sandbox=False)
    assert not settle_kind(tmp_path / "b", sandbox=False)
    with pytest.raises(NotSandbox):
        settle_kind(tmp_path / "b", sandbox=True)
    with pytest.raises(NotSandbox):
        require_sandbox(tmp_path / "b")


@pytest.mark.parametrize(
    ("code", "full"),
    [("500229", "500229000000"), ("500229001001", "500229001001"), ("500229001001001", "500229001001001")],
)
def test_codes_in_full(code: str, full: str) -> None:
    assert full_code(code) == full


@pytest.mark.parametrize("code", ["", "5", "500", "000000000000", "50022x", "５００２２９", "99", "5002290010010"])
def test_what_is_no_code(code: str) -> None:
    with pytest.raises(ValueError, match="not a division code"):
        full_code(code)


def test_officers_are_the_same_everywhere_and_differ_by_place_role_and_number() -> None:
    first = officer_of("village_cadre", "500229001001")
    assert first == officer_of("village_cadre", "500229001001", 1)
    others = {
        officer_of("village_cadre", "500229001002"),
        officer_of("helper", "500229001001"),
        officer_of("village_cadre", "500229001001", 2),
    }
    assert len(others | {first}) == 4

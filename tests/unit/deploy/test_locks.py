"""What is installed in the image is what was tested: the same versions and hashes, nothing missing, nothing more."""

import re
import tomllib
from importlib.metadata import requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.unit.deploy.manifests import DEPLOY, ROOT, pins

PROJECT = "jingzhun"
TESTED = pins(ROOT / "requirements.lock")
RENEW = (
    "uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11"
    " --constraint requirements.lock pyproject.toml -o deploy/image/runtime.lock"
)


@pytest.mark.parametrize("lock", ["runtime", "build"])
def test_a_lock_of_the_image_is_part_of_the_lock(lock: str) -> None:
    part = pins(DEPLOY / "image" / f"{lock}.lock")
    assert [name for name, entry in part.items() if TESTED.get(name) != entry] == [], RENEW


def test_the_image_has_what_runs_and_nothing_else() -> None:
    """Followed from what the project requires; what only another system needs may be there too."""
    locked, needed, asked = pins(DEPLOY / "image" / "runtime.lock"), set(), [(PROJECT, frozenset[str]())]
    while asked:
        name, extras = asked.pop()
        for requirement in map(Requirement, _required_by(name)):
            wanted = (
                any(requirement.marker.evaluate({"extra": extra}) for extra in extras | {""})
                if requirement.marker
                else True
            )
            entry = canonicalize_name(requirement.name), frozenset(requirement.extras)
            if wanted and entry not in needed:
                needed.add(entry)
                asked.append(entry)
    names = {name for name, _ in needed}
    elsewhere = {name for name, entry in locked.items() if re.match(r"[^\n]*;", entry)}
    assert names - locked.keys() == set(), RENEW
    assert locked.keys() - names - elsewhere == set(), RENEW


def _required_by(name: str) -> list[str]:
    """The project's own as they stand there now, whatever was installed of it and when."""
    if name == PROJECT:
        own: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
        return own
    return requires(name) or []


def _applies(requirement: Requirement, extras: frozenset[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras | {""})

"""What the linter of Dockerfiles does not ask."""

import re

from tests.unit.deploy.manifests import DEPLOY

DOCKERFILE = (DEPLOY / "image" / "Dockerfile").read_text()


def test_every_stage_begins_with_one_python_of_a_known_version() -> None:
    (base,) = re.findall(r"^ARG PYTHON=(\S+)$", DOCKERFILE, re.MULTILINE)
    assert re.fullmatch(r"python:3\.11[\w.]*-slim-\w+", base)
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) == {"${PYTHON}"}


def test_the_last_stage_runs_as_a_stranger_and_can_be_asked_for_its_health() -> None:
    last = DOCKERFILE[DOCKERFILE.rindex("FROM ") :]
    assert "\nUSER 10001:10001\n" in last
    assert "\nHEALTHCHECK " in last
    assert "/healthz" in last
    assert "pip" not in last

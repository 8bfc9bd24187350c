"""What in the API breaks callers of the last release: none but what is allowed, each with its reason.

``deploy/spec/released/`` holds the document of the last release, and ``allowed.toml`` what breaks it on purpose: the id
of oasdiff's finding, an operation or a pattern of several, and why. An entry that allows nothing is refused, too.
"""

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CURRENT = ROOT / "deploy/spec/openapi.json"
RELEASED = ROOT / "deploy/spec/released"
Finding = dict[str, Any]


def last_release() -> Path:
    """The newest version's document."""
    found = RELEASED.glob("openapi-*.json")
    return max(found, key=lambda path: [int(part) for part in re.findall(r"\d+", path.stem)])


def findings(oasdiff: str, base: Path, revision: Path) -> list[Finding]:
    command = [oasdiff, "breaking", str(base), str(revision), "--format", "json"]
    told = subprocess.run(command, check=False, capture_output=True, text=True)
    if told.returncode > 1:
        raise RuntimeError(told.stderr)
    found: list[Finding] = json.loads(told.stdout or "[]") or []
    return found


def _place(finding: Finding) -> str:
    return f"{finding['operation']} {finding['path']} {finding['text']}"


def _allows(entry: dict[str, Any], finding: Finding) -> bool:
    return bool(entry["id"] == finding["id"] and re.search(entry.get("where", ""), _place(finding)))


def _is_noticed(oasdiff: str) -> bool:
    """Whether an operation that disappears is told: the check of the check."""
    document = json.loads(last_release().read_text(encoding="utf-8"))
    del document["paths"]["/v1/cases/{case_id}"]
    with tempfile.TemporaryDirectory() as folder:
        broken = Path(folder) / "broken.json"
        broken.write_text(json.dumps(document), encoding="utf-8")
        return any(one["path"] == "/v1/cases/{case_id}" for one in findings(oasdiff, last_release(), broken))


def main(oasdiff: str) -> int:
    allowed = tomllib.loads((RELEASED / "allowed.toml").read_text(encoding="utf-8"))["allowed"]
    found = findings(oasdiff, last_release(), CURRENT)
    unallowed = [one for one in found if not any(_allows(entry, one) for entry in allowed)]
    idle = [entry for entry in allowed if not any(_allows(entry, one) for one in found)]
    for one in unallowed:
        print(f"{one['id']}: {_place(one)}")
    for entry in idle:
        print(f"allows nothing: {entry}")
    unreasoned = [entry for entry in allowed if not entry.get("reason")]
    for entry in unreasoned:
        print(f"gives no reason: {entry}")
    noticed = _is_noticed(oasdiff)
    if not noticed:
        print("an operation that disappeared was not told")
    print(f"against {last_release().stem}: {len(found)} findings, {len(found) - len(unallowed)} of them allowed")
    return 1 if unallowed or idle or unreasoned or not noticed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

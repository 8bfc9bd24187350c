"""``python -m clients.generator [--check]``: write the Python client's modules, or say whether they are up to date."""

import json
import subprocess
import sys
from pathlib import Path

from clients.generator.models import models
from clients.generator.naming import with_names
from clients.generator.operations import operations
from clients.generator.unions import told_apart

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "deploy" / "spec" / "openapi.json"
PACKAGE = ROOT / "clients" / "python" / "jingzhun_client"


def generated() -> dict[Path, str]:
    """What the document gives, by the file that it belongs in."""
    document = told_apart(with_names(json.loads(DOCUMENT.read_text())))
    texts = {PACKAGE / "models.py": models(document), PACKAGE / "operations.py": operations(document)}
    return {file: _formatted(text, file) for file, text in texts.items()}


def stale() -> list[Path]:
    return [file for file, text in generated().items() if not file.exists() or file.read_text() != text]


def _formatted(text: str, file: Path) -> str:
    ruff = [sys.executable, "-m", "ruff"]
    for step in (["check", "--quiet", "--select=F401,I", "--fix"], ["format", "--quiet"]):
        command = [*ruff, *step, f"--stdin-filename={file}", "-"]
        made = subprocess.run(command, input=text, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
        text = made.stdout
    return text


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        found = stale()
        for file in found:
            print(f"{file.relative_to(ROOT)} 与文档不一致，请运行 make clients · is out of date: run make clients")
        return 1 if found else 0
    for file, text in generated().items():
        file.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The command line: every command is there when it is called, and none before."""

import subprocess
import sys
from ast import literal_eval

import pytest
from typer.testing import CliRunner

from services.__main__ import app
from services.commands.group import Commands

NAMES = Commands(name="jingzhun").list_commands(None)


@pytest.mark.parametrize("name", NAMES)
def test_a_command_says_what_it_does(name: str) -> None:
    told = CliRunner().invoke(app, [name, "--help"])
    assert told.exit_code == 0
    assert f"jingzhun {name}" in told.output or f"Usage: root {name}" in told.output


def test_an_unknown_command_is_refused() -> None:
    assert CliRunner().invoke(app, ["nonsense"]).exit_code == 2


def test_no_command_is_imported_before_it_is_called() -> None:
    asked = "import sys, services.__main__; print([name for name in sys.modules if name.startswith('services.')])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert sorted(literal_eval(told)) == ["services.__main__", "services.commands", "services.commands.group"]

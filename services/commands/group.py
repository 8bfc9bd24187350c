"""The commands by name, each imported when it is called: a service that starts waits for its own modules alone."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

_PLACES = {
    "up": "up:up",
    "serve": "up:serve",
    "migrate": "up:migrate",
    "secrets": "secrets:secrets",
    "keys": "keys:app",
    "appoint": "appoint:appoint",
    "client": "token:client",
    "token": "token:token",
    "season": "season:season",
    "events": "events:app",
    "dead-letters": "dead_letters:app",
    "event-flow": "event_flow:event_flow",
    "rebuild": "rebuild:rebuild",
    "accept-loss": "accept_loss:accept_loss",
    "backup": "backup:backup",
    "restore": "backup:restore",
    "spec": "specification:spec",
}
"""Module of this package and what it holds: a command, or several under one name."""


class Commands(TyperGroup):
    """Knows the names of all, and nothing more of any before it is wanted."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(_PLACES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in _PLACES:
            return None
        module, _, name = _PLACES[cmd_name].partition(":")
        found = getattr(import_module(f"services.commands.{module}"), name)
        command = get_command(found if isinstance(found, typer.Typer) else _alone(found))
        command.name = cmd_name
        return command


def _alone(command: Any) -> typer.Typer:
    app = typer.Typer(add_completion=False)
    app.command()(command)
    return app

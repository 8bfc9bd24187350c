"""How every command ends: failures told in both languages, on standard error, without a traceback."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import typer
import uvloop
from rich.console import Console

from services.commands.messages import Failure, explained

T = TypeVar("T")
errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs the work to its end; what a user can mend ends the program with both texts and status 1."""
    try:
        with explained(), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(work)
    except Failure as failure:
        raise told(failure) from None


def told(failure: Failure) -> typer.Exit:
    errors.print(failure.zh, style="red")
    errors.print(failure.en, style="red")
    return typer.Exit(1)

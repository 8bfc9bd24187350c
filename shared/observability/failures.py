"""Failures told by their place, never by their text: a database's message may quote a person's data."""

import traceback


def places(error: BaseException) -> list[str]:
    """The innermost frames: file, line, function."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)][-8:]

"""Logs of all in one stream: every line is JSON and says which process wrote it."""

import asyncio
import sys

import orjson

LONGEST_LINE = 1024 * 1024


async def pass_on(lines: asyncio.StreamReader, process: str) -> None:
    """Until the process has closed its end."""
    while True:
        try:
            line = await lines.readline()
        except ValueError:
            continue  # longer than the longest: dropped, for its beginning has gone already
        if not line:
            return
        sys.stderr.write(named(line, process) + "\n")
        sys.stderr.flush()


def named(line: bytes, process: str) -> str:
    """The line's own fields after the process's name; what is not JSON becomes the event."""
    try:
        fields = orjson.loads(line)
    except orjson.JSONDecodeError:
        fields = None
    if not isinstance(fields, dict):
        fields = {"event": line.decode(errors="replace").rstrip()}
    return orjson.dumps({"process": process, **fields}).decode()

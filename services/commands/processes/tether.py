"""Becomes a program that ends with its parent, however that ends: ``python -I -S tether.py PARENT PROGRAM ARGUMENTS…``.

A script of the standard library alone, so that from its first moments no parent's death goes unnoticed.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: str, *program: str) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != int(parent):
        sys.exit(1)
    os.execv(program[0], program)  # noqa: S606 - the point of this script


def tethered(*program: str) -> list[str]:
    """The command that runs the program tethered to this process; to be started by its main thread."""
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), *program]


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Becomes a program that dies with its parent: ``python -I -S tether.py PARENT PROGRAM ARGUMENTS…``.

A rig killed outright leaves nothing running. A script of the standard library alone, so that it starts at once.
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
    os.execvp(program[0], program)


if __name__ == "__main__":
    main(*sys.argv[1:])

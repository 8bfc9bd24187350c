"""Becomes a program of the server: ``python -I -S launch.py LOCK PARENT UID GID CLUSTER PROGRAM ARGUMENTS…``.

A script of the standard library alone, because it must run as root before it is nobody. It names the cluster by a
descriptor opened beforehand, so the unprivileged program needs no permission on the folders above, which stay as
they are. The locked descriptor it inherits goes on to all that the program starts: the lock is free when the last of
them has ended.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
REFUSED = 77


def sign(lock: int) -> None:
    """Write our pid and start time into the lock we inherited: together they name this process and no other."""
    with open("/proc/self/stat") as stat:  # noqa: PTH123 - pathlib is slow to import
        started = stat.read().rpartition(")")[2].split()[19]
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()} {started}".encode(), 0)


def become(uid: int, gid: int) -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)


def end_with(parent: int) -> None:
    """A supervisor killed outright takes the server along, by a clean shutdown. A change of user clears this wish."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)


def main(lock: str, parent: str, uid: str, gid: str, cluster: str, *program: str) -> None:
    sign(int(lock))
    folder = os.open(cluster, os.O_RDONLY | os.O_DIRECTORY)
    os.set_inheritable(folder, True)
    os.umask(0o077)
    try:
        become(int(uid), int(gid))
        os.fchdir(folder)
    except OSError as error:
        sys.stderr.write(f"cannot become user {uid}: {error}\n")
        sys.exit(REFUSED)
    end_with(int(parent))
    os.execv(program[0], [*program, "-D", f"/proc/self/fd/{folder}"])  # noqa: S606 - the point of this script


if __name__ == "__main__":
    main(*sys.argv[1:])

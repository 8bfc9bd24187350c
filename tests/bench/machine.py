"""The machine on which a figure was measured: figures of two machines are not compared."""

import os
import platform
from pathlib import Path

from shared.embedded.binaries import MAJOR_VERSION


def description() -> str:
    """For example ``2 × Intel(R) Xeon(R), 23 GiB; Linux 6.1, Python 3.11.2, PostgreSQL 18``."""
    cores = len(os.sched_getaffinity(0))
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"{cores} × {_processor()}, {_memory_gib()} GiB; {system}, PostgreSQL {MAJOR_VERSION}"


def load() -> float:
    """How many processes wanted the machine in the last minute: above one, the figures are disturbed."""
    return os.getloadavg()[0]


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def _memory_gib() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024**3

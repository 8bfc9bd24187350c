"""The folder of extracts, swept while others work in it."""

import os
from pathlib import Path

from services.identification.comparison.files import incoming, sweep
from shared.settings import Settings


def test_what_vanishes_while_it_is_swept_is_passed_over(tmp_path: Path) -> None:
    """A link to nothing is listed and has no age: as a file is that somebody has removed meanwhile."""
    settings = Settings(data=tmp_path)
    folder = incoming(settings)
    folder.mkdir(parents=True)
    (folder / "vanished").symlink_to(folder / "nothing")
    (folder / "arriving").touch()
    (folder / "forgotten").touch()
    os.utime(folder / "forgotten", (0, 0))
    assert sweep(settings) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["arriving", "vanished"]

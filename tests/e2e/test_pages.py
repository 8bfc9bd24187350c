"""A page for each of the three readers, in both languages: the snippets are the same, and each of them works."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from services.wiring.migration import ROOT
from tests.e2e.command_line import Place, command, free_port
from tests.e2e.pages import STARTS, follow, reading_folder, snippets, started

PAGES = ("provinces", "frontends", "operators")
NEEDS = {"frontends": ("node", "npm")}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def sandbox(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    """Started as the pages' first snippet says, with a small season instead of the whole one."""
    place = Place(free_port(), tmp_path_factory.mktemp("pages"))
    async with started(STARTS, place):
        status, _, errors = await command(place, "season", "--households", "60")
        assert status == 0, errors
        yield place


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_the_same_in_both_languages(name: str) -> None:
    english, chinese = ROOT / "docs" / f"{name}.md", ROOT / "docs" / f"{name}.zh-CN.md"
    assert list(snippets(english)) == list(snippets(chinese))


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", PAGES)
async def test_every_snippet_of_a_page_works(sandbox: Place, name: str, tmp_path: Path) -> None:
    for tool in NEEDS.get(name, ()):
        if shutil.which(tool) is None:
            pytest.skip(f"the page is for those who have {tool}: Debian's nodejs and npm")
    page = ROOT / "docs" / f"{name}.md"
    assert next(iter(snippets(page))).text == STARTS
    folder = reading_folder(tmp_path)
    told = await follow(page, folder, sandbox.url, sandbox.environment())
    assert told

"""The page of the events: whole, in both languages, readable aloud, and with nothing from elsewhere."""

from collections import Counter
from html.parser import HTMLParser

import orjson
import pytest

from services.gateway.documents import EVENTS
from services.gateway.events.html import both, element, marked
from services.gateway.events.page import page
from services.gateway.events.reading import Told
from services.wiring.migration import ROOT
from shared.events import Event

Attributes = dict[str, str | None]


class Read(HTMLParser):
    """Every element with its attributes; raises where one is not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, Attributes]] = []
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in {"meta", "link", "input"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def of(self, *tags: str) -> list[Attributes]:
        return [attributes for tag, attributes in self.elements if tag in tags]


@pytest.fixture(scope="module")
def read() -> Read:
    return Read(page(orjson.loads((ROOT / EVENTS).read_bytes())))


def test_every_event_stands_there_once(read: Read) -> None:
    ids = Counter(attributes["id"] for _, attributes in read.elements if "id" in attributes)
    assert set(ids.values()) == {1}
    assert {attributes["id"] for attributes in read.of("article")} == Event.contracts().keys()
    assert {
        attributes["data-of"] for attributes in read.of("li") if "data-of" in attributes
    } == Event.contracts().keys()
    places = {str(attributes["href"])[1:] for attributes in read.of("a") if str(attributes["href"]).startswith("#")}
    assert places <= ids.keys()


def test_nothing_comes_from_elsewhere_and_no_script_or_style_stands_in_it(read: Read) -> None:
    led_to = [str(value) for _, found in read.elements for name, value in found.items() if name in {"href", "src"}]
    assert all(place.startswith(("#", "/asyncapi", "/docs")) for place in led_to)
    assert read.of("style") == []
    assert not any(name.startswith("on") or name == "style" for _, found in read.elements for name in found)


def test_it_can_be_read_aloud(read: Read) -> None:
    assert read.of("html") == [{"lang": "zh"}]
    assert all(attributes.get("scope") in {"row", "col"} for attributes in read.of("th"))
    assert len(read.of("caption")) == len(read.of("table"))
    assert len(read.of("h1", "main", "nav")) == 3
    languages = Counter(attributes.get("lang") for attributes in read.of("span"))
    assert languages["zh"] >= languages["en"] > len(Event.contracts())


def test_text_is_escaped() -> None:
    assert element("p", "<b>", class_="a & b") == '<p class="a &amp; b">&lt;b&gt;</p>'
    assert marked("`a<b` & c") == "<code>a&lt;b</code> &amp; c"
    assert both(Told("<甲>", "b")) == '<span lang="zh">&lt;甲&gt;</span> <span lang="en">b</span>'

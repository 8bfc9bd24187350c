"""Small pieces of HTML. What is not HTML already is text, and escaped."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from services.gateway.events.reading import Told

_CODE = re.compile(r"`([^`]+)`")
_VOID = frozenset({"input", "link", "meta"})


class Html(str):
    """Escaped already."""

    __slots__ = ()


def element(tag: str, /, *content: str, **attributes: str | bool) -> Html:
    """``class_`` and ``for_`` lose their underscore, others inside a name become hyphens; False leaves one out."""
    head = "".join(_attribute(key, value) for key, value in attributes.items())
    return Html(f"<{tag}{head}>" if tag in _VOID else f"<{tag}{head}>{joined(content)}</{tag}>")


def joined(parts: Iterable[str]) -> Html:
    return Html("".join(part if isinstance(part, Html) else escape(part) for part in parts))


def _attribute(key: str, value: str | bool) -> str:
    name = key.rstrip("_").replace("_", "-")
    if isinstance(value, bool):
        return f" {name}" if value else ""
    return f' {name}="{escape(value)}"'


def marked(text: str) -> Html:
    """Text in which `this` is code."""
    return Html(_CODE.sub(r"<code>\1</code>", escape(text)))


def both(text: Told) -> Html:
    """Each language in an element of its own: either can be hidden, and who reads aloud knows which it is."""
    return joined([element("span", marked(text.zh), lang="zh"), " ", element("span", marked(text.en), lang="en")])


def spoken(text: Told) -> str:
    """For an attribute."""
    return f"{text.zh} {text.en}"


def table(caption: Told, heads: Iterable[Told], rows: Iterable[tuple[str, ...]]) -> Html:
    """The first cell of each row is its head."""
    columns = [element("th", both(head), scope="col") for head in heads]
    body = [
        element("tr", element("th", first, scope="row"), *(element("td", cell) for cell in rest))
        for first, *rest in rows
    ]
    made = element(
        "table",
        element("caption", both(caption), class_="hidden"),
        element("thead", element("tr", *columns)),
        element("tbody", *body),
    )
    return element("div", made, class_="scroll", tabindex="0", role="region", aria_label=spoken(caption))


def prose(markdown: str, language: str) -> Html:
    """Paragraphs and flat lists."""
    return element("div", *_blocks(markdown), lang=language)


def _blocks(markdown: str) -> Iterator[Html]:
    for block in markdown.split("\n\n"):
        lines = block.splitlines()
        if lines and all(line.startswith("- ") for line in lines):
            yield element("ul", *(element("li", marked(line[2:])) for line in lines))
        elif lines:
            yield element("p", marked(" ".join(lines)))

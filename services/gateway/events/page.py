"""The page itself: made on the server, whole without a script, without anything from elsewhere."""

from collections.abc import Iterable, Iterator, Mapping

import orjson

from services.gateway.events.html import Html, both, element, joined, marked, prose, spoken, table
from services.gateway.events.reading import (
    Document,
    Item,
    Kind,
    Told,
    Topic,
    headers,
    introduction,
    kinds,
    owners,
    told,
    topics,
)

_TOPICS, _HEADERS = Told("主题", "Topics"), Told("消息头", "Headers")
_SCHEMAS = {"EventHeaders": _HEADERS, "LetterHeaders": Told("死信另有的消息头", "Further headers of a dead letter")}
_OF_ITEMS = (Told("名称", "Name"), Told("格式", "Form"), Told("含义", "Meaning"))
_OF_TOPICS = (Told("主题", "Topic"), Told("分区", "Partitions"), Told("内容", "Holds"), Told("接收者", "Taken by"))
_LANGUAGES = {"both": "中文 + English", "zh": "中文", "en": "English"}
_NOTHING = "–"


def page(document: Document) -> str:
    known, groups = list(kinds(document)), owners(document)
    members = {owner: [kind for kind in known if kind.owner == owner] for owner in groups}
    main = element(
        "main",
        *_introduction(document),
        *(_group(owner, title, members[owner]) for owner, title in groups.items()),
        id="content",
    )
    body = element(
        "body",
        element("a", both(Told("跳到正文", "Skip to the content")), class_="skip", href="#content"),
        _banner(document, len(known)),
        element("div", _contents(groups, members), main, class_="columns"),
    )
    return f"<!doctype html>{element('html', _head(document), body, lang='zh')}"


def _head(document: Document) -> Html:
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("title", document["info"]["title"]),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("link", rel="icon", href="/docs/favicon.png"),
        element("link", rel="stylesheet", href="/asyncapi/page.css"),
        element("script", src="/asyncapi/page.js", defer=True),
    )


def _banner(document: Document, events: int) -> Html:
    info = document["info"]
    links = element(
        "p",
        f"AsyncAPI {document['asyncapi']} · {info['version']} · ",
        both(Told(f"{events} 种事件", f"{events} events")),
        " · ",
        element("a", "asyncapi.json", href="/asyncapi.json"),
        " · ",
        element("a", both(Told("接口文档", "The API")), href="/docs"),
    )
    return element("header", element("h1", both(told(info["title"]))), links, _choices())


def _choices() -> Html:
    find = element("input", type="search", id="filter", autocomplete="off")
    languages = [
        element("label", element("input", type="radio", name="language", value=value, checked=value == "both"), name)
        for value, name in _LANGUAGES.items()
    ]
    return element(
        "form",
        element("label", both(Told("查找事件", "Find an event")), " ", find),
        element("fieldset", element("legend", both(Told("语言", "Language"))), *languages),
        element("output", id="found", role="status"),
        role="search",
    )


def _contents(groups: Mapping[str, Told], members: Mapping[str, list[Kind]]) -> Html:
    fixed = [element("li", _link(id_, title)) for id_, title in (("topics", _TOPICS), ("EventHeaders", _HEADERS))]
    grouped = [
        element("li", _link(owner, title), element("ul", *map(_entry, members[owner])))
        for owner, title in groups.items()
    ]
    return element("nav", element("ul", *fixed, *grouped), aria_label="目录 Contents")


def _entry(kind: Kind) -> Html:
    return element("li", _link(kind.type, kind.title), data_of=kind.type)


def _link(id_: str, title: Told) -> Html:
    return element("a", both(title), href=f"#{id_}")


def _introduction(document: Document) -> Iterator[Html]:
    text = introduction(document)
    yield element("section", prose(text.zh, "zh"), prose(text.en, "en"))
    yield _section("topics", _TOPICS, table(_TOPICS, _OF_TOPICS, map(_topic, topics(document))))
    for schema, title in _SCHEMAS.items():
        yield _section(schema, title, table(title, _OF_ITEMS, map(_item, headers(document, schema))))


def _section(id_: str, title: Told, *content: Html) -> Html:
    return element("section", element("h2", both(title)), *content, id=id_)


def _group(owner: str, title: Told, members: Iterable[Kind]) -> Html:
    return _section(owner, title, *map(_kind, members))


def _topic(topic: Topic) -> tuple[str, ...]:
    holds = joined([both(topic.title), element("p", both(topic.text), class_="small")])
    return element("code", topic.address), str(topic.partitions or _NOTHING), holds, _listed(topic.takers)


def _item(item: Item) -> tuple[str, ...]:
    optional = [" ", element("em", both(Told("可选", "optional")), class_="small")] if item.optional else []
    words = [
        element("li", element("code", word), " ", element("span", name, lang="zh")) for word, name in item.words.items()
    ]
    meaning = joined([both(item.text), *([element("ul", *words, class_="words")] if words else [])])
    return joined([element("code", item.name), *optional]), item.kind, meaning


def _kind(kind: Kind) -> Html:
    anchor = element("a", "#", class_="anchor", href=f"#{kind.type}", aria_label=spoken(kind.title))
    facts = element(
        "dl",
        element("dt", both(Told("主题", "Topic"))),
        element("dd", _listed(kind.topics)),
        element("dt", both(Told("接收者", "Taken by"))),
        element("dd", _listed(kind.takers)),
    )
    return element(
        "article",
        element("h3", both(kind.title), " ", anchor),
        element("p", element("code", kind.type)),
        element("p", both(kind.text)),
        facts,
        table(kind.title, _OF_ITEMS, map(_item, kind.fields)),
        element("details", element("summary", both(Told("示例", "Example"))), *_example(kind)),
        id=kind.type,
        data_words=" ".join((kind.type, *kind.title, *kind.text)).lower(),
    )


def _example(kind: Kind) -> Iterator[Html]:
    for title, shown in ((_HEADERS, kind.headers), (Told("内容", "Payload"), kind.payload)):
        written = orjson.dumps(shown, option=orjson.OPT_INDENT_2).decode()
        yield element("p", both(title))
        yield element("pre", element("code", written), tabindex="0", role="region", aria_label=spoken(title))


def _listed(names: Iterable[str]) -> Html:
    return marked(", ".join(f"`{name}`" for name in names) or _NOTHING)

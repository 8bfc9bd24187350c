"""``docs/events.md``: every event on one page, out of the AsyncAPI document."""

from collections.abc import Iterator
from pathlib import Path

import orjson

from services.gateway.events.reading import Document, Item, Kind, Topic, headers, introduction, kinds, owners, topics
from services.wiring.contract.asyncapi.messages import EVENT_HEADERS, LETTER_HEADERS

PAGE = Path("docs/events.md")
_HEAD = """# 事件目录 · Catalogue of events

<!-- 由 make spec 生成，请勿手改 · Made by `make spec`; do not edit -->

机器可读的契约是 `deploy/spec/asyncapi.json`（AsyncAPI 3.0）；网关在 `/asyncapi.json` 提供它，在 `/asyncapi` 提供不需
互联网的页面。

The contract for machines is `deploy/spec/asyncapi.json` (AsyncAPI 3.0). The gateway serves it at `/asyncapi.json`, and
a page that needs no internet at `/asyncapi`.
"""
_NOBODY = "–"


def events_page(document: Document) -> str:
    zh, en = introduction(document)
    told = list(kinds(document))
    parts = [
        _HEAD,
        f"{zh}\n\n{en}\n",
        "## 主题 · Topics\n",
        "| topic | 分区 · partitions | 内容 · holds | 接收者 · taken by |\n|---|---|---|---|",
        *map(_topic, topics(document)),
        "\n## 消息头 · Headers\n",
        *_items(headers(document, EVENT_HEADERS)),
        "\n### 死信另有 · Those of a dead letter\n",
        *_items(headers(document, LETTER_HEADERS)),
    ]
    for owner, title in owners(document).items():
        parts += [f"\n## {title.zh} · {title.en}", *(_kind(kind) for kind in told if kind.owner == owner)]
    return "\n".join(parts) + "\n"


def _topic(topic: Topic) -> str:
    takers = ", ".join(topic.takers) or _NOBODY
    return f"| `{topic.address}` | {topic.partitions or _NOBODY} | {topic.title.zh} · {topic.title.en} | {takers} |"


def _items(items: Iterator[Item]) -> Iterator[str]:
    yield "| | 格式 · form | 中文 | English |\n|---|---|---|---|"
    for item in items:
        optional = "?" if item.optional else ""
        words = "：" + "，".join(f"`{word}` {name}" for word, name in item.words.items()) if item.words else ""
        form = item.kind.replace("|", "\\|")
        yield f"| `{item.name}`{optional} | {form} | {item.text.zh}{words} | {item.text.en} |"


def _kind(kind: Kind) -> str:
    takers = ", ".join(kind.takers) or _NOBODY
    payload = orjson.dumps(kind.payload).decode()
    return "\n".join(
        [
            f"\n### {kind.name}\n",
            f"**{kind.title.zh} · {kind.title.en}** `{kind.type}`\n",
            f"{kind.text.zh}。{kind.text.en}\n",
            f"主题 · topic: {', '.join(f'`{topic}`' for topic in kind.topics)}; 接收者 · taken by: {takers}\n",
            *_items(iter(kind.fields)),
            f"\n```json\n{payload}\n```",
        ]
    )

"""The document as a whole."""

from typing import Any

from services.wiring.contract.asyncapi import channels, messages, servers
from services.wiring.contract.asyncapi.who import OWNERS, title_of
from shared.http.app import VERSION

_ABOUT = """\
贫困户精准识别系统的全部事件：谁发布，谁接收，内容是什么。事件是过去发生的事实，不含任何个人信息：只有不透明的标识、区划代码、步骤、结果和数量。

- 格式：CloudEvents 1.0。总线上为 Kafka 二进制绑定（`ce_*` 头），网关的 `GET /v1/events` 与 SSE 上为结构化 JSON。
- 顺序：同键有序；`ce_sequence` 是主体在该发布者处的序号，连续无缺。跨键不保证顺序。
- 投递：至少一次。以 `ce_id` 去重。
- 未知类型应跳过；新含义是新版本（`.v2`），旧版本不变。
- 兼容性：每个已发布版本都有一份示例文件（golden），CI 拒绝任何使旧示例变样或读不出的改动；本文档中的示例就是它们。

Every event of the system: who tells it, who takes it, what it holds. An event is a fact of the past and carries no \
personal data: opaque ids, division codes, steps, outcomes and counts only.

- Form: CloudEvents 1.0. On the bus in Kafka's binary binding (`ce_*` headers); at the gateway, by `GET /v1/events` \
and as server-sent events, in structured JSON.
- Order: by key. `ce_sequence` counts a subject's events with one publisher and leaves nothing out. \
Across keys there is no order.
- Delivery: at least once. `ce_id` tells a repetition.
- A type that you do not know is to be skipped. A new meaning is a new version (`.v2`); a version never changes.
- Compatibility: every published version has a golden file, and CI refuses what would write one otherwise or fail to \
read it. The examples here are these files.
"""


def asyncapi() -> dict[str, Any]:
    return {
        "asyncapi": "3.0.0",
        "id": "urn:jingzhun:events",
        "info": {
            "title": "精准识别事件 · jingzhun events",
            "version": VERSION,
            "description": _ABOUT,
            "tags": [{"name": owner, "description": title_of(owner)} for owner in OWNERS],
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": servers.servers(),
        "channels": channels.channels(),
        "operations": channels.operations(),
        "components": {
            "messages": messages.messages(),
            "schemas": messages.schemas(),
            "correlationIds": {
                "request": {
                    "description": "同一请求引起的一切 · All that one request led to",
                    "location": "$message.header#/ce_correlationid",
                }
            },
            "securitySchemes": servers.security_schemes(),
        },
    }

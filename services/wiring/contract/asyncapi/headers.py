"""The headers of what goes over the bus: CloudEvents 1.0 in Kafka's binary binding, and those of a dead letter."""

from typing import Any

from shared.bus.port import DEAD_LETTER_ID
from shared.events.base import MEDIA_TYPE
from shared.events.wording import BETWEEN

Document = dict[str, Any]
_UUID = {"type": "string", "format": "uuid"}
_MOMENT = {"type": "string", "format": "date-time"}
_TRACEPARENT = "^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"
OPTIONAL = ("ce_causationid", "ce_traceparent", "ce_actingclient")


def _said(schema: Document, zh: str, en: str) -> Document:
    return {**schema, "description": f"{zh}{BETWEEN}{en}"}


def _text(**limits: str) -> Document:
    return {"type": "string", **limits}


_EVENT = {
    "content-type": _said({"type": "string", "const": MEDIA_TYPE}, "内容格式", "Form of the value"),
    "ce_specversion": _said({"type": "string", "const": "1.0"}, "CloudEvents 版本", "Version of CloudEvents"),
    "ce_id": _said(_UUID, "事件标识（UUIDv7）；重复投递时据此识别", "The event; by it a repetition is known"),
    "ce_type": _said(_text(pattern=r"^jingzhun\.[a-z]+\.[a-z_]+\.v[0-9]+$"), "事件类型及版本", "Type and version"),
    "ce_source": _said(_text(pattern="^/jingzhun/[a-z]+$"), "发布者", "Who told it"),
    "ce_subject": _said(_UUID, "主体：事项、农户、名单、任务等", "What it is about: a case, household, list, task …"),
    "ce_time": _said(_MOMENT, "发生时刻（政策时钟）", "When it happened, by the policy's clock"),
    "ce_partitionkey": _said(_UUID, "分区键，与消息键相同", "Equals the record's key"),
    "ce_division": _said(
        _text(pattern="^([0-9]{12}|[0-9]{15})?$"),
        "区划代码，12 位，村民小组 15 位；无区划时为空",
        "Division code, 12 digits, 15 of a villagers' group; empty where there is none",
    ),
    "ce_sequence": _said(
        _text(pattern="^[1-9][0-9]*$"),
        "该主体在该发布者处的事件序号，从 1 起",
        "The count of the subject's own events with this publisher, from 1",
    ),
    "ce_correlationid": _said(
        _text(minLength=1),  # type: ignore[arg-type]
        "关联标识：同一请求引起的一切（其追踪标识）；非请求引起者为首个事件的标识",
        "All that one request led to (its trace id); else the id of the first event",
    ),
    "ce_causationid": _said(_UUID, "直接引起本事件的事件（可选）", "The event that caused this one (optional)"),
    "ce_traceparent": _said(_text(pattern=_TRACEPARENT), "W3C 追踪上下文（可选）", "W3C Trace Context (optional)"),
    "ce_actingclient": _said(
        _text(pattern="^[a-z0-9][a-z0-9-]{2,62}$"),
        "发出请求的系统客户端：为自身，或代工作人员（可选）",
        "The API client whose request it comes of, for itself or for an officer (optional)",
    ),
}
_LETTER = {
    DEAD_LETTER_ID: _said(_UUID, "死信标识", "The letter"),
    "kafka_dlt-original-topic": _said(_text(), "原主题", "Where the event came from"),
    "kafka_dlt-original-partition": _said(_text(pattern="^[0-9]+$"), "原分区", "Its partition there"),
    "kafka_dlt-original-offset": _said(_text(pattern="^[0-9]+$"), "原位置", "Its offset there"),
    "kafka_dlt-original-timestamp": _said(
        _text(pattern="^-?[0-9]+$"), "原发布时刻（毫秒）", "When it was published, in milliseconds"
    ),
    "kafka_dlt-original-consumer-group": _said(_text(), "放弃它的消费者", "Who gave it up"),
    "kafka_dlt-exception-fqcn": _said(_text(), "失败的类名，从不含其文字", "Class of the failure, never its text"),
    "kafka_dlt-attempts": _said(_text(pattern="^[0-9]+$"), "尝试次数", "How often it was tried"),
    "kafka_dlt-first-failed-at": _said(_MOMENT, "首次失败的时刻", "When it first failed"),
}


def event_headers() -> Document:
    return {
        "type": "object",
        "description": (
            "CloudEvents 1.0，Kafka 二进制绑定；值均为 UTF-8 文字。未知的头应忽略 · "
            "CloudEvents 1.0 in Kafka's binary binding; every value is UTF-8 text. Unknown headers are to be ignored."
        ),
        "required": [name for name in _EVENT if name not in OPTIONAL],
        "properties": _EVENT,
    }


def letter_headers() -> Document:
    return {
        "type": "object",
        "description": (
            "原消息的全部头原样保留（无法存储的字符被替换），另加以下各项 · "
            "All headers of the message as received (what cannot be kept is replaced), and beside them these."
        ),
        "required": list(_LETTER),
        "properties": _LETTER,
    }

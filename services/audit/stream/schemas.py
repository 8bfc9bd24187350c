"""How a stream and its tickets look, in the API's document."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from shared.http.eventstreams import MEDIA_TYPE, Closing
from shared.http.schemas import Answer, Body, DivisionCode

_Name = Annotated[str | None, Field(min_length=1, max_length=200)]


class StreamTicketBody(Body):
    """The filter of the one stream that the ticket opens, as the stream's own parameters."""

    type: Annotated[_Name, Field(description="Full type, or the event's short name")] = None
    subject: _Name = None
    division: DivisionCode | None = None
    correlation: _Name = None


class StreamTicketAnswer(Answer):
    """Give ``ticket`` to ``GET /v1/events/stream`` before ``expires_at``."""

    ticket: str
    expires_at: datetime


_EXAMPLE = """retry: 2000

id: AAAAAAAAAAGY1z0yTk_xlDcy
event: jingzhun.identification.case_rejected.v1
data: {"specversion":"1.0","id":"0198c7de-4a4a-7a35-8f5b-1c2d3e4f5a6b",\
"type":"jingzhun.identification.case_rejected.v1","source":"/jingzhun/identification",\
"division":"500229001001","datacontenttype":"application/json","data":{}}

: heartbeat

event: closed
data: {"code":"stopping","zh":"服务正在停止，请稍后重新连接","en":"The service is stopping: connect again soon"}

"""
_MESSAGE: dict[str, Any] = {
    "type": "object",
    "description": "流中的一条消息；注释行（`: heartbeat`）不算 · One message; a comment (`: heartbeat`) is none",
    "required": ["event", "data"],
    "properties": {
        "id": {"$ref": "#/components/schemas/Position"},
        "event": {
            "type": "string",
            "description": "事件类型；最后一条为 `closed`，其 data 说明原因 · The event's type; `closed` for the last",
        },
        "data": {
            "description": "结构化 JSON 的 CloudEvent · A CloudEvent in structured JSON",
            "oneOf": [
                {"$ref": "#/components/schemas/CloudEvent"},
                {
                    "type": "object",
                    "description": "为何结束 · Why the stream ends",
                    "required": ["code", "zh", "en"],
                    "properties": {
                        "code": {"type": "string", "enum": [why.value for why in Closing]},
                        "zh": {"type": "string"},
                        "en": {"type": "string"},
                    },
                },
            ],
        },
        "retry": {
            "type": "integer",
            "description": "重新连接前等待的毫秒数 · Milliseconds to wait before connecting again",
        },
    },
}
STREAM: dict[str, Any] = {
    "description": "事件流，每条消息一个事件 · The stream, an event a message",
    "content": {
        MEDIA_TYPE: {
            "schema": {
                "type": "string",
                "description": "服务器推送事件 · Server-sent events (HTML, § 9.2)",
                "contentMediaType": MEDIA_TYPE,
                "contentSchema": _MESSAGE,
            },
            "examples": {"stream": {"value": _EXAMPLE}},
        }
    },
}

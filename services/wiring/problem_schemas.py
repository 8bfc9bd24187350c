"""How problems (RFC 9457) look in the OpenAPI document, and which of them an operation may answer."""

from http import HTTPStatus
from typing import Any

_TEXT = {"type": "string"}
PROBLEM_SCHEMAS: dict[str, Any] = {
    "FieldError": {
        "type": "object",
        "description": "What is wrong at one place of the request: a JSON pointer, never the value",
        "required": ["pointer", "code", "detail"],
        "properties": {"pointer": _TEXT, "code": _TEXT, "detail": _TEXT},
    },
    "Problem": {
        "type": "object",
        "description": "RFC 9457. `code` is stable; `title` is Chinese or English by Accept-Language",
        "required": ["type", "code", "status", "title"],
        "properties": {
            "type": {"type": "string", "format": "uri", "examples": ["urn:jingzhun:problem:not-found"]},
            "code": {"type": "string", "examples": ["not-found"]},
            "status": {"type": "integer", "examples": [404]},
            "title": {"type": "string", "examples": ["未找到"]},
            "errors": {"type": "array", "items": {"$ref": "#/components/schemas/FieldError"}},
            "trace_id": {"type": ["string", "null"]},
        },
        "additionalProperties": True,
    },
}
_TEXTS = {
    400: "请求无法解析 · The request cannot be parsed",
    401: "未认证 · No valid token",
    403: "无权 · Not allowed, or outside the area",
    404: "未找到 · Not found",
    406: "不能以所求的媒体类型作答 · Not in a media type that is accepted",
    409: "冲突 · In conflict with what is there",
    412: "已被修改 · Changed in the meantime",
    413: "请求体过大 · The body is too large",
    415: "媒体类型不支持 · The media type is not supported",
    422: "内容不符合要求 · The content is not valid",
    428: "须带 If-Match · The If-Match header is required",
    500: "系统内部错误 · Internal error",
    503: "服务暂不可用 · Not available for now",
}
_CONTENT = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def _name(status: int) -> str:
    return HTTPStatus(status).phrase.title().replace(" ", "")


PROBLEM_RESPONSES: dict[str, Any] = {
    _name(status): {"description": text, "content": _CONTENT} for status, text in _TEXTS.items()
}
_BY_STATUS = {status: {"$ref": f"#/components/responses/{_name(status)}"} for status in _TEXTS}


def problem_responses(path: str, method: str, operation: dict[str, Any], spoken_for: set[str]) -> dict[str, Any]:
    """By status: a body may be wrong, a caller refused, a resource missing, a write in conflict."""
    headers = {parameter["name"].lower() for parameter in operation.get("parameters", ())}
    statuses = {406, 422, 500, 503}
    if operation["security"]:
        statuses |= {401, 403}
    if "{" in path or "sandbox" in path:
        statuses |= {404}
    if "requestBody" in operation:
        statuses |= {400, 413, 415}
    if method != "get":
        statuses |= {400, 404, 409}
    if "if-match" in headers:
        statuses |= {412, 428}
    if spoken_for:
        statuses = {406, 413, 500, 503}
    return {str(status): _BY_STATUS[status] for status in statuses}

"""What an operation may answer: its successes with their headers, and its problems by status, code by code."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from services.wiring.contract.catalogue import Entry, field_codes
from services.wiring.contract.errors_page import PAGE
from services.wiring.contract.formats import ID, Schema, reference
from services.wiring.contract.reach import Reach
from shared.problems import CATALOGUE

Document = dict[str, Any]
MEDIA_TYPE = "application/problem+json"
_TEXTS = {
    "400": ("BadRequest", "请求无法解析 · The request cannot be parsed"),
    "401": ("Unauthorized", "未认证 · No valid token"),
    "403": ("Forbidden", "无权，或超出辖区 · Not allowed, or outside the area"),
    "404": ("NotFound", "未找到 · Not found"),
    "406": ("NotAcceptable", "无法按所求的媒体类型答复 · The media type asked for is not spoken"),
    "408": ("RequestTimeout", "请求传送过慢 · The request came too slowly"),
    "409": ("Conflict", "冲突 · In conflict with what is there"),
    "410": ("Gone", "已不再提供 · No longer there"),
    "412": ("PreconditionFailed", "已被修改 · Changed in the meantime"),
    "413": ("ContentTooLarge", "请求体过大 · The body is too large"),
    "414": ("UriTooLong", "地址过长 · The address is too long"),
    "415": ("UnsupportedMediaType", "媒体类型不支持 · The media type is not supported"),
    "416": ("RangeNotSatisfiable", "范围无法满足 · The range cannot be served"),
    "422": ("UnprocessableContent", "内容不符合要求 · The content is not valid"),
    "428": ("PreconditionRequired", "须带 If-Match · The If-Match header is required"),
    "429": ("TooManyRequests", "请求过多 · Too many requests"),
    "431": ("HeadersTooLarge", "请求头过长 · The headers are too long"),
    "500": ("InternalServerError", "系统内部错误 · Internal error"),
    "502": ("BadGateway", "上游服务出错 · A service behind failed"),
    "503": ("ServiceUnavailable", "服务暂不可用 · Not available for now"),
    "504": ("GatewayTimeout", "上游服务超时 · A service behind was too slow"),
}
_ALWAYS = frozenset(
    {
        "answer-timeout",
        "head-timeout",
        "headers-too-large",
        "internal-error",
        "rate-limited",
        "service-unavailable",
        "too-many-connections",
        "uri-too-long",
    }
)
"""By whoever stands between the wire and the route."""
_WITH_A_BODY = frozenset({"body-timeout", "body-too-large", "malformed-request"})
EVERYWHERE = (
    _ALWAYS
    | _WITH_A_BODY
    | {
        "conflict",
        "idempotency-key-required",
        "idempotency-key-reused",
        "not-acceptable",
        "parameter-unknown",
        "request-invalid",
        "scope-missing",
        "token-expired",
        "token-invalid",
        "token-missing",
    }
)
"""What says nothing of an operation in particular."""
_WAITS = frozenset({"429", "503"})
_OF_RATES = ("RateLimit", "RateLimit-Policy")


def problem_schemas() -> dict[str, Schema]:
    codes = sorted(CATALOGUE)
    fields = sorted({*codes, *(each.code for each in field_codes())})
    return {
        "ProblemCode": {
            "type": "string",
            "enum": codes,
            "description": f"问题的代码，见 {PAGE} · A problem's code: cause and cure stand in {PAGE}",
            "examples": ["not-found"],
        },
        "FieldErrorCode": {
            "type": "string",
            "enum": fields,
            "description": f"字段错误的代码，见 {PAGE} · A field error's code: see {PAGE}",
            "examples": ["missing"],
        },
        "FieldError": {
            "type": "object",
            "description": "有误之处，从不重复其值 · What is wrong at one place of the request, never the value",
            "required": ["pointer", "code", "detail"],
            "properties": {
                "pointer": {"type": "string", "examples": ["/members/0/id_number"]},
                "code": reference("FieldErrorCode"),
                "detail": {"type": "string", "examples": ["缺少必填项"]},
            },
        },
        "Problem": _problem(),
    }


_TRACE: Schema = {
    "type": ["string", "null"],
    "pattern": "^[0-9a-f]{32}$",
    "examples": ["4bf92f3577b34da6a3ce929d0e0e4736"],
}


def _problem() -> Schema:
    ids = {"type": "array", "items": reference("Id")}
    names = {"type": "array", "items": {"type": "string"}}

    def told(schema: Schema, zh: str, en: str) -> Schema:
        return {**schema, "description": f"{zh} · {en}"}

    return {
        "type": "object",
        "description": (
            "RFC 9457。`code` 不变；`title` 按 Accept-Language 为中文或英文 · "
            "RFC 9457. `code` is stable; `title` is Chinese or English by Accept-Language"
        ),
        "required": ["type", "code", "status", "title"],
        "properties": {
            "type": told(
                {"type": "string", "format": "uri", "examples": ["urn:jingzhun:problem:not-found"]},
                "urn:jingzhun:problem: 加 code",
                "urn:jingzhun:problem: and the code",
            ),
            "code": reference("ProblemCode"),
            "status": told({"type": "integer", "examples": [404]}, "HTTP 状态", "The HTTP status"),
            "title": told({"type": "string", "examples": ["未找到"]}, "标题", "What went wrong, in words"),
            "errors": told({"type": "array", "items": reference("FieldError")}, "有误之处", "What is wrong, by place"),
            "trace_id": told(_TRACE, "跟踪标识", "For the operator's logs"),
            **_members(told, ids, names),
        },
        "examples": [{"type": "urn:jingzhun:problem:not-found", "code": "not-found", "status": 404, "title": "未找到"}],
    }


def _members(told: Any, ids: Schema, names: Schema) -> dict[str, Schema]:
    """Extension members: each problem's cause tells which it has."""
    return {
        "cases": told(ids, "有关的事项", "The cases concerned"),
        "households": told(ids, "有关的农户", "The households concerned"),
        "datasets": told(ids, "有关的数据表", "The extracts concerned"),
        "capacities": told(names, "缺少的人员类别", "The capacities that are missing"),
        "accepted": told(names, "可接受的类型", "The types that are accepted"),
        "services": told(names, "有关的服务", "The services concerned"),
        "header": told(names, "应有的表头", "The header there should be"),
        "years": told({"type": "array", "items": reference("Year")}, "已有政策的年度", "The years with a policy"),
        "policy": told({"type": "string", "examples": ["reads"]}, "超出的限额", "The quota that was exceeded"),
        "line": told({"type": "integer", "minimum": 1}, "行号", "The line's number"),
        "ends_at": told(reference("Moment"), "结束时间", "When it ends"),
        "state": told({"type": "string", "examples": ["done"]}, "当前状态", "The present state"),
    }


def problem_examples(entries: Iterable[Entry]) -> Document:
    """By code, for ``components.examples``."""
    return {entry.type.code: _example(entry) for entry in entries}


def _example(entry: Entry) -> Document:
    type_ = entry.type
    value = {"type": type_.uri, "code": type_.code, "status": type_.status, "title": type_.zh}
    return {
        "summary": f"{type_.zh} · {type_.en}",
        "description": f"{entry.cause.zh}{entry.cure.zh}\n\n{entry.cause.en} {entry.cure.en}",
        "value": value | {"trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"},
    }


def problem_codes(method: str, operation: Document, reach: Reach) -> set[str]:
    """What the code may raise, and what the framework around it answers for it."""
    codes = (reach.codes - {"gone"}) | _ALWAYS  # any route might be retired
    if "requestBody" in operation:
        codes |= _WITH_A_BODY
    if method != "get" and "idempotency-key-reused" in codes:
        codes |= {"conflict"}
    if operation.get("deprecated"):
        codes |= {"gone"}
    return codes


def problem_responses(codes: Iterable[str]) -> Document:
    """By status, each with an example of every code that it may be."""
    by_status: defaultdict[str, list[str]] = defaultdict(list)
    for code in sorted(codes):
        by_status[str(CATALOGUE[code].status)].append(code)
    return {status: _response(status, own) for status, own in by_status.items()}


def _response(status: str, codes: list[str]) -> Document:
    _, text = _TEXTS[status]
    named = "、".join(f"`{code}`" for code in codes)
    examples = {code: {"$ref": f"#/components/examples/{code}"} for code in codes}
    answer: Document = {
        "description": f"{text}：{named}",
        "content": {MEDIA_TYPE: {"schema": reference("Problem"), "examples": examples}},
    }
    headers = {"Content-Language": _header_of("Content-Language")} | refusal_headers(status)
    if status == "429":
        headers |= _references(_OF_RATES)
    return {"description": answer["description"], "headers": headers, "content": answer["content"]}


def share_responses(operations: Iterable[Document]) -> Document:
    """For ``components.responses``: the commonest answer of each status, which the operations then refer to."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    answers: dict[str, Document] = {}
    kept = [operation["responses"] for operation in operations]
    for responses in kept:
        for status, answer in responses.items():
            if MEDIA_TYPE in answer.get("content", {}):
                counted[status][str(answer)] += 1
                answers[str(answer)] = answer
    common = {status: max(counts, key=lambda text: (counts[text], text)) for status, counts in counted.items()}
    for responses in kept:
        for status, answer in responses.items():
            if str(answer) == common.get(status):
                responses[status] = {"$ref": f"#/components/responses/{_TEXTS[status][0]}"}
    return {_TEXTS[status][0]: answers[text] for status, text in sorted(common.items())}


def _header(zh: str, en: str, example: str, **schema: Any) -> Document:
    return {"description": f"{zh} · {en}", "schema": {"type": "string", **schema}, "example": example}


HEADERS: Document = {
    "Content-Language": _header("标题的语言", "The language of the title", "zh", enum=["zh", "en"]),
    "Content-Disposition": _header("作为附件下载", "To be saved as a file", "attachment"),
    "Deprecation": _header("何时起不再推荐（RFC 9745）", "Since when it is deprecated (RFC 9745)", "@1790812800"),
    "ETag": _header(
        "所示内容的标签，用于 If-None-Match；有版本者也用于 If-Match",
        "Tag of what is shown, for If-None-Match; of what has a version for If-Match, too",
        '"3.1f0c"',
    ),
    "Idempotency-Replayed": _header("首次的答复再次给出", "The first answer, given again", "true", enum=["true"]),
    "Link": _header("下一页（RFC 8288）", "The next page (RFC 8288)", '</v1/cases?cursor=WyI5&limit=100>; rel="next"'),
    "Location": _header("所建对象的地址", "Where what was made is found", f"/v1/cases/{ID}", format="uri-reference"),
    "RateLimit": _header(
        "现在还可请求几次（r），几秒后更多（t）",
        "What may be asked at once (r), more after t seconds (draft-ietf-httpapi-ratelimit-headers-11)",
        '"reads";r=1199;t=1',
    ),
    "RateLimit-Policy": _header("每分钟的限额", "The quota a minute", '"reads";q=1200;w=60'),
    "Retry-After": {
        "description": "多少秒后重试 · Seconds to wait before trying again",
        "schema": {"type": "integer", "minimum": 0},
        "example": 1,
    },
    "Sunset": _header("何时停用（RFC 8594）", "When it will be gone (RFC 8594)", "Thu, 01 Oct 2026 00:00:00 GMT"),
    "Updated-Until": _header(
        "下次以此为 updated_after，不会遗漏变更",
        "The next updated_after: no change is missed",
        "2026-03-01T08:00:00+00:00",
    ),
    "WWW-Authenticate": _header("认证方式（RFC 6750）", "How to authenticate (RFC 6750)", "Bearer"),
    "X-Trace-Id": _header("请求的跟踪标识", "The request's trace id", "4bf92f3577b34da6a3ce929d0e0e4736"),
}


def _header_of(name: str) -> Document:
    return {"$ref": f"#/components/headers/{name}"}


def refusal_headers(status: str) -> Document:
    """What every refusal of this status bears, of whatever form it is."""
    if status in _WAITS:
        return {"Retry-After": _header_of("Retry-After")}
    return {"WWW-Authenticate": _header_of("WWW-Authenticate")} if status == "401" else {}


def success_headers(reach: Reach, operation: Document, status: str) -> Document:
    names = {"X-Trace-Id", *_OF_RATES} | (reach.headers - ({"Location"} if status == "200" else set()))
    if "idempotency-key-reused" in reach.codes:
        names |= {"Idempotency-Replayed"}
    if operation.get("deprecated"):
        names |= {"Deprecation", "Link", "Sunset"}
    if "304" in operation["responses"]:
        names |= {"ETag"}
    return _references(names & HEADERS.keys())


def _references(names: Iterable[str]) -> Document:
    return {name: _header_of(name) for name in sorted(names)}


UNCHANGED_HEADERS = _references(("ETag", "X-Trace-Id", *_OF_RATES))

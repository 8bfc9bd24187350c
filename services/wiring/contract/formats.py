"""The named formats of the API: what an id, a moment or an amount of money looks like, said once and referred to."""

from collections.abc import Callable, Mapping
from typing import Any

from services.identification.policy import load_criteria
from services.identification.policy.evaluation import UNDETERMINED
from services.identification.workflow import WORKFLOWS, Stage, Step
from shared.auth.roles import ROLES
from shared.http.access import ALL_SCOPES

Schema = dict[str, Any]
ID = "0198f7a4-5c2e-7d10-9b64-3f0a6c1d2e90"
DIVISION = r"^\d{12}(\d{3})?$"
DIGEST = r"^[0-9a-f]{64}$"


def _text(description: str, example: str, **more: Any) -> Schema:
    return {"type": "string", **more, "description": description, "examples": [example]}


def _choice(description: str, values: Any) -> Schema:
    names = [str(value) for value in values]
    return {"type": "string", "enum": names, "description": description, "examples": names[:1]}


def _verdicts() -> list[str]:
    procedures = load_criteria().procedures.values()
    return sorted({verdict for each in procedures for verdict in (each.holds, each.fails)} | {UNDETERMINED})


FORMATS: dict[str, Schema] = {
    "Id": _text("标识，UUIDv7 · An id: a UUIDv7", ID, format="uuid"),
    "Moment": _text(
        "时间，RFC 3339，带时区 · A moment: RFC 3339 with its offset", "2026-03-02T09:30:00+08:00", format="date-time"
    ),
    "Day": _text("日期 · A day: YYYY-MM-DD", "2026-03-02", format="date"),
    "DivisionCode": _text(
        "区划代码：十二位，村民小组十五位 · Division code: 12 digits, 15 for a villagers' group",
        "500229001001",
        pattern=DIVISION,
    ),
    "Digest": _text(
        "SHA-256 摘要，十六进制 · SHA-256 in hexadecimal",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        pattern=DIGEST,
    ),
    "Money": _text(
        "金额，元，至多两位小数的字符串 · An amount in yuan: a decimal string with at most two decimals",
        "5600.00",
        pattern=r"^[0-9]{1,10}(\.[0-9]{1,2})?$",
    ),
    "Decimal": _text("十进制数字符串 · A decimal as a string", "1.5", pattern=r"^[0-9]{1,6}(\.[0-9]{1,6})?$"),
    "Fraction": _text(
        "比例：十进制数或分数字符串 · A share: a decimal or fraction as a string",
        "2/3",
        pattern=r"^[0-9]{1,6}(\.[0-9]{1,6}|/[0-9]{1,6})?$",
    ),
    "Cursor": _text(
        "分页游标，不透明 · Where a page begins; opaque", "WyI5ZjJhNGMxZDhlNmIwZjM3IixbIjAxOThmN2E0Il1d", maxLength=500
    ),
    "Position": _text(
        "归档位置，不透明 · A position in the archive; opaque", "AAAAAAAAAAGY1z0yTk_xlDcy", maxLength=100
    ),
    "Version": {
        "type": "integer",
        "minimum": 0,
        "description": "版本，每次变更加一 · A version: one more with each change",
        "examples": [3],
    },
    "Year": {
        "type": "integer",
        "minimum": 1986,
        "maximum": 2100,
        "description": "年度 · A year",
        "examples": [2026],
    },
    "TraceId": _text(
        "请求的跟踪标识 · A request's trace id", "4bf92f3577b34da6a3ce929d0e0e4736", pattern="^[0-9a-f]{32}$"
    ),
    "EventType": _text("事件类型 · An event's type", "jingzhun.identification.case_rejected.v1", maxLength=200),
    "Step": _choice("识别的环节 · A step of the workflow", Step),
    "Stage": _choice("环节内的阶段 · A stage within a step", Stage),
    "CaseState": _choice("事项的状态 · A case's state", ("open", "identified", "exited", "rejected", "withdrawn")),
    "CaseKind": _choice("事项的类别 · A case's kind", WORKFLOWS),
    "Verdict": _choice("按政策的结论 · What the policy says of the facts", _verdicts()),
    "Role": _choice("角色 · A role", ROLES),
    "Scope": _choice("权限范围 · A scope", ALL_SCOPES),
}


def _is(**keywords: Any) -> Callable[[Schema], bool]:
    return lambda schema: all(schema.get(name) == value for name, value in keywords.items())


_RECOGNISED: Mapping[str, Callable[[Schema], bool]] = {
    "Id": _is(type="string", format="uuid"),
    "Moment": _is(type="string", format="date-time"),
    "Day": _is(type="string", format="date"),
    "DivisionCode": _is(type="string", pattern=DIVISION),
    "Digest": _is(type="string", pattern=DIGEST),
    "Year": _is(type="integer", minimum=1986, maximum=2100),
}


_CHOICES = {frozenset(schema["enum"]): name for name, schema in FORMATS.items() if "enum" in schema}


def format_of(schema: Schema) -> str | None:
    """The named format that a schema spells out, if it does."""
    if "enum" in schema:
        return _CHOICES.get(frozenset(map(str, schema["enum"])))
    return next((name for name, recognises in _RECOGNISED.items() if recognises(schema)), None)


def reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}

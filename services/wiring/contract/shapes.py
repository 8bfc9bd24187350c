"""Objects whose members are data of the policy or of the events, and so stand in no class: made out of those data."""

from collections.abc import Iterable
from functools import cache

from services.identification.comparison.datasets import KINDS
from services.identification.policy.facts import FACTS, Fact, Subject
from services.identification.policy.kinds import MONEY_LIMIT, Kind
from services.identification.policy.parameters import INCOME_PERIODS, PARAMETERS, Parameter
from services.identification.policy.publicity import STEPS
from services.wiring.contract.asyncapi.messages import payload_of
from services.wiring.contract.asyncapi.who import CONTRACTS
from services.wiring.contract.formats import Schema, reference
from shared.events.goldens import golden_of

_NULL = {"type": "null"}


def shapes() -> dict[str, Schema]:
    """Component schemas by name. ``Facts`` and ``Parameters`` say what is accepted; everything in them may be left
    out or null, for it is unknown or stays as it was.
    """
    return {
        "Facts": _closed(
            "户的事实 · Facts of a household", {f.name: _fact(f) for f in FACTS[Subject.HOUSEHOLD].values()}
        ),
        "Parameters": _closed(
            "政策参数 · The parameters of a policy", {each.name: _parameter(each) for each in PARAMETERS.values()}
        ),
        "PublicityDays": _publicity_days(),
        "ListDetails": {
            "description": "名单所记录的内容，按其类别 · What a list records, by its kind",
            "anyOf": [reference(name) for name in _DETAILS],
        },
        **_DETAILS,
        "SuspectEvidence": _suspect_evidence(),
        "EventData": {
            "description": "事件内容，按其类型 · An event's data, by its type",
            "anyOf": [*(reference(name) for name in _events()), reference("UnknownEventData")],
        },
        "UnknownEventData": {
            "description": "此版本不认识的类型的内容 · Data of a type that this version does not know",
            "anyOf": [
                {"type": ["string", "number", "boolean", "null"]},
                {"type": "array", "items": reference("UnknownEventData")},
                {"type": "object", "additionalProperties": reference("UnknownEventData")},
            ],
            "examples": [None],
        },
        **_events(),
    }


def _closed(description: str, properties: dict[str, Schema], required: Iterable[str] = ()) -> Schema:
    schema = {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }
    return {name: value for name, value in schema.items() if value != []}


def _money(zh: str, en: str, minimum: int = 0) -> Schema:
    whole = {"type": "integer", "minimum": minimum, "maximum": MONEY_LIMIT - 1}
    return {"description": f"{zh} · {en}", "anyOf": [reference("Money"), whole, _NULL]}


def _fact(fact: Fact) -> Schema:
    description = f"{fact.zh} · {fact.en}"
    match fact.kind:
        case Kind.MONEY:
            return _money(fact.zh, fact.en)
        case Kind.DATE:
            return {"description": description, "anyOf": [reference("Day"), _NULL]}
        case Kind.CHOICE:
            return {"description": description, "enum": [*fact.choices, None], "type": ["string", "null"]}
        case Kind.BOOLEAN:
            return {"description": description, "type": ["boolean", "null"], "examples": [True]}
        case _:
            bounds = {"minimum": 0, "maximum": fact.maximum}
            return {"description": description, "type": ["integer", "null"], **bounds, "examples": [1]}


_OF_THEIR_OWN: dict[str, Schema] = {
    "publicity_days": {
        "anyOf": [
            reference("PublicityDays"),
            {"type": "integer", "minimum": 1, "maximum": 60, "examples": [7]},
            _NULL,
        ]
    },
    "income_period": {"enum": [*INCOME_PERIODS, None], "type": ["string", "null"]},
}


def _parameter(parameter: Parameter) -> Schema:
    description = f"{parameter.zh} · {parameter.en}"
    if parameter.name in _OF_THEIR_OWN:
        return {"description": description, **_OF_THEIR_OWN[parameter.name]}
    match parameter.kind:
        case Kind.MONEY:
            return _money(parameter.zh, parameter.en, minimum=1)
        case Kind.DATE:
            return {"description": description, "anyOf": [reference("Day"), _NULL]}
        case Kind.INTEGER:
            bounds = {"minimum": 0, "maximum": parameter.maximum}
            return {"description": description, "type": ["integer", "null"], **bounds, "examples": [12]}
    named, maximum = ("Decimal", parameter.maximum) if parameter.kind is Kind.NUMBER else ("Fraction", 1)
    whole = {"type": "integer", "minimum": 0, "maximum": maximum}
    return {"description": description, "anyOf": [reference(named), whole, _NULL]}


_STEPS = {
    "group_appraisal": "村民小组评议之后 · After the group's appraisal",
    "village_appraisal": "村级评议之后 · After the village's appraisal",
    "group_nomination": "退出提名之后 · After a nomination to exit",
    "village_exit": "贫困村退出之前 · Before a village exits",
}


def _publicity_days() -> Schema:
    days = {"type": "integer", "minimum": 1, "maximum": 60, "examples": [7]}
    off = {"type": "array", "items": reference("Day"), "maxItems": 120}
    return _closed(
        "公示天数，按环节 · Days of publicity by step",
        {
            **{step: {**days, "description": _STEPS[step]} for step in STEPS},
            "calendar": {
                "type": "string",
                "enum": ["natural", "working"],
                "description": "自然日或工作日 · Natural or working days",
            },
            "holidays": {**off, "description": "放假的工作日 · Working days that are holidays"},
            "worked_weekends": {**off, "description": "上班的周末 · Weekend days that are worked"},
        },
    )


def _whole(zh: str, en: str) -> Schema:
    return {"type": "integer", "minimum": 0, "description": f"{zh} · {en}", "examples": [3]}


def _said(zh: str, en: str, example: str) -> Schema:
    return {"type": "string", "description": f"{zh} · {en}", "examples": [example]}


def _details(description: str, **properties: Schema) -> Schema:
    return _closed(description, properties, properties)


_POLICY_VERSION = _said("政策版本", "The policy's version", "3f2a9c41d7e80b56")
_DETAILS = {
    "AppraisalDetails": _details(
        "民主评议 · An appraisal",
        held_on={**reference("Day"), "description": "会议日期 · The day of the meeting"},
        place=_said("地点", "The place", "桃花村村委会"),
        roll=_whole("应到人数", "How many stand on the roll"),
        present={
            "type": "object",
            "additionalProperties": {"type": "integer", "minimum": 0},
            "description": "到会人数，按身份 · How many were present, by capacity",
            "examples": [{"villager": 42, "village_cadre": 3}],
        },
        minutes={**reference("Digest"), "description": "会议记录的摘要 · Digest of the uploaded minutes"},
        passed=_whole("通过的事项数", "Cases that passed"),
        policy_version=_POLICY_VERSION,
    ),
    "PublicityDetails": _details(
        "公示 · A publicity",
        place=_said("地点", "The place", "桃花村公示栏"),
        posted_on={**reference("Day"), "description": "张榜日期 · The day it was posted"},
        policy_version=_POLICY_VERSION,
    ),
    "TownshipReviewDetails": _details(
        "乡镇审核 · A township review",
        approved=_whole("通过的事项数", "Cases approved"),
        rejected=_whole("驳回的事项数", "Cases rejected"),
        returned=_whole("退回的事项数", "Cases returned"),
    ),
    "DataCleaningDetails": _details(
        "数据清洗 · A data cleaning",
        clean=_whole("没有问题的事项数", "Cases without an issue"),
        open_issues=_whole("未改正的问题数", "Issues that are open"),
    ),
    "AnnouncementDetails": _details(
        "公告 · An announcement",
        title=_said("标题", "The title", "桃花镇贫困户识别公告"),
        media={
            "type": "array",
            "items": {"type": "string"},
            "description": "公告载体 · Where it is announced",
            "examples": [["县人民政府网站"]],
        },
        published_on={**reference("Day"), "description": "公告日期 · The day it was published"},
    ),
}


def _suspect_evidence() -> Schema:
    """A row has the columns of its kind of extract; what the extract leaves empty is absent."""
    columns = {column.name: column.zh for kind in KINDS.values() for column in kind.columns}
    cells = {name: {"type": "string", "description": f"{zh} · {name}"} for name, zh in columns.items()}
    row = _closed("一条记录 · A row", cells) | {"examples": [{"plate_number": "渝A12345", "vehicle_type": "car"}]}
    return _closed("部门数据中的记录 · The rows of the extract", {"rows": {"type": "array", "items": row}}, ["rows"])


@cache
def _events() -> dict[str, Schema]:
    """By the names of the classes with ``Event`` behind them: a component of that name may be something else."""
    return {
        f"{model.__name__}Event": {**payload_of(model), "examples": [golden_of(model)["data"]]}
        for model in CONTRACTS.values()
    }

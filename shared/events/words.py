"""The words that identification's events speak in, each list with its Chinese names."""

from typing import Annotated, Literal
from uuid import UUID

from shared.events.wording import said

Kind = Literal["entry", "return"]
KINDS = {"entry": "贫困户识别", "return": "返贫户识别"}

Step = Literal[
    "application",
    "group_appraisal",
    "survey",
    "village_appraisal",
    "township_review",
    "county_comparison",
    "data_cleaning",
    "announcement",
]
STEPS = {
    "application": "农户申请",
    "group_appraisal": "村民小组评议",
    "survey": "入户调查",
    "village_appraisal": "村级民主评议",
    "township_review": "乡镇审核",
    "county_comparison": "县级数据比对",
    "data_cleaning": "数据录入和清洗",
    "announcement": "县级公告",
}

State = Literal["open", "identified", "rejected", "withdrawn"]
STATES = {"open": "办理中", "identified": "已识别", "rejected": "已驳回", "withdrawn": "已撤回"}

Verdict = Literal["eligible", "ineligible", "undetermined"]
VERDICTS = {"eligible": "符合", "ineligible": "不符合", "undetermined": "尚不能判定"}

Decision = Literal["approve", "reject", "return"]
DECISIONS = {"approve": "通过", "reject": "驳回", "return": "退回"}

Resolution = Literal["upheld", "dismissed"]
RESOLUTIONS = {"upheld": "成立", "dismissed": "不成立"}

Signature = Literal["village", "township"]
SIGNATURES = {"village": "村级", "township": "乡镇"}

Verification = Literal["refuted", "cleared", "confirmed"]
VERIFICATIONS = {"refuted": "并非本户", "cleared": "属实但属例外情形", "confirmed": "属实"}

Registered = Literal["poor", "exited"]
REGISTERED = {"poor": "贫困户", "exited": "脱贫户"}

Ground = Literal[
    "officer_decision",
    "not_passed",
    "objection_upheld",
    "ineligible",
    "review_rejected",
    "suspect_confirmed",
]
GROUNDS = {
    "officer_decision": "工作人员决定",
    "not_passed": "评议未通过",
    "objection_upheld": "异议成立",
    "ineligible": "不符合标准",
    "review_rejected": "乡镇审核驳回",
    "suspect_confirmed": "疑似问题属实",
}

CaseId = Annotated[UUID, said("事项标识", "The case")]
HouseholdId = Annotated[UUID, said("农户标识", "The household")]
ListId = Annotated[
    UUID,
    said("名单标识：一次评议、公示、审核、比对、清洗或公告", "The list: of a meeting, notice, review, comparison…"),
]
ObjectionId = Annotated[UUID, said("异议标识", "The objection")]
SuspectId = Annotated[UUID, said("疑似问题标识", "The suspect")]
IssueId = Annotated[UUID, said("数据问题标识", "The issue")]
RegistrationVersion = Annotated[int, said("该农户登记的次数", "The count of the household's registrations")]

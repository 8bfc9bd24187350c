"""What the API takes and answers: made from its OpenAPI document, see ``make clients``.

A field that is ``UNSET`` is not sent, one that is None is sent as null. What an answer holds besides is skipped, and a
code that a later version has added is read as it is.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from jingzhun_client.codes import Literal


class ActionAnswer(Struct, frozen=True, kw_only=True):
    """An action and the scope it needs; none where the clock alone acts."""

    action: str
    """操作 · What may be done or was decided"""
    zh: str
    """中文 · In Chinese"""
    en: str
    """英文 · In English"""
    scope: str | None
    """所需权限范围 · The scope it needs"""


class Actor(Struct, frozen=True, kw_only=True):
    """The API client that acts for the officer (RFC 8693)."""

    sub: str
    """系统客户端的标识 · The API client's id"""


class Advance(Struct, frozen=True, kw_only=True):
    """Exactly one of the two."""

    advance_days: int | UnsetType = UNSET
    """拨快的天数 · Days to move forward"""
    advance_to: Moment | UnsetType = UNSET
    """拨到的时间 · The moment to move to"""


class AnnouncementBody(Struct, frozen=True, kw_only=True):
    """The media in which it is published, and the cases it announces."""

    division: DivisionCode
    """区划代码 · The division"""
    title: str
    """标题 · The title"""
    media: list[str]
    """公告载体 · Where it is announced"""
    cases: list[Id]
    """事项 · The cases"""


class AnnouncementDetails(Struct, frozen=True, kw_only=True):
    """公告 · An announcement"""

    title: str
    """标题 · The title"""
    media: list[str]
    """公告载体 · Where it is announced"""
    published_on: Day
    """公告日期 · The day it was published"""


class AnnouncementPublishedEvent(Struct, frozen=True, kw_only=True):
    """县级发布公告 · The county has announced a list."""

    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""
    cases: int
    """名单上的事项数 · How many cases the list holds"""
    published_on: Day
    """公告日期 · The day of the announcement"""


class ApiClientAnswer(Struct, frozen=True, kw_only=True):
    """`previous_secret_until`: when the secret of before ends, while two hold. Events have `registration_id` as
    their subject.
    """

    id: str
    """系统的标识 · The system's id"""
    registration_id: Id
    name: str
    """系统名称 · What the system is called"""
    role: Role
    """角色 · The role"""
    division: DivisionCode
    """区划代码 · The division"""
    scopes: list[str]
    """权限范围 · The scopes"""
    delegated_scopes: list[str]
    """凭工作人员令牌可代行的权限 · What it may do for officers whose tokens it exchanges"""
    state: ClientState
    """状态 · Its state"""
    previous_secret_until: Moment | None
    """旧密钥的有效期 · When the secret of before ends"""
    registered_by: Id | None
    """由谁登记 · Who registered it"""
    available_actions: list[Literal["renew-secret", "revoke"]]
    """调用者现在可进行的操作 · What the caller may do now"""
    version: Version
    """版本 · Its version"""
    created_at: Moment
    """建立时间 · When it was made"""
    updated_at: Moment
    """最后变更时间 · When it changed last"""


class ApiClientAnswerPage(Struct, frozen=True, kw_only=True):
    items: list[ApiClientAnswer]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class ApiClientBody(Struct, frozen=True, kw_only=True):
    """`scopes`: what the system does for itself; `delegated_scopes`: for officers whose tokens it exchanges."""

    id: str
    """系统的标识，会出现在事件中，不得用人名 · A name for the system; it stands in events, so no person's"""
    name: str
    """系统名称 · What the system is called"""
    role: Role
    """角色 · The role"""
    division: DivisionCode
    """区划代码 · The division"""
    scopes: list[str] | UnsetType = UNSET
    """权限范围 · The scopes"""
    delegated_scopes: list[str] | UnsetType = UNSET
    """凭工作人员令牌可代行的权限 · What it may do for officers whose tokens it exchanges"""


class ApiClientChanged(Struct, frozen=True, kw_only=True):
    id: str
    """系统的标识 · The system's id"""
    version: Version
    """版本 · Its version"""


class ApiClientRegisteredEvent(Struct, frozen=True, kw_only=True):
    """登记一个系统客户端；信封的区划是其辖区 · A system was registered; the envelope's division is its area."""

    registration_id: Id
    """登记标识 · The registration"""
    client_id: str
    """系统客户端标识，登记时选定 · The system's id, chosen when it was registered"""
    role: str
    """岗位角色 · The role"""
    acts_for_officers: bool
    """可否凭工作人员的令牌代其行事 · Whether it may act for officers whose tokens it is given"""


class ApiClientRevokedEvent(Struct, frozen=True, kw_only=True):
    """撤销系统客户端，其令牌全部失效 · The system gets no tokens any more, and no token of before holds."""

    registration_id: Id
    """登记标识 · The registration"""
    client_id: str
    """系统客户端标识，登记时选定 · The system's id, chosen when it was registered"""


class ApiClientSecret(Struct, frozen=True, kw_only=True):
    """`secret` is told this once, and null where the request is repeated: who has lost it renews it."""

    id: str
    """系统的标识 · The system's id"""
    version: Version
    """版本 · Its version"""
    secret: str | None
    """密钥，仅告知一次 · The secret, told once"""


class ApiClientSecretRenewedEvent(Struct, frozen=True, kw_only=True):
    """更换系统客户端的密钥 · The system has a new secret; the one of before holds for a while."""

    registration_id: Id
    """登记标识 · The registration"""
    client_id: str
    """系统客户端标识，登记时选定 · The system's id, chosen when it was registered"""


class ApplicationAcceptedEvent(Struct, frozen=True, kw_only=True):
    """已受理：在识别范围内，无其他在办事项，尚未登记 · In scope, no other open case, not already registered."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""


class ApplicationBody(Struct, frozen=True, kw_only=True):
    household_id: Id
    """农户 · The household"""
    applied_on: Day
    """申请日期 · The day of the application"""
    evidence: list[Digest]
    """佐证材料的摘要 · Digests of uploaded evidence"""


class ApplicationImportAnswer(Struct, frozen=True, kw_only=True):
    """In the order of the applications."""

    cases: list[ImportedApplication]
    """事项 · The cases"""


class ApplicationImportBody(Struct, frozen=True, kw_only=True):
    """Applications of the caller's area; each household once."""

    applications: list[ApplicationBody]
    """申请 · The applications"""


class ApplicationSubmittedEvent(Struct, frozen=True, kw_only=True):
    """农户的申请已收到，事项由此开始 · An application came in; the case begins."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""


class AppraisalBody(Struct, frozen=True, kw_only=True):
    """A meeting: its roll, who was present by capacity, its minutes, and the votes on each case."""

    step: Literal["group_appraisal", "village_appraisal"]
    """环节 · The step"""
    division: DivisionCode
    """区划代码 · The division"""
    held_on: Day
    """会议日期 · The day of the meeting"""
    place: str
    """地点 · The place"""
    roll: int
    """应到人数 · How many stand on the roll"""
    present: dict[str, int]
    """到会人数，按身份 · How many were present, by capacity"""
    minutes: Digest
    """会议记录的摘要 · Digest of the uploaded minutes"""
    results: list[VoteBody]
    """各项结果 · The results"""


class AppraisalDetails(Struct, frozen=True, kw_only=True):
    """民主评议 · An appraisal"""

    held_on: Day
    """会议日期 · The day of the meeting"""
    place: str
    """地点 · The place"""
    roll: int
    """应到人数 · How many stand on the roll"""
    present: dict[str, int]
    """到会人数，按身份 · How many were present, by capacity"""
    minutes: Digest
    """会议记录的摘要 · Digest of the uploaded minutes"""
    passed: int
    """通过的事项数 · Cases that passed"""
    policy_version: str
    """政策版本 · The policy's version"""


class AssessmentAnswer(Struct, frozen=True, kw_only=True):
    """`facts` are personal data: shown within the area only."""

    id: Id
    """标识 · Its id"""
    household_id: Id
    """农户 · The household"""
    year: Year
    """年度 · The year"""
    version: Version
    """版本 · Its version"""
    facts: Facts
    """事实；未填即未知 · Facts by their names; absent or null is unknown"""
    main_cause: CauseOfPoverty | None
    """主要致贫原因 · The main cause of poverty"""
    causes: list[CauseOfPoverty]
    """其他致贫原因 · The other causes"""
    evidence: list[Digest]
    """佐证材料的摘要 · Digests of uploaded evidence"""
    assessed_by: Id
    """评估人 · The officer who recorded it"""
    assessed_at: Moment
    """评估时间 · When it was recorded"""


class AssessmentBody(Struct, frozen=True, kw_only=True):
    """A household's facts in a year, whole: what is absent is unknown."""

    household_id: Id
    """农户 · The household"""
    year: Year
    """年度 · The year"""
    facts: Facts
    """事实；未填即未知 · Facts by their names; absent or null is unknown"""
    causes: CausesBody | UnsetType = UNSET
    """致贫原因 · The causes of poverty"""
    evidence: list[Digest]
    """佐证材料的摘要 · Digests of uploaded evidence"""


class AssessmentList(Struct, frozen=True, kw_only=True):
    items: list[AssessmentAnswer]
    """本页内容 · This page's items"""


class AssessmentReference(Struct, frozen=True, kw_only=True):
    id: Id
    """标识 · Its id"""
    household_id: Id
    """农户 · The household"""
    year: Year
    """年度 · The year"""
    version: Version
    """版本 · Its version"""


class CaseAnswer(Struct, frozen=True, kw_only=True):
    id: Id
    """标识 · Its id"""
    kind: CaseKind
    """识别或返贫 · Identification, or return to poverty"""
    step: Step
    """环节 · The step"""
    stage: Stage
    """环节内的阶段 · The stage within the step"""
    state: CaseState
    """事项的状态 · The case's state"""
    household_id: Id
    """农户 · The household"""
    division: DivisionCode
    """区划代码 · The division"""
    verdict: Verdict | None
    """按政策的结论 · What the policy says of the facts"""
    open_objections: int
    """未处理的异议数 · Objections that are open"""
    open_suspects: int
    """未核实的疑似对象数 · Suspects that are open"""
    open_issues: int
    """未改正的问题数 · Issues that are open"""
    publicity_id: Id | None
    """公示 · The publicity"""
    publicity_ends_at: Moment | None
    """公示结束时间 · When the publicity ends"""
    version: Version
    """版本 · Its version"""
    updated_at: Moment
    """最后变更时间 · When it changed last"""
    available_actions: list[str]
    """调用者现在可进行的操作 · What the caller may do now"""
    history: list[HistoryEntry]
    """经过 · What has happened, in order"""


class CaseAppraisedByGroupEvent(Struct, frozen=True, kw_only=True):
    """名单中一个事项的小组评议结果 · What the group's meeting decided of one case."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""
    passed: bool
    """是否通过 · Whether the case passed"""


class CaseAppraisedByVillageEvent(Struct, frozen=True, kw_only=True):
    """名单中一个事项的村级评议结果 · What the village's meeting decided of one case."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""
    passed: bool
    """是否通过 · Whether the case passed"""


class CaseCleanedEvent(Struct, frozen=True, kw_only=True):
    """一个事项的数据完整无误 · The case's data are whole."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""


class CaseComparedEvent(Struct, frozen=True, kw_only=True):
    """一个事项比对完毕 · One case was compared."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""
    suspects: int
    """该事项的疑似问题数 · How many suspects the case has"""


class CasePassedCountyComparisonEvent(Struct, frozen=True, kw_only=True):
    """疑似问题均已排除或说明 · Every suspect was refuted or cleared."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""


class CasePassedGroupPublicityEvent(Struct, frozen=True, kw_only=True):
    """公示期满而无未决异议，事项进入下一步 · No objection is open: the case goes on."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""


class CasePassedVillagePublicityEvent(Struct, frozen=True, kw_only=True):
    """公示期满而无未决异议，事项进入下一步 · No objection is open: the case goes on."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""


class CasePublicisedInGroupEvent(Struct, frozen=True, kw_only=True):
    """一个事项列入第一次公示 · One case stands on the first notice."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""


class CasePublicisedInVillageEvent(Struct, frozen=True, kw_only=True):
    """一个事项列入第二次公示 · One case stands on the second notice."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""


class CaseRejectedEvent(Struct, frozen=True, kw_only=True):
    """事项被驳回；`ground` 只说明决定的种类，不说明背后的事实 · `ground` tells the kind of decision, never the fact behind it."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    ground: Literal[
        "officer_decision", "not_passed", "objection_upheld", "ineligible", "review_rejected", "suspect_confirmed"
    ]
    """驳回的种类 · On what ground"""


class CaseReturnedEvent(Struct, frozen=True, kw_only=True):
    """退回到 `step` 所指的较早步骤 · Sent back to the earlier step that `step` now names."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    returned_from: Step
    """退回前所处的步骤 · Where the case stood before"""


class CaseReviewedByTownshipEvent(Struct, frozen=True, kw_only=True):
    """乡镇对一个事项的审核决定 · What the township decided of one case."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""
    decision: Literal["approve", "reject", "return"]
    """审核决定 · The decision"""


class CaseSummary(Struct, frozen=True, kw_only=True):
    id: Id
    """标识 · Its id"""
    kind: CaseKind
    """识别或返贫 · Identification, or return to poverty"""
    step: Step
    """环节 · The step"""
    stage: Stage
    """环节内的阶段 · The stage within the step"""
    state: CaseState
    """事项的状态 · The case's state"""
    household_id: Id
    """农户 · The household"""
    division: DivisionCode
    """区划代码 · The division"""
    verdict: Verdict | None
    """按政策的结论 · What the policy says of the facts"""
    open_objections: int
    """未处理的异议数 · Objections that are open"""
    open_suspects: int
    """未核实的疑似对象数 · Suspects that are open"""
    open_issues: int
    """未改正的问题数 · Issues that are open"""
    publicity_id: Id | None
    """公示 · The publicity"""
    publicity_ends_at: Moment | None
    """公示结束时间 · When the publicity ends"""
    version: Version
    """版本 · Its version"""
    updated_at: Moment
    """最后变更时间 · When it changed last"""
    available_actions: list[str]
    """调用者现在可进行的操作 · What the caller may do now"""


class CaseSummaryPage(Struct, frozen=True, kw_only=True):
    items: list[CaseSummary]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class CaseWithdrawnEvent(Struct, frozen=True, kw_only=True):
    """农户撤回申请 · The household withdrew its application."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""


class CausesBody(Struct, frozen=True, kw_only=True):
    """Exactly one main cause of poverty, at most two others; what is missing is found in data cleaning."""

    main: CauseOfPoverty | UnsetType | None = UNSET
    """主要致贫原因 · The main cause of poverty"""
    others: list[CauseOfPoverty] | UnsetType = UNSET
    """其他致贫原因，至多两项 · Other causes, two at most"""


class Changed(Struct, frozen=True, kw_only=True):
    """What was made or changed, and the household's version after it."""

    id: Id
    """标识 · Its id"""
    version: Version
    """版本 · Its version"""


class CleaningBody(Struct, frozen=True, kw_only=True):
    division: DivisionCode
    """区划代码 · The division"""
    cases: list[Id]
    """事项 · The cases"""


class Clock(Struct, frozen=True, kw_only=True):
    """`settled`: due timers, outboxes, consumers and jobs of every service are drained.

    `pending` counts, for each service, what is left of each kind.
    """

    now: Moment
    """沙箱的当前时间 · The sandbox's present"""
    offset_seconds: float
    """比真实时间快的秒数 · Seconds ahead of the real time"""
    settled: bool
    """后续是否已全部完成 · Whether all that follows has been done"""
    pending: dict[str, dict[str, int]]
    """尚待处理的数目，按服务 · What is left to do, by service"""


class CloudEvent(Struct, frozen=True, kw_only=True):
    """CloudEvents 1.0 in structured JSON; `data` as its producer wrote it, `data_base64` where it is not JSON."""

    specversion: str
    """CloudEvents 版本 · CloudEvents version"""
    id: Id
    """事件的标识 · The event's id"""
    type: str
    """类型 · Its type"""
    source: str
    """来源 · Where it comes from"""
    subject: str | None = None
    """主体 · What or whom it is about"""
    time: Moment | None = None
    """发生时间 · When it happened"""
    partitionkey: str | None = None
    """排序的键 · Events of one key keep their order"""
    division: str | None = None
    """区划代码；不属于任何区划的为空 · The division; empty where there is none"""
    sequence: int | None = None
    """对象自身的事件序号 · The count of the subject's own events"""
    correlationid: str | None = None
    """引起一切的请求 · The request that all this goes back to"""
    causationid: Id | None = None
    """由哪个事件引起 · The event that caused this one"""
    traceparent: str | None = None
    """W3C 跟踪上下文 · W3C trace context"""
    actingclient: str | None = None
    """发出请求的系统客户端 · The API client whose request it comes of"""
    datacontenttype: str
    """内容类型 · Media type of the data"""
    data: EventData | None = None
    """事件内容 · What happened"""
    data_base64: str | None = None
    """不是 JSON 的内容 · The bytes where they are not JSON"""


class CodeLists(Struct, frozen=True, kw_only=True):
    lists: dict[str, list[CodeName]]
    """代码表，按名称 · The code lists, by name"""


class CodeName(Struct, frozen=True, kw_only=True):
    """A code with its Chinese and English name."""

    code: str
    """代码 · The code"""
    zh: str
    """中文名称 · Its Chinese name"""
    en: str
    """英文名称 · Its English name"""


class ComparisonAnswer(Struct, frozen=True, kw_only=True):
    """`state`: running, done, failed. `progress` of `total` parts; `problem` is a problem's code."""

    id: Id
    """标识 · Its id"""
    division: DivisionCode
    """区划代码 · The division"""
    state: str
    """running、done 或 failed · running, done or failed"""
    cases: int
    """事项数 · How many cases"""
    datasets: list[Id]
    """数据表 · The extracts"""
    due_on: Day | None
    """截止日期 · The day by which it is due"""
    progress: int
    """已完成的部分 · Parts done"""
    total: int | None
    """总的部分数 · Parts in all"""
    result: ComparisonResult | None
    """结果 · The result"""
    problem: str | None
    """失败的原因代码 · The code of the problem by which it failed"""
    officer_id: Id
    """工作人员 · The officer"""
    held_at: Moment
    """办理时间 · When it was held"""
    updated_at: Moment
    """最后变更时间 · When it changed last"""


class ComparisonAnswerPage(Struct, frozen=True, kw_only=True):
    items: list[ComparisonAnswer]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class ComparisonBody(Struct, frozen=True, kw_only=True):
    """`cases` absent: every case of the division that awaits comparison.

    Extracts are removed once they were compared, unless they are kept for another comparison.
    """

    division: DivisionCode
    """区划代码 · The division"""
    datasets: list[Id]
    """数据表 · The extracts"""
    cases: list[Id] | UnsetType | None = UNSET
    """事项 · The cases"""
    due_on: Day | UnsetType | None = UNSET
    """截止日期 · The day by which it is due"""
    keep_extracts: bool | UnsetType = UNSET
    """比对后是否保留数据表 · Keep the extracts for another comparison"""


class ComparisonResult(Struct, frozen=True, kw_only=True):
    """`moved`: cases that had left the step meanwhile, at most fifty of them."""

    compared: int
    """已比对的事项数 · Cases compared"""
    flagged: int
    """被标记的事项数 · Cases that were flagged"""
    suspects: int
    """疑似对象数 · Suspects found"""
    irrelevant_hits: int
    """不影响标准的命中数 · Hits that bear on no criterion"""
    moved: list[Id]
    """其间已离开该环节的事项 · Cases that had left the step meanwhile"""


class CompletionBody(Struct, frozen=True, kw_only=True):
    note: str | UnsetType | None = UNSET
    """备注 · A note"""


class ConsumedTopic(Struct, frozen=True, kw_only=True):
    topic: str
    """主题 · The topic"""
    lag: int
    """尚未确认的消息数 · Messages not yet acknowledged"""


class ConsumerFlow(Struct, frozen=True, kw_only=True):
    consumer: str
    """消费服务 · The consuming service"""
    members: int | None
    """存活的成员数 · How many members are alive"""
    lag: int | None
    """尚未确认的消息数 · Messages not yet acknowledged"""
    rate: float
    """最近一分钟内每秒的事件数 · Events a second, over the last minute"""
    parked_keys: int
    """有事件停放等待的键数 · Keys whose events wait"""
    dead_letters: int
    """死信：等待运维人员决定的事件数 · Events given up that wait for an operator"""
    topics: list[ConsumedTopic]
    """主题 · The topics"""


class CountyComparisonCompletedEvent(Struct, frozen=True, kw_only=True):
    """县级数据比对完成 · The comparison is done."""

    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""
    cases: int
    """名单上的事项数 · How many cases the list holds"""
    flagged: int
    """有疑似问题的事项数 · How many cases have suspects"""


class CountyComparisonFlaggedSuspectEvent(Struct, frozen=True, kw_only=True):
    """比对发现一处疑似问题，须由村和乡镇核实；事件不说明内容 · Something was found that village and township must look into; never told is what."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    suspect_id: Id
    """疑似问题标识 · The suspect"""
    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""


class CountyComparisonStartedEvent(Struct, frozen=True, kw_only=True):
    """县级开始与部门数据比对 · The county compares the list with departments' extracts."""

    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""
    cases: int
    """名单上的事项数 · How many cases the list holds"""


class CriterionAnswer(Struct, frozen=True, kw_only=True):
    id: str
    """标准 · The criterion's id"""
    zh: str
    """中文 · In Chinese"""
    en: str
    """英文 · In English"""
    expression: str
    """判定式 · The expression that decides it"""


class DataCleaningCompletedEvent(Struct, frozen=True, kw_only=True):
    """一份名单的数据录入和清洗完成 · A list's data were entered and cleaned."""

    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""
    cases: int
    """名单上的事项数 · How many cases the list holds"""
    clean: int
    """数据完整的事项数 · How many cases are clean"""


class DataCleaningDetails(Struct, frozen=True, kw_only=True):
    """数据清洗 · A data cleaning"""

    clean: int
    """没有问题的事项数 · Cases without an issue"""
    open_issues: int
    """未改正的问题数 · Issues that are open"""


class DataIssueFoundEvent(Struct, frozen=True, kw_only=True):
    """发现一处待更正的数据问题；事件不说明内容 · Something in the record is to be mended; never told is what."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    issue_id: Id
    """数据问题标识 · The issue"""


class DataIssueMendedEvent(Struct, frozen=True, kw_only=True):
    """数据问题已更正 · The issue was mended."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    issue_id: Id
    """数据问题标识 · The issue"""


class DatasetAnswer(Struct, frozen=True, kw_only=True):
    """`available` until it was compared; then its rows are gone and only this is left."""

    id: Id
    """标识 · Its id"""
    kind: ExtractKind
    """类别 · Its kind"""
    division: DivisionCode
    """区划代码 · The division"""
    rows: int
    """数据行数 · Rows of data"""
    encoding: str
    """文字编码 · The text's encoding"""
    digest: Digest
    """SHA-256 摘要 · SHA-256 in hexadecimal"""
    uploaded_at: Moment
    """上传时间 · When it was uploaded"""
    available: bool
    """是否仍可比对 · Whether it can still be compared"""
    available_actions: list[str]
    """调用者现在可进行的操作 · What the caller may do now"""


class DatasetAnswerPage(Struct, frozen=True, kw_only=True):
    items: list[DatasetAnswer]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class DeadLetterAnswer(Struct, frozen=True, kw_only=True):
    """One death of one event in one consumer; replayed and dead again, it is another letter, its `successor`.

    `type`, `subject` and `division` are null where they could not be read; the event itself stands in the
    archive under `event_id`. `cause` is the failure's class. `behind`: how many events of the same key waited
    for this one when it was last heard of.
    """

    id: Id
    """标识 · Its id"""
    consumer: str
    """消费服务 · The consuming service"""
    topic: str
    """主题 · The topic"""
    event_id: Id
    """事件 · The event"""
    type: str | None
    """类型 · Its type"""
    subject: Id | None
    """主体 · What or whom it is about"""
    division: DivisionCode | None
    """区划代码 · The division"""
    cause: str
    """失败的类别 · The failure's class"""
    attempts: int
    """已尝试次数 · How often it was tried"""
    behind: int
    """同一键上等待的事件数 · Events of the same key that wait behind it"""
    first_failed_at: Moment
    """首次失败时间 · When it failed first"""
    died_at: Moment
    """放弃时间 · When it was given up"""
    state: LetterState
    """状态 · Its state"""
    predecessor: Id | None
    """前一封死信 · The letter this one follows"""
    successor: Id | None
    """后一封死信 · The letter that follows this one"""
    decision: DeadLetterDecisionAnswer | None
    """决定 · The decision"""
    available_actions: list[Action]
    """调用者现在可进行的操作 · What the caller may do now"""


class DeadLetterAnswerPage(Struct, frozen=True, kw_only=True):
    items: list[DeadLetterAnswer]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class DeadLetterDecisionAnswer(Struct, frozen=True, kw_only=True):
    """`decided_by` is an officer's id or a client's name."""

    id: Id
    """标识 · Its id"""
    action: Action
    """操作 · What may be done or was decided"""
    reason: str
    """理由 · The reason"""
    decided_by: str
    """决定人：工作人员的标识或系统名称 · Who decided: an officer's id or a client's name"""
    decided_at: Moment
    """决定时间 · When it was decided"""


class DeadLetterDecisionBody(Struct, frozen=True, kw_only=True):
    reason: str
    """理由 · The reason"""


class DeadLetterDiedAgainEvent(Struct, frozen=True, kw_only=True):
    """重试再次失败 · Replayed, the event was given up again."""

    letter_id: Id
    """死信标识：一个事件在一个消费者处的一次失败终结 · The letter: one death of one event"""
    consumer: str
    """放弃该事件的服务 · The service that gave the event up"""
    successor: Id
    """新的死信 · The new letter"""


class DeadLetterGoneEvent(Struct, frozen=True, kw_only=True):
    """该死信已不存在，未做任何处理 · There was no such dead event any more: nothing was done."""

    letter_id: Id
    """死信标识：一个事件在一个消费者处的一次失败终结 · The letter: one death of one event"""
    consumer: str
    """放弃该事件的服务 · The service that gave the event up"""
    decision_id: Id
    """决定标识 · The decision"""


class DeadLetterReplayRequestedEvent(Struct, frozen=True, kw_only=True):
    """运维人员决定由 `consumer` 重新处理该死信；理由只保存在审计服务 · An operator wants the consumer to handle the event anew. The reason
    stays with audit.
    """

    letter_id: Id
    """死信标识：一个事件在一个消费者处的一次失败终结 · The letter: one death of one event"""
    consumer: str
    """放弃该事件的服务 · The service that gave the event up"""
    decision_id: Id
    """决定标识 · The decision"""


class DeadLetterReplayedEvent(Struct, frozen=True, kw_only=True):
    """该事件将重新处理，尝试次数重新计算 · The event is tried again, with all its attempts before it."""

    letter_id: Id
    """死信标识：一个事件在一个消费者处的一次失败终结 · The letter: one death of one event"""
    consumer: str
    """放弃该事件的服务 · The service that gave the event up"""
    decision_id: Id
    """决定标识 · The decision"""
    behind: int
    """其后等待的同键事件数 · How many events of its key wait behind it"""


class DeadLetterSettledEvent(Struct, frozen=True, kw_only=True):
    """重试成功 · Replayed, the event was handled."""

    letter_id: Id
    """死信标识：一个事件在一个消费者处的一次失败终结 · The letter: one death of one event"""
    consumer: str
    """放弃该事件的服务 · The service that gave the event up"""


class DeadLetterSkipRequestedEvent(Struct, frozen=True, kw_only=True):
    """运维人员决定由 `consumer` 放弃该事件，其后的事件继续；理由只保存在审计服务 · An operator wants the consumer to go on without the event. The
    reason stays with audit.
    """

    letter_id: Id
    """死信标识：一个事件在一个消费者处的一次失败终结 · The letter: one death of one event"""
    consumer: str
    """放弃该事件的服务 · The service that gave the event up"""
    decision_id: Id
    """决定标识 · The decision"""


class DeadLetterSkippedEvent(Struct, frozen=True, kw_only=True):
    """该事件未生效即被放弃，其后的事件继续处理 · The event is gone without effect; those behind it are tried."""

    letter_id: Id
    """死信标识：一个事件在一个消费者处的一次失败终结 · The letter: one death of one event"""
    consumer: str
    """放弃该事件的服务 · The service that gave the event up"""
    decision_id: Id
    """决定标识 · The decision"""
    behind: int
    """其后等待的同键事件数 · How many events of its key wait behind it"""


class DecisionBody(Struct, frozen=True, kw_only=True):
    """A reason is required to reject or return; `return_to` names the earlier step."""

    case_id: Id
    """事项 · The case"""
    decision: Literal["approve", "reject", "return"]
    """决定 · The decision"""
    reason: str | UnsetType | None = UNSET
    """理由 · The reason"""
    return_to: Step | UnsetType | None = UNSET
    """退回到的环节 · The step to return to"""


class DivisionAnswer(Struct, frozen=True, kw_only=True):
    code: DivisionCode
    """区划代码 · The division's code"""
    name: str
    """名称 · Its name"""
    level: DivisionLevel
    """级别 · Its level"""
    parent: DivisionCode | None
    """上级区划 · The division above, or null"""


class DivisionAnswerPage(Struct, frozen=True, kw_only=True):
    items: list[DivisionAnswer]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class DivisionBody(Struct, frozen=True, kw_only=True):
    code: DivisionCode
    """区划代码 · The division's code"""
    name: str
    """名称 · Its name"""


class DivisionsBody(Struct, frozen=True, kw_only=True):
    divisions: list[DivisionBody]
    """区划 · The divisions"""


class DivisionsLoaded(Struct, frozen=True, kw_only=True):
    """How many divisions are new, and how many were renamed."""

    added: int
    """新增数 · How many are new"""
    renamed: int
    """更名数 · How many were renamed"""


class EvaluationAnswer(Struct, frozen=True, kw_only=True):
    policy_version: str
    """政策版本 · The policy's version"""
    results: list[EvaluationResult]
    """各项结果 · The results"""


class EvaluationBody(Struct, frozen=True, kw_only=True):
    procedure: Literal["entry", "exit"]
    """程序 · The procedure"""
    households: list[HouseholdFacts]
    """农户 · The households"""


class EvaluationResult(Struct, frozen=True, kw_only=True):
    ref: str
    """调用方自己的编号 · The caller's own name for it"""
    verdict: Verdict
    """按政策的结论 · What the policy says of the facts"""
    criteria: dict[str, bool | None]
    """各项标准 · The criteria"""
    missing_facts: list[str]
    """缺少的事实 · The facts that would decide it"""


class EventDeadLetteredEvent(Struct, frozen=True, kw_only=True):
    """消费者多次处理失败，放弃该事件，等待运维人员决定；同键事件在其后等待。信封区划取自原事件，无法读取时为空 · The consumer gives the event up until an operator
    decides; those of its key wait behind it. The envelope's division is the event's own, empty where it could not
    be read.
    """

    letter_id: Id
    """死信标识：一个事件在一个消费者处的一次失败终结 · The letter: one death of one event"""
    consumer: str
    """放弃该事件的服务 · The service that gave the event up"""
    topic: str
    """原事件所在主题 · Where the event came from"""
    event_id: Id
    """原事件在消费者处的标识 · By which the consumer knows the event"""
    event_type: str | None
    """原事件类型；不是本系统的类型时为 null · Its type, or null where it is none of ours"""
    event_subject: Id | None
    """原事件主体；无法读取时为 null · Its subject, or null"""
    cause: str
    """失败的类名，从不含其文字 · Class of the failure, never its text"""
    attempts: int
    """尝试次数 · How often it was tried"""
    behind: int
    """其后等待的同键事件数 · How many events of its key wait behind it"""
    first_failed_at: Moment
    """首次失败的时刻 · When it first failed"""
    died_at: Moment
    """放弃的时刻 · When it was given up"""
    predecessor: Id | None
    """重试失败而成此死信的上一封死信 · The letter whose replay ended in this one, or null"""


class EventFlow(Struct, frozen=True, kw_only=True):
    """`unanswered` names the services of which nothing is known now."""

    measured_at: Moment
    """测量时间 · When it was measured"""
    producers: list[ProducerFlow]
    """生产者 · The producers"""
    topics: list[TopicFlow]
    """主题 · The topics"""
    consumers: list[ConsumerFlow]
    """消费者 · The consumers"""
    unanswered: list[str]
    """没有应答的服务 · The services that do not answer"""


class EventPage(Struct, frozen=True, kw_only=True):
    """`next` is where to go on from: give it as `after`, whether or not the page was full."""

    items: list[CloudEvent]
    """本页内容 · This page's items"""
    next: Position | None
    """续读的位置 · Where to go on"""


class EventText(Struct, frozen=True, kw_only=True):
    zh: str
    """中文 · In Chinese"""
    en: str
    """英文 · In English"""


class EvidenceAnswer(Struct, frozen=True, kw_only=True):
    """The name under which the bytes are cited, the same for the same bytes, and their type as the bytes tell it."""

    digest: Digest
    """SHA-256 摘要 · SHA-256 in hexadecimal"""
    size: int
    """字节数 · Size in bytes"""
    media_type: str
    """媒体类型 · The media type"""


class Facts(Struct, frozen=True, kw_only=True):
    """户的事实 · Facts of a household"""

    registration: Literal["rural", "converted_in_place", "urban"] | UnsetType | None = UNSET
    """户籍类型 · kind of household registration"""
    members: int | UnsetType | None = UNSET
    """计算人均的人口数 · people counted for per-capita figures"""
    wage_income: Money | int | UnsetType | None = UNSET
    """工资性收入 · wage income"""
    business_income: Money | int | UnsetType | None = UNSET
    """生产经营性收入 · business income"""
    property_income: Money | int | UnsetType | None = UNSET
    """财产性收入 · property income"""
    transfer_income: Money | int | UnsetType | None = UNSET
    """转移性收入 · transfer income"""
    business_expense: Money | int | UnsetType | None = UNSET
    """生产经营性支出 · business expense"""
    income_evidently_high: bool | UnsetType | None = UNSET
    """收入明显高于当地平均水平 · income evidently above the local average"""
    medical_out_of_pocket: Money | int | UnsetType | None = UNSET
    """自付医疗费用 · medical costs borne by the household"""
    food_secure: bool | UnsetType | None = UNSET
    """吃饭有保障 · food secured"""
    safe_water: bool | UnsetType | None = UNSET
    """饮水安全 · safe drinking water"""
    clothing_secure: bool | UnsetType | None = UNSET
    """穿衣有保障 · clothing secured"""
    education_secured: bool | UnsetType | None = UNSET
    """义务教育有保障 · compulsory education secured"""
    dropout_for_lack_of_funds: bool | UnsetType | None = UNSET
    """因缺资金辍学或面临辍学 · a child drops out for lack of money"""
    dwellings: int | UnsetType | None = UNSET
    """住房套数 · number of homes"""
    housing_grade: Literal["A", "B", "C", "D"] | UnsetType | None = UNSET
    """住房等级 · grade of the best home"""
    able_to_build_or_repair: bool | UnsetType | None = UNSET
    """有能力建房或修缮 · able to build or repair a home"""
    medical_secured: bool | UnsetType | None = UNSET
    """基本医疗有保障 · basic medical care secured"""
    serious_illness: bool | UnsetType | None = UNSET
    """有大病或长期慢性病患者 · a member is seriously or chronically ill"""
    home_acquired: Literal["none", "purchase", "new_build", "luxury_renovation"] | UnsetType | None = UNSET
    """取得住房的方式 · how a home was acquired"""
    home_acquired_on: Day | UnsetType | None = UNSET
    """取得住房的日期 · when the home was acquired"""
    home_acquired_because: (
        Literal["ordinary", "disaster", "ecological_relocation", "expropriation"] | UnsetType | None
    ) = UNSET
    """取得住房的原因 · why the home was acquired"""
    luxury_car: bool | UnsetType | None = UNSET
    """拥有或使用享受型轿车 · owns or uses a car for comfort"""
    vessel: bool | UnsetType | None = UNSET
    """拥有或使用船舶 · owns or uses a vessel"""
    construction_machinery: bool | UnsetType | None = UNSET
    """拥有或使用工程机械 · owns or uses construction machinery"""
    large_farm_machinery: bool | UnsetType | None = UNSET
    """拥有或使用大型农机具 · owns or uses large farm machinery"""
    runs_enterprise: bool | UnsetType | None = UNSET
    """开办、经营或投资企业 · owns, runs or invests in an enterprise"""
    long_term_employees: bool | UnsetType | None = UNSET
    """长期雇用他人 · employs others for long"""
    enterprise_operating_and_taxed: bool | UnsetType | None = UNSET
    """企业正常经营并纳税 · the enterprise operates and pays tax"""
    payroll_member: bool | UnsetType | None = UNSET
    """有财政供养人员 · a member on the public payroll"""
    village_cadre_member: bool | UnsetType | None = UNSET
    """有现任村五职干部 · a member holds one of the village's five posts"""
    major_cause_of_poverty: bool | UnsetType | None = UNSET
    """有重大致贫原因 · a major cause of poverty"""
    away_months: int | UnsetType | None = UNSET
    """举家外出月数 · months the whole family has lived elsewhere"""
    manifestly_ineligible: bool | UnsetType | None = UNSET
    """明显不符合条件 · manifestly ineligible, with a written reason"""
    electricity: bool | UnsetType | None = UNSET
    """生活用电有保障 · electricity secured"""
    stable_income_source: bool | UnsetType | None = UNSET
    """有稳定收入来源 · a stable source of income"""
    illness_relapse_risk: bool | UnsetType | None = UNSET
    """有因病返贫风险 · at risk of poverty again through illness"""
    policy_effect_evident: bool | UnsetType | None = UNSET
    """扶贫政策效果明显 · assistance has had a clear effect"""
    identified_year: int | UnsetType | None = UNSET
    """识别或返贫年度 · year of identification or return"""


class FieldError(Struct, frozen=True, kw_only=True):
    """有误之处，从不重复其值 · What is wrong at one place of the request, never the value"""

    pointer: str
    """有误之处（JSON 指针） · Where it is wrong (JSON pointer)"""
    code: FieldErrorCode
    """代码 · The code"""
    detail: str
    """说明 · What is wrong, in words"""


class GroupAppraisalHeldEvent(Struct, frozen=True, kw_only=True):
    """村民小组召开评议会，对名单逐户表决 · The villagers' group has met and voted on each case of the list."""

    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""
    cases: int
    """名单上的事项数 · How many cases the list holds"""
    passed: int
    """通过的事项数 · How many of the cases passed"""


class GroupPublicityEndedEvent(Struct, frozen=True, kw_only=True):
    """第一次公示期满 · The first notice has stood long enough."""

    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""
    cases: int
    """名单上的事项数 · How many cases the list holds"""


class GroupPublicityStartedEvent(Struct, frozen=True, kw_only=True):
    """第一次公示张贴 · The first notice was posted."""

    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""
    cases: int
    """名单上的事项数 · How many cases the list holds"""
    ends_at: Moment
    """公示期满的时刻：末日 24:00（北京时间） · When the notice has stood long enough: 24:00 of its last day in Beijing"""


class HistoryEntry(Struct, frozen=True, kw_only=True):
    """One event of the case: when, what, by whom and why."""

    sequence: int
    """对象自身的事件序号 · The count of the subject's own events"""
    at: Moment
    """发生时间 · When it happened"""
    event: str
    """事件 · What happened"""
    step: Step
    """环节 · The step"""
    stage: Stage
    """环节内的阶段 · The stage within the step"""
    state: CaseState
    """其后的状态 · The case's state after it"""
    officer_id: Id | None
    """工作人员 · The officer"""
    list_id: Id | None
    """名单 · The list"""
    reason: str | None
    """理由 · The reason"""


class HouseholdAnswer(Struct, frozen=True, kw_only=True):
    """Booklet number, address and who lives together are shown in full for a purpose only."""

    id: Id
    """标识 · Its id"""
    division: DivisionCode
    """区划代码 · The division"""
    head_name: str | None
    """户主姓名；列表中已遮蔽 · The head's name, masked in answers unless a purpose is given"""
    members: int
    """人口数 · How many members"""
    members_counted: int
    """计算人均的人数 · Members counted for per-capita figures"""
    in_scope: bool
    """户主户籍是否属于识别范围 · Whether the head's registration is in scope"""
    status: HouseholdStatus
    """建档立卡状态 · Whether the household is registered as poor"""
    status_since: Day | None
    """该状态的起始日期 · Since when the status holds"""
    status_case_id: Id | None
    """决定该状态的事项 · The case that decided the status"""
    version: Version
    """版本 · Its version"""
    updated_at: Moment
    """最后变更时间 · When it changed last"""
    booklet_number: str
    """户口本编号，一县之内唯一 · Number of the hukou booklet, unique within a county"""
    address: str | None
    """住址；未说明用途时不显示 · Where the household lives; absent unless a purpose is given"""
    living_together: str | None
    """实际共同生活的人，与户口不同时填写 · Who actually lives together, where it differs from the booklet"""
    created_at: Moment
    """建立时间 · When it was made"""
    available_actions: list[Literal["correct", "add_member", "correct_member", "end_membership", "declare_relative"]]
    """调用者现在可进行的操作 · What the caller may do now"""


class HouseholdBody(Struct, frozen=True, kw_only=True):
    """A household as its booklet has it."""

    division: DivisionCode
    """区划代码 · The division"""
    booklet_number: str
    """户口本编号，一县之内唯一 · Number of the hukou booklet, unique within a county"""
    address: str | UnsetType | None = UNSET
    """住址；未说明用途时不显示 · Where the household lives; absent unless a purpose is given"""
    living_together: str | UnsetType | None = UNSET
    """实际共同生活的人，与户口不同时填写 · Who actually lives together, where it differs from the booklet"""
    members: list[MemberBody]
    """成员 · The members"""


class HouseholdChanges(Struct, frozen=True, kw_only=True):
    """What is given replaces what was there; null removes."""

    booklet_number: str | UnsetType = UNSET
    """户口本编号，一县之内唯一 · Number of the hukou booklet, unique within a county"""
    address: str | UnsetType | None = UNSET
    """住址；未说明用途时不显示 · Where the household lives; absent unless a purpose is given"""
    living_together: str | UnsetType | None = UNSET
    """实际共同生活的人，与户口不同时填写 · Who actually lives together, where it differs from the booklet"""


class HouseholdFacts(Struct, frozen=True, kw_only=True):
    ref: str
    """调用方自己的编号 · The caller's own name for it"""
    facts: Facts
    """事实；未填即未知 · Facts by their names; absent or null is unknown"""


class HouseholdIdentifiedEvent(Struct, frozen=True, kw_only=True):
    """农户登记为贫困户 · The household is registered poor."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""
    registration_version: int
    """该农户登记的次数 · The count of the household's registrations"""


class HouseholdImportAnswer(Struct, frozen=True, kw_only=True):
    """`bytes_done` of `bytes_total` tells the progress; the counts are final when the state is."""

    id: Id
    """标识 · Its id"""
    state: Literal["queued", "running", "succeeded", "failed"]
    """状态 · Its state"""
    division: DivisionCode
    """区划代码 · The division"""
    digest: Digest
    """SHA-256 摘要 · SHA-256 in hexadecimal"""
    allow_duplicates: bool
    """是否容许同时登记在其他户的人员 · Let in persons who are members of another household too"""
    bytes_total: int
    """文件字节数 · The file's size in bytes"""
    bytes_done: int
    """已处理字节数 · Bytes taken in so far"""
    lines: int
    """已处理行数 · Lines taken in so far"""
    registered: int
    """已登记的户数 · Households registered"""
    refused: int
    """被拒绝的行数 · Lines that were refused"""
    tolerated_duplicates: int
    """容许的重复人员数 · Persons let in who are members elsewhere"""
    problem: dict[str, str] | None
    """失败的原因 · The problem by which it failed"""
    created_at: Moment
    """建立时间 · When it was made"""
    updated_at: Moment
    """最后变更时间 · When it changed last"""


class HouseholdMovedEvent(Struct, frozen=True, kw_only=True):
    """农户迁到另一区划；信封的区划是新区划 · The household moved; the envelope's division is the new one."""

    household_id: Id
    """农户标识 · The household"""
    in_scope: bool
    """户主户口是否属于识别范围 · Whether the head's registration lies within the policy's scope"""
    previous_division: str
    """原区划代码 · Code of the division that it left"""


class HouseholdRegisteredEvent(Struct, frozen=True, kw_only=True):
    """农户首次登记；信封的区划是其所在村组 · A household was registered; the envelope's division is where it lives."""

    household_id: Id
    """农户标识 · The household"""
    in_scope: bool
    """户主户口是否属于识别范围 · Whether the head's registration lies within the policy's scope"""
    members: int
    """家庭成员人数 · How many members the household has"""


class HouseholdRegistrationImportedEvent(Struct, frozen=True, kw_only=True):
    """期初数据：系统启用前已是贫困户或脱贫户 · The opening balance: who was already poor or exited."""

    household_id: Id
    """农户标识 · The household"""
    status: Literal["poor", "exited"]
    """登记状态 · The status"""
    since: Day
    """自何日起 · Since when"""
    registration_version: int
    """该农户登记的次数 · The count of the household's registrations"""


class HouseholdSummary(Struct, frozen=True, kw_only=True):
    """A household in a list; its head's name is masked."""

    id: Id
    """标识 · Its id"""
    division: DivisionCode
    """区划代码 · The division"""
    head_name: str | None
    """户主姓名；列表中已遮蔽 · The head's name, masked in answers unless a purpose is given"""
    members: int
    """人口数 · How many members"""
    members_counted: int
    """计算人均的人数 · Members counted for per-capita figures"""
    in_scope: bool
    """户主户籍是否属于识别范围 · Whether the head's registration is in scope"""
    status: HouseholdStatus
    """建档立卡状态 · Whether the household is registered as poor"""
    status_since: Day | None
    """该状态的起始日期 · Since when the status holds"""
    status_case_id: Id | None
    """决定该状态的事项 · The case that decided the status"""
    version: Version
    """版本 · Its version"""
    updated_at: Moment
    """最后变更时间 · When it changed last"""


class HouseholdSummaryPage(Struct, frozen=True, kw_only=True):
    items: list[HouseholdSummary]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class HouseholdSurveyedEvent(Struct, frozen=True, kw_only=True):
    """入户调查完成，按政策作出判定；`undetermined` 时事项留在本步骤 · The household was visited and judged by the policy; undetermined, it
    stays at this step.
    """

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    assessment_id: Id
    """评估标识 · The assessment"""
    assessment_version: int
    """评估版本 · Its version"""
    verdict: Literal["eligible", "ineligible", "undetermined"]
    """判定 · The verdict"""


class ImportFaultAnswer(Struct, frozen=True, kw_only=True):
    """`pointer` leads into the household of that line."""

    line: int
    """行号，从 1 起 · The line's number, from 1"""
    number: int
    """该行的第几个错误 · The error's place within its line"""
    pointer: str
    """有误之处（JSON 指针） · Where it is wrong (JSON pointer)"""
    code: str
    """错误代码 · What is wrong"""
    zh: str
    """中文说明 · In Chinese"""
    en: str
    """英文说明 · In English"""


class ImportFaultAnswerPage(Struct, frozen=True, kw_only=True):
    items: list[ImportFaultAnswer]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class ImportedApplication(Struct, frozen=True, kw_only=True):
    household_id: Id
    """农户 · The household"""
    case_id: Id
    """事项 · The case"""


class ImportedHouseholdAnswer(Struct, frozen=True, kw_only=True):
    line: int
    """行号，从 1 起 · The line's number, from 1"""
    ref: str | None
    """调用方自己的编号 · The caller's own name for it"""
    household_id: Id
    """农户 · The household"""


class ImportedHouseholdAnswerPage(Struct, frozen=True, kw_only=True):
    items: list[ImportedHouseholdAnswer]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class IssueAnswer(Struct, frozen=True, kw_only=True):
    """`member_id` is absent where the issue is the household's; `state`: open, mended."""

    id: Id
    """标识 · Its id"""
    rule: str
    """规则 · The rule"""
    text: IssueText
    """说明 · In words"""
    member_id: Id | None
    """家庭成员 · The member"""
    state: str
    """状态 · Its state"""
    found_at: Moment
    """发现时间 · When it was found"""
    mended_at: Moment | None
    """改正时间 · When it was mended"""


class IssueText(Struct, frozen=True, kw_only=True):
    zh: str
    """中文 · In Chinese"""
    en: str
    """英文 · In English"""


class IssueTokenAnswer(Struct, frozen=True, kw_only=True):
    access_token: str
    """访问令牌 · The access token"""
    issued_token_type: Literal["urn:ietf:params:oauth:token-type:access_token"] | None = None
    """Token exchange: what was given"""
    token_type: Literal["Bearer"]
    """令牌类型 · The token's type"""
    expires_in: int
    """有效期，秒 · Seconds until it expires"""
    scope: str
    """所需权限范围 · The scope it needs"""


class IssueTokenBody(Struct, frozen=True, kw_only=True):
    grant_type: Literal["client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange"]
    """授权方式 · The grant"""
    client_id: str | UnsetType = UNSET
    """客户端名称；不用 HTTP Basic 时填写 · The client's name, where no Basic authorization is given"""
    client_secret: str | UnsetType = UNSET
    """客户端密钥 · The client's secret"""
    scope: str | UnsetType = UNSET
    """所需权限范围 · The scope it needs"""
    subject_token: str | UnsetType = UNSET
    """Token exchange: the officer's access token"""
    subject_token_type: (
        Literal["urn:ietf:params:oauth:token-type:access_token", "urn:ietf:params:oauth:token-type:jwt"] | UnsetType
    ) = UNSET
    actor_token: str | UnsetType = UNSET
    """Token exchange: the client's own access token, if at all"""
    actor_token_type: (
        Literal["urn:ietf:params:oauth:token-type:access_token", "urn:ietf:params:oauth:token-type:jwt"] | UnsetType
    ) = UNSET
    requested_token_type: (
        Literal["urn:ietf:params:oauth:token-type:access_token", "urn:ietf:params:oauth:token-type:jwt"] | UnsetType
    ) = UNSET
    audience: Literal["jingzhun"] | UnsetType = UNSET


class IssuesAnswer(Struct, frozen=True, kw_only=True):
    items: list[IssueAnswer]
    """本页内容 · This page's items"""


class JoiningBody(Struct, frozen=True, kw_only=True):
    """A new member of a registered household."""

    name: str
    """姓名 · Full name"""
    sex: Sex
    """性别 · Sex"""
    id_number: str | UnsetType | None = UNSET
    """身份证号码 · ID number (GB 11643)"""
    relation: Relation
    """与户主关系 · Relation"""
    registration: Registration
    """户籍类型 · Kind of household registration"""
    ethnicity: Ethnicity | UnsetType | None = UNSET
    """民族 · Ethnic group"""
    education: Education | UnsetType | None = UNSET
    """文化程度 · Highest education completed"""
    schooling: Schooling | UnsetType | None = UNSET
    """在校情况 · Where the member is at school"""
    health: Health | UnsetType | None = UNSET
    """健康状况 · State of health"""
    labour: Labour | UnsetType | None = UNSET
    """劳动能力 · Ability to work"""
    migrant_work: MigrantWork | UnsetType | None = UNSET
    """务工情况 · Where the member works away"""
    minimum_living_allowance: bool | UnsetType | None = UNSET
    """是否享受低保 · Receives the minimum living allowance"""
    medical_insurance: MedicalInsurance | UnsetType | None = UNSET
    """医疗保险 · Medical insurance"""
    pension_insurance: PensionInsurance | UnsetType | None = UNSET
    """养老保险 · Pension insurance"""
    joined_by: JoiningReason
    """入户原因 · How the member joined"""
    since: Day
    """起始日期 · Since which day"""


class ListAnswer(Struct, frozen=True, kw_only=True):
    """A list of cases acted on at once; `details` hold what this kind of list records."""

    id: Id
    """标识 · Its id"""
    kind: str
    """名单的类别 · The kind of list"""
    step: Step
    """环节 · The step"""
    division: DivisionCode
    """区划代码 · The division"""
    state: str
    """名单的状态 · The list's state"""
    cases: int
    """事项数 · How many cases"""
    details: ListDetails
    """此类名单所记录的内容 · What this kind of list records"""
    held_at: Moment
    """办理时间 · When it was held"""
    ends_at: Moment | None
    """结束时间 · When it ends"""
    updated_at: Moment
    """最后变更时间 · When it changed last"""
    officer_id: Id
    """工作人员 · The officer"""
    version: Version
    """版本 · Its version"""
    available_actions: list[ListAction]
    """调用者现在可进行的操作 · What the caller may do now"""


class ListAnswerPage(Struct, frozen=True, kw_only=True):
    items: list[ListAnswer]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class ListEntry(Struct, frozen=True, kw_only=True):
    """A case's place and result in the list; votes where there was a vote."""

    case_id: Id
    """事项 · The case"""
    outcome: str
    """该事项在名单中的结果 · The case's outcome in this list"""
    in_favour: int | None
    """赞成票数 · Votes in favour"""
    against: int | None
    """反对票数 · Votes against"""
    abstained: int | None
    """弃权票数 · Abstentions, which count as votes cast"""
    reason: str | None
    """理由 · The reason"""


class ListEntryPage(Struct, frozen=True, kw_only=True):
    items: list[ListEntry]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class ListSigningKeysAnswer(Struct, frozen=True, kw_only=True):
    keys: list[ListSigningKeysAnswerKeysItem]
    """公钥 · The public keys"""


class ListSigningKeysAnswerKeysItem(Struct, frozen=True, kw_only=True):
    kty: Literal["OKP"]
    """密钥类型 · The key's type"""
    crv: Literal["Ed25519"]
    """曲线 · The curve"""
    use: Literal["sig"]
    """用途 · What it is for"""
    alg: Literal["EdDSA"]
    """签名算法 · The signing algorithm"""
    kid: str
    """密钥标识 · The key's id"""
    x: str
    """公钥值 · The public key"""


class Login(Struct, frozen=True, kw_only=True):
    login_name: str
    """登录名 · The name to log in by"""
    password: str
    """口令 · The password"""


class Me(Struct, frozen=True, kw_only=True):
    """`officer_id` is null for a system that does not act for an officer, `client_id` for an officer in person."""

    subject: str
    """令牌的主体 · Whom the token names"""
    officer_id: Id | None
    """工作人员 · The officer"""
    client_id: str | None
    """客户端名称；不用 HTTP Basic 时填写 · The client's name, where no Basic authorization is given"""
    act: Actor | None
    """代该工作人员行事的系统；本人行事时为空 · The system that acts for the officer; null in person"""
    role: Role
    """角色 · The role"""
    division: DivisionCode
    """辖区 · The caller's area"""
    scopes: list[str]
    """权限范围 · The scopes"""


class MemberAnswer(Struct, frozen=True, kw_only=True):
    """Name and ID number are masked, and the date of birth is absent, unless a purpose was given."""

    id: Id
    """标识 · Its id"""
    name: str
    """姓名；未说明用途时已遮蔽 · Name, masked unless a purpose is given"""
    sex: Sex
    """性别 · Sex"""
    id_number: str | None
    """身份证号码；未说明用途时已遮蔽 · ID number (GB 11643), masked in answers unless a purpose is given"""
    birth_date: Day | None
    """出生日期；未说明用途时不显示 · Date of birth; absent unless a purpose is given"""
    relation: Relation
    """与户主关系 · Relation"""
    registration: Registration
    """户籍类型 · Kind of household registration"""
    ethnicity: Ethnicity | None
    """民族 · Ethnic group"""
    education: Education | None
    """文化程度 · Highest education completed"""
    schooling: Schooling | None
    """在校情况 · Where the member is at school"""
    health: Health | None
    """健康状况 · State of health"""
    labour: Labour | None
    """劳动能力 · Ability to work"""
    migrant_work: MigrantWork | None
    """务工情况 · Where the member works away"""
    minimum_living_allowance: bool | None
    """是否享受低保 · Receives the minimum living allowance"""
    medical_insurance: MedicalInsurance | None
    """医疗保险 · Medical insurance"""
    pension_insurance: PensionInsurance | None
    """养老保险 · Pension insurance"""
    since: Day
    """起始日期 · Since which day"""
    joined_by: JoiningReason | None
    """入户原因 · How the member joined"""
    until: Day | None
    """截止日期 · Until which day"""
    left_by: LeavingReason | None
    """离户原因 · How the member left"""


class MemberAnswerPage(Struct, frozen=True, kw_only=True):
    items: list[MemberAnswer]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class MemberBody(Struct, frozen=True, kw_only=True):
    """A member of a household. What is not known yet is absent."""

    name: str
    """姓名 · Full name"""
    sex: Sex
    """性别 · Sex"""
    id_number: str | UnsetType | None = UNSET
    """身份证号码，15 位的补为 18 位 · ID number (GB 11643); one of 15 digits is completed to 18"""
    relation: Relation
    """与户主关系 · Relation"""
    registration: Registration
    """户籍类型 · Kind of household registration"""
    ethnicity: Ethnicity | UnsetType | None = UNSET
    """民族 · Ethnic group"""
    education: Education | UnsetType | None = UNSET
    """文化程度 · Highest education completed"""
    schooling: Schooling | UnsetType | None = UNSET
    """在校情况 · Where the member is at school"""
    health: Health | UnsetType | None = UNSET
    """健康状况 · State of health"""
    labour: Labour | UnsetType | None = UNSET
    """劳动能力 · Ability to work"""
    migrant_work: MigrantWork | UnsetType | None = UNSET
    """务工情况 · Where the member works away"""
    minimum_living_allowance: bool | UnsetType | None = UNSET
    """是否享受低保 · Receives the minimum living allowance"""
    medical_insurance: MedicalInsurance | UnsetType | None = UNSET
    """医疗保险 · Medical insurance"""
    pension_insurance: PensionInsurance | UnsetType | None = UNSET
    """养老保险 · Pension insurance"""


class MemberChanges(Struct, frozen=True, kw_only=True):
    """What is given replaces what was there; null says that it is not known."""

    name: str | UnsetType = UNSET
    """姓名 · Full name"""
    sex: Sex | UnsetType = UNSET
    """性别 · Sex"""
    id_number: str | UnsetType | None = UNSET
    """身份证号码 · ID number (GB 11643)"""
    relation: Relation | UnsetType = UNSET
    """与户主关系 · Relation"""
    registration: Registration | UnsetType = UNSET
    """户籍类型 · Kind of household registration"""
    ethnicity: Ethnicity | UnsetType | None = UNSET
    """民族 · Ethnic group"""
    education: Education | UnsetType | None = UNSET
    """文化程度 · Highest education completed"""
    schooling: Schooling | UnsetType | None = UNSET
    """在校情况 · Where the member is at school"""
    health: Health | UnsetType | None = UNSET
    """健康状况 · State of health"""
    labour: Labour | UnsetType | None = UNSET
    """劳动能力 · Ability to work"""
    migrant_work: MigrantWork | UnsetType | None = UNSET
    """务工情况 · Where the member works away"""
    minimum_living_allowance: bool | UnsetType | None = UNSET
    """是否享受低保 · Receives the minimum living allowance"""
    medical_insurance: MedicalInsurance | UnsetType | None = UNSET
    """医疗保险 · Medical insurance"""
    pension_insurance: PensionInsurance | UnsetType | None = UNSET
    """养老保险 · Pension insurance"""


class MembershipChangedEvent(Struct, frozen=True, kw_only=True):
    """有人加入或离开农户，或其记录被更正；事件只说变动后的人数 · Somebody joined or left, or a record was corrected; told is only how many they
    are now.
    """

    household_id: Id
    """农户标识 · The household"""
    in_scope: bool
    """户主户口是否属于识别范围 · Whether the head's registration lies within the policy's scope"""
    members: int
    """家庭成员人数 · How many members the household has"""


class ObjectionAnswer(Struct, frozen=True, kw_only=True):
    """`grounds` and `resolution` are shown to those who resolve objections; the objector to nobody."""

    id: Id
    """标识 · Its id"""
    case_id: Id
    """事项 · The case"""
    publicity_id: Id
    """公示 · The publicity"""
    state: str
    """状态 · Its state"""
    division: DivisionCode
    """区划代码 · The division"""
    raised_at: Moment
    """提出时间 · When it was raised"""
    grounds: str | None
    """异议的理由 · What is objected"""
    resolution: str | None
    """处理意见 · How it was resolved"""
    resolved_at: Moment | None
    """处理时间 · When it was resolved"""
    available_actions: list[str]
    """调用者现在可进行的操作 · What the caller may do now"""


class ObjectionAnswerPage(Struct, frozen=True, kw_only=True):
    items: list[ObjectionAnswer]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class ObjectionBody(Struct, frozen=True, kw_only=True):
    """`objector` is left out by who wants to stay unnamed."""

    case_id: Id
    """事项 · The case"""
    grounds: str
    """异议的理由 · What is objected"""
    objector: str | UnsetType | None = UNSET
    """提出人；不愿具名的不填 · Who objects; left out by who wants to stay unnamed"""


class ObjectionRaisedEvent(Struct, frozen=True, kw_only=True):
    """有人对公示中的一个事项提出异议；只搁置该事项，不影响名单上其他事项 · Somebody objected to one case; it waits, the list goes on."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    objection_id: Id
    """异议标识 · The objection"""
    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""


class ObjectionResolvedEvent(Struct, frozen=True, kw_only=True):
    """异议核实完毕 · The objection was looked into."""

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    objection_id: Id
    """异议标识 · The objection"""
    outcome: Literal["upheld", "dismissed"]
    """核实结果 · What came of it"""


class ObjectionSummary(Struct, frozen=True, kw_only=True):
    """An objection as everybody may know of it: never who objected."""

    id: Id
    """标识 · Its id"""
    case_id: Id
    """事项 · The case"""
    state: str
    """状态 · Its state"""
    raised_at: Moment
    """提出时间 · When it was raised"""
    resolved_at: Moment | None
    """处理时间 · When it was resolved"""


class ObjectionSummaryPage(Struct, frozen=True, kw_only=True):
    items: list[ObjectionSummary]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class OfficerAnswer(Struct, frozen=True, kw_only=True):
    """Names are shown in full to whoever may appoint; others see 王** and no login name."""

    id: Id
    """标识 · Its id"""
    display_name: str
    """姓名；无权任命者所见已脱敏 · The person's name; masked for whoever may not appoint"""
    login_name: str | None
    """登录名 · The name to log in by"""
    role: Role
    """角色 · The role"""
    division: DivisionCode
    """区划代码 · The division"""
    state: OfficerState
    """状态 · Its state"""
    appointed_by: Id | None
    """由谁任命；由系统管理员任命的为空 · Who appointed them; null where it was done at the machine"""
    available_actions: list[Literal["change", "suspend", "reinstate", "depart", "reset-password"]]
    """调用者现在可进行的操作 · What the caller may do now"""
    version: Version
    """版本 · Its version"""
    created_at: Moment
    """建立时间 · When it was made"""
    updated_at: Moment
    """最后变更时间 · When it changed last"""


class OfficerAnswerPage(Struct, frozen=True, kw_only=True):
    items: list[OfficerAnswer]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class OfficerAppointedEvent(Struct, frozen=True, kw_only=True):
    """工作人员获得一个岗位角色；信封的区划是其辖区 · An officer was given a role; the envelope's division is the officer's area."""

    officer_id: Id
    """工作人员标识 · The officer"""
    role: str
    """岗位角色 · The role"""


class OfficerBody(Struct, frozen=True, kw_only=True):
    """Without `login_name` the officer has no password here, and comes by an external issuer or not at all."""

    display_name: str
    """姓名；无权任命者所见已脱敏 · The person's name; masked for whoever may not appoint"""
    role: Role
    """角色 · The role"""
    division: DivisionCode
    """区划代码 · The division"""
    login_name: str | UnsetType | None = UNSET
    """登录名 · The name to log in by"""


class OfficerChanged(Struct, frozen=True, kw_only=True):
    """What was made or changed, and its version after it."""

    id: Id
    """标识 · Its id"""
    version: Version
    """版本 · Its version"""


class OfficerChanges(Struct, frozen=True, kw_only=True):
    """What is not named stays; at least one is named. Another role or division ends every token of before."""

    display_name: str | UnsetType = UNSET
    """姓名；无权任命者所见已脱敏 · The person's name; masked for whoever may not appoint"""
    role: Role | UnsetType = UNSET
    """角色 · The role"""
    division: DivisionCode | UnsetType = UNSET
    """区划代码 · The division"""
    login_name: str | UnsetType = UNSET
    """登录名 · The name to log in by"""


class OfficerDepartedEvent(Struct, frozen=True, kw_only=True):
    """工作人员离任，其令牌全部失效 · The officer has left for good, and no token of before holds."""

    officer_id: Id
    """工作人员标识 · The officer"""
    decided_by: Id
    """作出决定的工作人员 · The officer who decided it"""


class OfficerPasswordResetEvent(Struct, frozen=True, kw_only=True):
    """重置工作人员的口令，其令牌全部失效 · The officer logs in with an initial password next, and no token of before holds."""

    officer_id: Id
    """工作人员标识 · The officer"""
    decided_by: Id
    """作出决定的工作人员 · The officer who decided it"""


class OfficerReinstatedEvent(Struct, frozen=True, kw_only=True):
    """恢复工作人员的权限 · A suspended officer acts again."""

    officer_id: Id
    """工作人员标识 · The officer"""
    decided_by: Id
    """作出决定的工作人员 · The officer who decided it"""


class OfficerSuspendedEvent(Struct, frozen=True, kw_only=True):
    """暂停工作人员的权限，其令牌全部失效 · The officer acts no more for now, and no token of before holds."""

    officer_id: Id
    """工作人员标识 · The officer"""
    decided_by: Id
    """作出决定的工作人员 · The officer who decided it"""


class OfficerTransferredEvent(Struct, frozen=True, kw_only=True):
    """工作人员的角色或辖区有变，此前的令牌全部失效；信封的区划是新辖区 · The officer's role or area is another one and no token of before holds; the
    envelope's division is the new area.
    """

    officer_id: Id
    """工作人员标识 · The officer"""
    decided_by: Id
    """作出决定的工作人员 · The officer who decided it"""
    role: str
    """岗位角色 · The role"""


class OfficerWithPassword(Struct, frozen=True, kw_only=True):
    """`initial_password` is told this once, and null where the request is repeated; it must be changed at login."""

    id: Id
    """标识 · Its id"""
    version: Version
    """版本 · Its version"""
    initial_password: str | None
    """初始口令，仅告知一次 · The initial password, told once"""
    initial_password_until: Moment | None
    """初始口令的有效期 · When the initial password ends"""


class OpeningRegistration(Struct, frozen=True, kw_only=True):
    household_id: Id
    """农户 · The household"""
    status: Literal["poor", "exited"]
    """建档立卡状态 · Whether the household is registered as poor"""
    since: Day
    """起始日期 · Since which day"""


class Parameters(Struct, frozen=True, kw_only=True):
    """政策参数 · The parameters of a policy"""

    national_standard: Money | int | UnsetType | None = UNSET
    """国家扶贫标准（人均年收入） · national standard, yuan per capita a year"""
    local_average_income: Money | int | UnsetType | None = UNSET
    """当地人均可支配收入 · local average income, yuan per capita a year"""
    income_period: Literal["calendar_year", "preceding_twelve_months"] | UnsetType | None = UNSET
    """收入计算期间 · period over which income is counted"""
    home_cutoff: Day | UnsetType | None = UNSET
    """购建房起算日期 · homes acquired from this day on count"""
    away_months: int | UnsetType | None = UNSET
    """举家外出月数界限 · months away from which a family counts as away"""
    away_income_factor: Decimal | int | UnsetType | None = UNSET
    """举家外出户收入倍数 · multiple of the local average for families away"""
    publicity_days: PublicityDays | int | UnsetType | None = UNSET
    """公示天数 · days of publicity by step"""
    quorum: Fraction | int | UnsetType | None = UNSET
    """评议会法定人数比例 · share of the roll that must be present"""
    pass_ratio: Fraction | int | UnsetType | None = UNSET
    """评议通过比例（须超过） · share of votes cast that must be exceeded"""
    village_incidence_limit: Decimal | int | UnsetType | None = UNSET
    """贫困村退出的贫困发生率上限 · incidence below which a village may exit"""
    spot_check_ratio: Fraction | int | UnsetType | None = UNSET
    """县级抽查比例 · share of exits that the county checks"""


class PasswordChange(Struct, frozen=True, kw_only=True):
    current_password: str
    """现口令 · The present password"""
    new_password: str
    """新口令，至少 12 个字符 · The new password, of at least 12 characters"""


class PersonalDataAccessedEvent(Struct, frozen=True, kw_only=True):
    """为写明的用途查看了若干农户的完整个人信息，或提供给另一服务 · Personal data of some households was shown unmasked, or given to another
    service, for a stated purpose.
    """

    access_id: Id
    """查阅标识 · The access"""
    accessed_by: str
    """令牌主体：工作人员标识、系统或服务名称 · Subject of the token: an officer's id, a client's or service's name"""
    purpose: Literal[
        "survey",
        "verification",
        "notice",
        "comparison",
        "data_cleaning",
        "recusal",
        "assistance",
        "inspection",
        "correction",
    ]
    """用途 · The purpose"""
    households: int
    """涉及农户数 · How many households it concerned"""


class PolicyAnswer(Struct, frozen=True, kw_only=True):
    division: DivisionCode
    """区划代码 · The division"""
    year: Year
    """年度 · The year"""
    policy_version: str
    """政策版本 · The policy's version"""
    parameters: Parameters
    """政策参数 · The policy's parameters"""
    criteria: list[CriterionAnswer]
    """各项标准 · The criteria"""
    available_actions: list[Literal["publish"]]
    """调用者现在可进行的操作 · What the caller may do now"""


class PolicyBody(Struct, frozen=True, kw_only=True):
    """Parameters by the reading's names; what is left out is the higher division's, or the default."""

    parameters: Parameters
    """政策参数 · The policy's parameters"""


class PolicyClockAdvancedEvent(Struct, frozen=True, kw_only=True):
    """沙箱的政策时钟被拨快；正式系统中从不发生 · A sandbox's clock was moved forward; never seen in a system in earnest."""

    clock_id: Id
    """拨动标识 · The move"""
    offset_seconds: float
    """政策时钟比系统时钟快的秒数 · Seconds by which the policy's clock is ahead"""


class PolicyPublishedEvent(Struct, frozen=True, kw_only=True):
    """一个区划一个年度的政策参数发布了新版本 · A division's parameters of a year have a new version."""

    policy_id: Id
    """政策版本标识 · The policy's version"""
    year: int
    """年度 · The year"""
    version: str
    """版本号 · Its number, as verdicts name it"""


class Problem(Struct, frozen=True, kw_only=True):
    """RFC 9457。`code` 不变；`title` 按 Accept-Language 为中文或英文 · RFC 9457. `code` is stable; `title` is Chinese or English
    by Accept-Language
    """

    type: str
    """urn:jingzhun:problem: 加 code · urn:jingzhun:problem: and the code"""
    code: ProblemCode
    """代码 · The code"""
    status: int
    """HTTP 状态 · The HTTP status"""
    title: str
    """标题 · What went wrong, in words"""
    errors: list[FieldError] | None = None
    """有误之处 · What is wrong, by place"""
    trace_id: str | None = None
    """跟踪标识 · For the operator's logs"""
    cases: list[Id] | None = None
    """有关的事项 · The cases concerned"""
    households: list[Id] | None = None
    """有关的农户 · The households concerned"""
    datasets: list[Id] | None = None
    """有关的数据表 · The extracts concerned"""
    capacities: list[str] | None = None
    """缺少的人员类别 · The capacities that are missing"""
    accepted: list[str] | None = None
    """可接受的类型 · The types that are accepted"""
    services: list[str] | None = None
    """有关的服务 · The services concerned"""
    header: list[str] | None = None
    """应有的表头 · The header there should be"""
    years: list[Year] | None = None
    """已有政策的年度 · The years with a policy"""
    policy: str | None = None
    """超出的限额 · The quota that was exceeded"""
    line: int | None = None
    """行号 · The line's number"""
    ends_at: Moment | None = None
    """结束时间 · When it ends"""
    state: str | None = None
    """当前状态 · The present state"""


class ProducerFlow(Struct, frozen=True, kw_only=True):
    service: str
    """服务 · The service"""
    topic: str
    """主题 · The topic"""
    outbox: int
    """已决定、尚未发到总线的事件数 · Events decided and not yet on the bus"""
    oldest_seconds: float
    """其中最久的已等待的秒数 · Seconds for which the oldest of them has waited"""
    rate: float | None
    """最近一分钟内每秒的事件数 · Events a second, over the last minute"""


class PublicityBody(Struct, frozen=True, kw_only=True):
    """Where the list of cases is posted; the period is the policy's."""

    step: Literal["group_appraisal", "village_appraisal"]
    """环节 · The step"""
    division: DivisionCode
    """区划代码 · The division"""
    place: str
    """地点 · The place"""
    cases: list[Id]
    """事项 · The cases"""


class PublicityDays(Struct, frozen=True, kw_only=True):
    """公示天数，按环节 · Days of publicity by step"""

    group_appraisal: int | UnsetType = UNSET
    """村民小组评议之后 · After the group's appraisal"""
    village_appraisal: int | UnsetType = UNSET
    """村级评议之后 · After the village's appraisal"""
    group_nomination: int | UnsetType = UNSET
    """退出提名之后 · After a nomination to exit"""
    village_exit: int | UnsetType = UNSET
    """贫困村退出之前 · Before a village exits"""
    calendar: Literal["natural", "working"] | UnsetType = UNSET
    """自然日或工作日 · Natural or working days"""
    holidays: list[Day] | UnsetType = UNSET
    """放假的工作日 · Working days that are holidays"""
    worked_weekends: list[Day] | UnsetType = UNSET
    """上班的周末 · Weekend days that are worked"""


class PublicityDetails(Struct, frozen=True, kw_only=True):
    """公示 · A publicity"""

    place: str
    """地点 · The place"""
    posted_on: Day
    """张榜日期 · The day it was posted"""
    policy_version: str
    """政策版本 · The policy's version"""


class PublishedAnswer(Struct, frozen=True, kw_only=True):
    division: DivisionCode
    """区划代码 · The division"""
    year: Year
    """年度 · The year"""
    policy_version: str
    """政策版本 · The policy's version"""
    parameters: Parameters
    """政策参数 · The policy's parameters"""
    criteria: list[CriterionAnswer]
    """各项标准 · The criteria"""
    available_actions: list[Literal["publish"]]
    """调用者现在可进行的操作 · What the caller may do now"""
    id: Id
    """标识 · Its id"""
    published_at: Moment
    """发布时间 · When it was published"""


class ReadAuthorizationServerAnswer(Struct, frozen=True, kw_only=True):
    issuer: str
    token_endpoint: str
    revocation_endpoint: str | None = None
    jwks_uri: str | None = None
    service_documentation: str | None = None
    grant_types_supported: list[str] | None = None
    response_types_supported: list[str]
    scopes_supported: list[str] | None = None
    token_endpoint_auth_methods_supported: list[str] | None = None
    revocation_endpoint_auth_methods_supported: list[str] | None = None
    ui_locales_supported: list[str] | None = None


class ReasonBody(Struct, frozen=True, kw_only=True):
    reason: str
    """理由 · The reason"""


class Reference(Struct, frozen=True, kw_only=True):
    """The id of what was made."""

    id: Id
    """标识 · Its id"""


class RefusalsCountedEvent(Struct, frozen=True, kw_only=True):
    """某调用者在约一分钟内被拒绝的请求数；信封的区划是其辖区。没有有效令牌的调用者不在其列 · How often a caller was turned away in about a minute; the
    envelope's division is the caller's area. Callers without a valid token are not told of.
    """

    principal_id: Id
    """工作人员标识，或由系统名称导出的标识 · The officer, or an id drawn from a system's name"""
    unauthenticated: int
    """因令牌无效或过期（401） · For a token no longer valid (401)"""
    forbidden: int
    """因权限或辖区（403） · For scope, role or area (403)"""
    not_found: int
    """不存在或不在辖区内（404） · Nothing there, or outside the area (404)"""
    too_large: int
    """因请求体过大（413） · For a body too large (413)"""
    too_many: int
    """因过于频繁（429） · For asking too often (429)"""


class RegistrationAnswer(Struct, frozen=True, kw_only=True):
    household_id: Id
    """农户 · The household"""
    division: DivisionCode
    """区划代码 · The division"""
    status: str
    """建档立卡状态 · poor or exited"""
    since: Day
    """起始日期 · Since which day"""
    version: Version
    """版本 · Its version"""
    case_id: Id | None
    """事项 · The case"""
    recorded_at: Moment
    """记录时间 · When it was recorded"""


class RegistrationAnswerPage(Struct, frozen=True, kw_only=True):
    items: list[RegistrationAnswer]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class RegistrationImportAnswer(Struct, frozen=True, kw_only=True):
    """`unchanged` were imported with the same status before."""

    imported: int
    """导入数 · How many were imported"""
    unchanged: int
    """未变数 · How many stayed as they were"""


class RegistrationImportBody(Struct, frozen=True, kw_only=True):
    """Households that were registered before this system; each one once."""

    registrations: list[OpeningRegistration]
    """登记 · The registrations"""


class RelativeAnswer(Struct, frozen=True, kw_only=True):
    officer_id: Id
    """工作人员 · The officer"""
    relation: Kinship
    """与户主关系 · Relation"""
    declared_by: Id
    """申报人 · The officer who declared it"""
    declared_at: Moment
    """申报时间 · When it was declared"""


class RelativeAnswerPage(Struct, frozen=True, kw_only=True):
    items: list[RelativeAnswer]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class RelativeBody(Struct, frozen=True, kw_only=True):
    officer_id: Id
    """工作人员 · The officer"""
    relation: Kinship
    """与户主关系 · Relation"""


class RemovalBody(Struct, frozen=True, kw_only=True):
    """Why somebody no longer belongs to the household. The record stays, with its end."""

    left_by: LeavingReason
    """离户原因 · How the member left"""
    until: Day
    """截止日期 · Until which day"""
    reason: str
    """理由 · The reason"""


class ResolutionBody(Struct, frozen=True, kw_only=True):
    """An upheld objection rejects its case, or sends it back to `return_to`."""

    outcome: Literal["upheld", "dismissed"]
    """结果 · The outcome"""
    reason: str
    """理由 · The reason"""
    return_to: Step | UnsetType | None = UNSET
    """退回到的环节 · The step to return to"""


class ResubmissionBody(Struct, frozen=True, kw_only=True):
    evidence: list[Digest]
    """佐证材料的摘要 · Digests of uploaded evidence"""


class ReturnBody(Struct, frozen=True, kw_only=True):
    to_step: Step
    """退回到的环节 · The step to return to"""
    reason: str
    """理由 · The reason"""


class ReviewBody(Struct, frozen=True, kw_only=True):
    """The township's decisions; what is approved is reported to the county."""

    division: DivisionCode
    """区划代码 · The division"""
    decisions: list[DecisionBody]
    """各事项的决定 · A decision for each case"""


class RevokeTokenBody(Struct, frozen=True, kw_only=True):
    token: str
    token_type_hint: str | UnsetType = UNSET
    client_id: str | UnsetType = UNSET
    """客户端名称；不用 HTTP Basic 时填写 · The client's name, where no Basic authorization is given"""
    client_secret: str | UnsetType = UNSET
    """客户端密钥 · The client's secret"""


class SearchBody(Struct, frozen=True, kw_only=True):
    """At least one of booklet number, head's name and a member's ID number; all that are given must fit."""

    booklet_number: str | UnsetType | None = UNSET
    """户口本编号，一县之内唯一 · Number of the hukou booklet, unique within a county"""
    head_name: str | UnsetType | None = UNSET
    """户主姓名 · The head's full name"""
    id_number: str | UnsetType | None = UNSET
    """任一成员的身份证号码 · A member's ID number"""
    division: DivisionCode | UnsetType | None = UNSET
    """区划代码 · The division"""
    limit: int | UnsetType = UNSET
    """至多返回的户数 · Households at most"""


class SecretRenewal(Struct, frozen=True, kw_only=True):
    """How long the secret of before holds beside the new one."""

    grace_seconds: int | UnsetType = UNSET
    """旧密钥继续有效的秒数 · Seconds for which the secret of before still holds"""


class Session(Struct, frozen=True, kw_only=True):
    """`expires_in` in seconds. While `password_change_required` the token opens nothing but changing it."""

    access_token: str
    """访问令牌 · The access token"""
    token_type: Literal["Bearer"]
    """令牌类型 · The token's type"""
    expires_in: int
    """有效期，秒 · Seconds until it expires"""
    scope: str
    """所需权限范围 · The scope it needs"""
    officer_id: Id
    """工作人员 · The officer"""
    password_change_required: bool
    """是否须先更改初始口令 · Whether the initial password must be changed first"""


class SignatureAnswer(Struct, frozen=True, kw_only=True):
    round: int
    """第几轮核实 · The round of verification"""
    level: str
    """村级或乡镇级 · village or township"""
    outcome: str
    """核实结论 · The outcome"""
    reason: str
    """理由 · The reason"""
    evidence: list[Digest]
    """佐证材料的摘要 · Digests of uploaded evidence"""
    signed_by: Id
    """签字人 · The officer who signed"""
    signed_at: Moment
    """签字时间 · When it was signed"""


class StageAnswer(Struct, frozen=True, kw_only=True):
    stage: Stage
    """环节内的阶段 · The stage within the step"""
    zh: str
    """中文 · In Chinese"""
    en: str
    """英文 · In English"""
    actions: list[ActionAnswer]
    """该环节可进行的操作 · What may be done at this stage"""


class StepAnswer(Struct, frozen=True, kw_only=True):
    step: Step
    """环节 · The step"""
    zh: str
    """中文名称 · Its Chinese name"""
    en: str
    """英文名称 · Its English name"""
    actor: str
    """由谁办理 · Who acts at this step"""
    stages: list[StageAnswer]
    """阶段 · The stages"""


class StreamTicketAnswer(Struct, frozen=True, kw_only=True):
    """Give `ticket` to `GET /v1/events/stream` before `expires_at`."""

    ticket: str
    """打开一条事件流的票据，只用一次 · A ticket that opens one stream, once, where no Authorization can be sent"""
    expires_at: Moment
    """票据在此之前使用 · Until when the ticket can be used"""


class StreamTicketBody(Struct, frozen=True, kw_only=True):
    """The filter of the one stream that the ticket opens, as the stream's own parameters."""

    type: str | UnsetType | None = UNSET
    """只看此类型：全称或短名 · Only this type: in full, or its short name"""
    subject: str | UnsetType | None = UNSET
    """只看此对象的 · Only those about this subject"""
    division: DivisionCode | UnsetType | None = UNSET
    """区划代码 · The division"""
    correlation: str | UnsetType | None = UNSET
    """只看由同一请求（或定时、作业）引起的 · Only what one request led to, by its trace id, or one timer or job"""


class SurveyAnswer(Struct, frozen=True, kw_only=True):
    """The case, with the facts that would decide an undetermined verdict."""

    id: Id
    """标识 · Its id"""
    kind: CaseKind
    """识别或返贫 · Identification, or return to poverty"""
    step: Step
    """环节 · The step"""
    stage: Stage
    """环节内的阶段 · The stage within the step"""
    state: CaseState
    """事项的状态 · The case's state"""
    household_id: Id
    """农户 · The household"""
    division: DivisionCode
    """区划代码 · The division"""
    verdict: Verdict | None
    """按政策的结论 · What the policy says of the facts"""
    open_objections: int
    """未处理的异议数 · Objections that are open"""
    open_suspects: int
    """未核实的疑似对象数 · Suspects that are open"""
    open_issues: int
    """未改正的问题数 · Issues that are open"""
    publicity_id: Id | None
    """公示 · The publicity"""
    publicity_ends_at: Moment | None
    """公示结束时间 · When the publicity ends"""
    version: Version
    """版本 · Its version"""
    updated_at: Moment
    """最后变更时间 · When it changed last"""
    available_actions: list[str]
    """调用者现在可进行的操作 · What the caller may do now"""
    history: list[HistoryEntry]
    """经过 · What has happened, in order"""
    assessment_id: Id
    """评估 · The assessment of the household's facts"""
    assessment_version: int
    """评估的版本 · The assessment's version within its year"""
    criteria: dict[str, bool | None]
    """各项标准 · The criteria"""
    missing_facts: list[str]
    """缺少的事实 · The facts that would decide it"""


class SurveyBody(Struct, frozen=True, kw_only=True):
    """The four looks (四看): facts by the reading's names; null is unknown."""

    visited_on: Day
    """入户日期 · The day of the visit"""
    surveyors: list[SurveyorBody]
    """入户调查人员 · Who visited the household"""
    facts: Facts
    """事实；未填即未知 · Facts by their names; absent or null is unknown"""
    causes: CausesBody | UnsetType = UNSET
    """致贫原因 · Causes of poverty"""
    evidence: list[Digest]
    """佐证材料的摘要 · Digests of uploaded evidence"""


class SurveyImportAnswer(Struct, frozen=True, kw_only=True):
    """How many came to which verdict; each case tells its own."""

    verdicts: dict[str, int]
    """结论 · The verdicts"""


class SurveyImportBody(Struct, frozen=True, kw_only=True):
    """Visits to households of the caller's area; each case once."""

    surveys: list[VisitBody]
    """入户调查 · The home visits"""


class SurveyorBody(Struct, frozen=True, kw_only=True):
    officer_id: Id
    """工作人员 · The officer"""
    capacity: Literal["village_cadre", "group_cadre", "resident_cadre"]
    """以何身份参加 · In which capacity"""


class SuspectAnswer(Struct, frozen=True, kw_only=True):
    """`evidence`: the rows of the extract, without ID number; told only to those who compare or verify."""

    id: Id
    """标识 · Its id"""
    case_id: Id
    """事项 · The case"""
    household_id: Id
    """农户 · The household"""
    member_id: Id
    """家庭成员 · The member"""
    division: DivisionCode
    """区划代码 · The division"""
    comparison_id: Id
    """数据比对 · The comparison"""
    state: str
    """状态 · Its state"""
    kind: str | None
    """数据的类别；只告知比对和核实的人员 · The kind of data, told to those who compare or verify"""
    criterion: str | None
    """涉及的标准 · The criterion that is in doubt"""
    version: Version
    """版本 · Its version"""
    raised_at: Moment
    """提出时间 · When it was raised"""
    updated_at: Moment
    """最后变更时间 · When it changed last"""
    available_actions: list[str]
    """调用者现在可进行的操作 · What the caller may do now"""
    evidence: SuspectEvidence | None
    """部门数据中的记录，不含身份证号码 · The extract's rows, without ID number"""
    signatures: list[SignatureAnswer]
    """签字 · The signatures"""


class SuspectEvidence(Struct, frozen=True, kw_only=True):
    """部门数据中的记录 · The rows of the extract"""

    rows: list[SuspectEvidenceRowsItem]
    """数据行数 · Rows of data"""


class SuspectEvidenceRowsItem(Struct, frozen=True, kw_only=True):
    """一条记录 · A row"""

    plate_number: str | None = None
    """车牌号 · plate_number"""
    vehicle_type: str | None = None
    """车辆类型 · vehicle_type"""
    brand: str | None = None
    """品牌型号 · brand"""
    registered_on: str | None = None
    """成立日期 · registered_on"""
    certificate_number: str | None = None
    """不动产权证号 · certificate_number"""
    address: str | None = None
    """坐落 · address"""
    area: str | None = None
    """建筑面积 · area"""
    acquired_on: str | None = None
    """取得日期 · acquired_on"""
    registration_number: str | None = None
    """登记编号 · registration_number"""
    machine_type: str | None = None
    """机械类型 · machine_type"""
    model: str | None = None
    """型号 · model"""
    credit_code: str | None = None
    """统一社会信用代码 · credit_code"""
    company_name: str | None = None
    """企业名称 · company_name"""
    role: str | None = None
    """任职或投资身份 · role"""
    company_status: str | None = None
    """登记状态 · company_status"""
    employer: str | None = None
    """参保单位 · employer"""
    post: str | None = None
    """岗位 · post"""
    since: str | None = None
    """起始日期 · since"""
    until: str | None = None
    """终止日期 · until"""
    taxpayer: str | None = None
    """纳税主体 · taxpayer"""
    tax_year: str | None = None
    """纳税年度 · tax_year"""
    tax_paid: str | None = None
    """纳税金额 · tax_paid"""
    died_on: str | None = None
    """死亡日期 · died_on"""
    registered_by: str | None = None
    """登记机关 · registered_by"""
    bank: str | None = None
    """金融机构 · bank"""
    balance: str | None = None
    """余额 · balance"""
    balance_on: str | None = None
    """余额日期 · balance_on"""
    insurance: str | None = None
    """险种 · insurance"""
    monthly_base: str | None = None
    """月缴费基数 · monthly_base"""
    insured_until: str | None = None
    """缴费截止日期 · insured_until"""


class SuspectReverifiedEvent(Struct, frozen=True, kw_only=True):
    """村或乡镇签署核实意见；两级意见一致后才有 `outcome` · A signature of village or township; `outcome` stands once both have signed
    alike.
    """

    case_id: Id
    """事项标识 · The case"""
    household_id: Id
    """农户标识 · The household"""
    kind: CaseKind
    """程序种类 · Which procedure"""
    step: Step
    """此后所处的步骤 · Where the case stands after it"""
    state: Literal["open", "identified", "rejected", "withdrawn"]
    """此后的状态 · The case's state after it"""
    suspect_id: Id
    """疑似问题标识 · The suspect"""
    level: Literal["village", "township"]
    """签署的一级 · Who signed"""
    outcome: Literal["refuted", "cleared", "confirmed"] | None
    """核实结论；两级意见尚未一致时为 null · What both found, or null for now"""


class SuspectSummary(Struct, frozen=True, kw_only=True):
    """`kind` and `criterion` are told only to those who compare or verify."""

    id: Id
    """标识 · Its id"""
    case_id: Id
    """事项 · The case"""
    household_id: Id
    """农户 · The household"""
    member_id: Id
    """家庭成员 · The member"""
    division: DivisionCode
    """区划代码 · The division"""
    comparison_id: Id
    """数据比对 · The comparison"""
    state: str
    """状态 · Its state"""
    kind: str | None
    """数据的类别；只告知比对和核实的人员 · The kind of data, told to those who compare or verify"""
    criterion: str | None
    """涉及的标准 · The criterion that is in doubt"""
    version: Version
    """版本 · Its version"""
    raised_at: Moment
    """提出时间 · When it was raised"""
    updated_at: Moment
    """最后变更时间 · When it changed last"""
    available_actions: list[str]
    """调用者现在可进行的操作 · What the caller may do now"""


class SuspectSummaryPage(Struct, frozen=True, kw_only=True):
    items: list[SuspectSummary]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class TaskAnswer(Struct, frozen=True, kw_only=True):
    """`subject_id` is the suspect, objection, list or case that the task is about; `roles` may do it.

    A message (`case_moved`) has no `due_on`. `completed_by` is null where the matter was settled by an event.
    """

    id: Id
    """标识 · Its id"""
    kind: Literal["reverify_suspect", "post_notice", "survey_household", "case_moved", "resolve_objection"]
    """类别 · Its kind"""
    title: TaskTitle
    """标题 · The title"""
    office: str
    """由哪级岗位办理 · The office that does it"""
    roles: list[str]
    """由哪些角色办理 · The roles that may do it"""
    division: DivisionCode
    """区划代码 · The division"""
    subject_id: Id
    """所涉对象 · What it is about"""
    case_id: Id | None
    """事项 · The case"""
    household_id: Id | None
    """农户 · The household"""
    list_id: Id | None
    """名单 · The list"""
    cases: int | None
    """事项 · The cases"""
    due_on: Day | None
    """截止日期 · The day by which it is due"""
    state: Literal["open", "done", "cancelled"]
    """状态 · Its state"""
    created_at: Moment
    """建立时间 · When it was made"""
    completed_at: Moment | None
    """完成时间 · When it was completed"""
    completed_by: Id | None
    """完成人 · The officer who completed it"""
    note: str | None
    """备注 · A note"""
    version: Version
    """版本 · Its version"""
    available_actions: list[str]
    """调用者现在可进行的操作 · What the caller may do now"""


class TaskAnswerPage(Struct, frozen=True, kw_only=True):
    items: list[TaskAnswer]
    """本页内容 · This page's items"""
    next: Cursor | None
    """下一页的游标；没有时为 null · The cursor of the next page, or null"""


class TaskCancelledEvent(Struct, frozen=True, kw_only=True):
    """事由在任务办结前已不复存在 · The matter came to an end before the task was done."""

    task_id: Id
    """任务标识 · The task"""
    kind: Literal["reverify_suspect", "post_notice", "survey_household", "case_moved", "resolve_objection"]
    """任务种类 · What is to be done"""


class TaskCompletedEvent(Struct, frozen=True, kw_only=True):
    """任务已办结 · The task was done."""

    task_id: Id
    """任务标识 · The task"""
    kind: Literal["reverify_suspect", "post_notice", "survey_household", "case_moved", "resolve_objection"]
    """任务种类 · What is to be done"""
    completed_by: Id | None
    """办结的工作人员；事由自行了结时为 null · The officer, or null where the matter was settled without one"""


class TaskCreatedEvent(Struct, frozen=True, kw_only=True):
    """下达任务；信封的区划指明由何地办理 · A task was given; the envelope's division says whose it is."""

    task_id: Id
    """任务标识 · The task"""
    kind: Literal["reverify_suspect", "post_notice", "survey_household", "case_moved", "resolve_objection"]
    """任务种类 · What is to be done"""
    case_id: Id | None
    """所涉事项；与单个事项无关时为 null · The case, or null where it concerns no single one"""


class TaskTitle(Struct, frozen=True, kw_only=True):
    zh: str
    """中文 · In Chinese"""
    en: str
    """英文 · In English"""


class Timeline(Struct, frozen=True, kw_only=True):
    case_id: Id
    """事项 · The case"""
    entries: list[TimelineEntry]
    """条目 · The entries"""


class TimelineEntry(Struct, frozen=True, kw_only=True):
    """`subject` is the case, one of its lists or one of its tasks; `sequence` is the subject's own count."""

    id: Id
    """标识 · Its id"""
    type: str
    """类型 · Its type"""
    name: str
    """事件的短名 · The event's short name"""
    title: EventText
    """标题 · The title"""
    subject: str
    """主体 · What or whom it is about"""
    sequence: int
    """对象自身的事件序号 · The count of the subject's own events"""
    time: Moment
    """发生时间 · When it happened"""
    division: str
    """区划代码；不属于任何区划的为空 · The division; empty where there is none"""
    causation_id: Id | None
    """由哪个事件引起 · The event that caused this one"""
    correlation_id: str | None
    """引起一切的请求 · The request that all this goes back to"""
    data: dict[str, str | int | float | bool | None]
    """事件内容 · What happened"""


class TopicFlow(Struct, frozen=True, kw_only=True):
    topic: str
    """主题 · The topic"""
    partitions: int
    """分区数 · How many partitions it has"""
    heads: list[int]
    """各分区的末端 · Where each partition ends"""
    rate: float
    """最近一分钟内每秒的事件数 · Events a second, over the last minute"""


class TownshipReviewCompletedEvent(Struct, frozen=True, kw_only=True):
    """乡镇审核完一份名单 · The township has reviewed a list."""

    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""
    cases: int
    """名单上的事项数 · How many cases the list holds"""
    approved: int
    """通过的事项数 · How many were approved"""
    rejected: int
    """驳回的事项数 · How many were rejected"""
    returned: int
    """退回的事项数 · How many were sent back"""


class TownshipReviewDetails(Struct, frozen=True, kw_only=True):
    """乡镇审核 · A township review"""

    approved: int
    """通过的事项数 · Cases approved"""
    rejected: int
    """驳回的事项数 · Cases rejected"""
    returned: int
    """退回的事项数 · Cases returned"""


class VerificationBody(Struct, frozen=True, kw_only=True):
    """Refuted and cleared need evidence."""

    outcome: Finding
    """结果 · The outcome"""
    reason: str
    """理由 · The reason"""
    evidence: list[Digest] | UnsetType = UNSET
    """佐证材料的摘要 · Digests of uploaded evidence"""


class VillageAppraisalHeldEvent(Struct, frozen=True, kw_only=True):
    """村级召开民主评议会，对名单逐户表决 · The village has met and voted on each case of the list."""

    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""
    cases: int
    """名单上的事项数 · How many cases the list holds"""
    passed: int
    """通过的事项数 · How many of the cases passed"""


class VillagePublicityEndedEvent(Struct, frozen=True, kw_only=True):
    """第二次公示期满 · The second notice has stood long enough."""

    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""
    cases: int
    """名单上的事项数 · How many cases the list holds"""


class VillagePublicityStartedEvent(Struct, frozen=True, kw_only=True):
    """第二次公示张贴 · The second notice was posted."""

    list_id: Id
    """名单标识：一次评议、公示、审核、比对、清洗或公告 · The list: of a meeting, notice, review, comparison…"""
    cases: int
    """名单上的事项数 · How many cases the list holds"""
    ends_at: Moment
    """公示期满的时刻：末日 24:00（北京时间） · When the notice has stood long enough: 24:00 of its last day in Beijing"""


class VisitBody(Struct, frozen=True, kw_only=True):
    visited_on: Day
    """入户日期 · The day of the visit"""
    surveyors: list[SurveyorBody]
    """入户调查人员 · Who visited the household"""
    facts: Facts
    """事实；未填即未知 · Facts by their names; absent or null is unknown"""
    causes: CausesBody | UnsetType = UNSET
    """致贫原因 · Causes of poverty"""
    evidence: list[Digest]
    """佐证材料的摘要 · Digests of uploaded evidence"""
    case_id: Id
    """事项 · The case"""


class VoteBody(Struct, frozen=True, kw_only=True):
    """The votes on one case; `reasons` where an eligible household met votes against it."""

    case_id: Id
    """事项 · The case"""
    in_favour: int
    """赞成票数 · Votes in favour"""
    against: int
    """反对票数 · Votes against"""
    abstained: int | UnsetType = UNSET
    """弃权票数 · Abstentions, which count as votes cast"""
    reasons: str | UnsetType | None = UNSET
    """理由 · The reasons"""


class WorkflowAnswer(Struct, frozen=True, kw_only=True):
    """A procedure: its steps in their order, and what may happen at every one of them."""

    kind: CaseKind
    """事项的类别 · The kind of case"""
    zh: str
    """中文名称 · Its Chinese name"""
    en: str
    """英文名称 · Its English name"""
    steps: list[StepAnswer]
    """环节 · The steps"""
    everywhere: list[ActionAnswer]
    """任何环节都可进行的操作 · What may be done at every step"""


class WorkflowList(Struct, frozen=True, kw_only=True):
    items: list[WorkflowAnswer]
    """本页内容 · This page's items"""


UnknownEventData: TypeAlias = Any
"""此版本不认识的类型的内容 · Data of a type that this version does not know"""


Action: TypeAlias = Literal["replay", "skip"]
"""- `accept` 重新提交申请 · Hand the application in again
- `appraise` 记录评议 · Record the appraisal
- `post` 张榜公示 · Post the publicity
- `object` 提出异议 · Raise an objection
- `resolve_objection` 处理异议 · Resolve the objection
- `end_publicity` 公示期满 · End the publicity
- `survey` 录入入户调查 · Record the home visit
- `review` 审核 · Review
- `compare` 数据比对 · Compare with extracts
- `verify_suspect` 核实疑似对象 · Sign for the suspect
- `clean` 数据清洗 · Clean the data
- `announce` 公告 · Announce
- `reject` 驳回 · Reject
- `return` 退回 · Return to an earlier step
- `withdraw` 撤回申请 · Withdraw
"""


CaseKind: TypeAlias = Literal["entry", "return"]
"""- `entry` 贫困户识别 · Entry into poverty registration
- `return` 返贫户识别 · Return to poverty registration
"""


CaseState: TypeAlias = Literal["open", "identified", "exited", "rejected", "withdrawn"]
"""- `open` 办理中 · Open
- `identified` 已识别 · Identified
- `exited` 已退出 · Exited
- `rejected` 已驳回 · Rejected
- `withdrawn` 已撤回 · Withdrawn
"""


CauseOfPoverty: TypeAlias = Literal[
    "illness",
    "disability",
    "schooling",
    "disaster",
    "land",
    "water",
    "skills",
    "labour",
    "capital",
    "transport",
    "motivation",
    "other",
]
"""- `illness` 因病 · Illness
- `disability` 因残 · Disability
- `schooling` 因学 · Schooling
- `disaster` 因灾 · Disaster
- `land` 缺土地 · Lack of land
- `water` 缺水 · Lack of water
- `skills` 缺技术 · Lack of skills
- `labour` 缺劳力 · Lack of labour
- `capital` 缺资金 · Lack of capital
- `transport` 交通条件落后 · Poor transport
- `motivation` 自身发展动力不足 · Lack of motivation
- `other` 其它 · Other
"""


ClientState: TypeAlias = Literal["active", "revoked"]
"""- `active` 有效 · Active
- `revoked` 已撤销 · Revoked
"""


Cursor: TypeAlias = str
"""分页游标，不透明 · Where a page begins; opaque"""


Day: TypeAlias = date
"""日期 · A day: YYYY-MM-DD"""


Decimal: TypeAlias = str
"""十进制数字符串 · A decimal as a string"""


Digest: TypeAlias = str
"""SHA-256 摘要，十六进制 · SHA-256 in hexadecimal"""


DivisionCode: TypeAlias = str
"""区划代码：十二位，村民小组十五位 · Division code: 12 digits, 15 for a villagers' group"""


DivisionLevel: TypeAlias = Literal["province", "city", "county", "township", "village", "group"]
"""- `province` 省级 · Province
- `city` 地级 · City
- `county` 县级 · County
- `township` 乡级 · Township
- `village` 村级 · Village
- `group` 村民小组 · Villagers' group
"""


Education: TypeAlias = Literal["none", "primary", "junior_middle", "senior_middle", "junior_college", "university"]
"""- `none` 文盲或半文盲 · None
- `primary` 小学 · Primary school
- `junior_middle` 初中 · Junior middle school
- `senior_middle` 高中或中职 · Senior middle or vocational school
- `junior_college` 大专 · Junior college
- `university` 本科及以上 · University
"""


Ethnicity: TypeAlias = Literal[
    "han",
    "mongol",
    "hui",
    "tibetan",
    "uygur",
    "miao",
    "yi",
    "zhuang",
    "buyei",
    "korean",
    "manchu",
    "dong",
    "yao",
    "bai",
    "tujia",
    "hani",
    "kazak",
    "dai",
    "li",
    "lisu",
    "va",
    "she",
    "gaoshan",
    "lahu",
    "sui",
    "dongxiang",
    "naxi",
    "jingpo",
    "kirgiz",
    "tu",
    "daur",
    "mulao",
    "qiang",
    "blang",
    "salar",
    "maonan",
    "gelao",
    "xibe",
    "achang",
    "pumi",
    "tajik",
    "nu",
    "uzbek",
    "russian",
    "ewenki",
    "deang",
    "bonan",
    "yugur",
    "gin",
    "tatar",
    "derung",
    "oroqen",
    "hezhen",
    "monba",
    "lhoba",
    "jino",
    "other",
]
"""- `han` 汉族 · Han
- `mongol` 蒙古族 · Mongol
- `hui` 回族 · Hui
- `tibetan` 藏族 · Tibetan
- `uygur` 维吾尔族 · Uygur
- `miao` 苗族 · Miao
- `yi` 彝族 · Yi
- `zhuang` 壮族 · Zhuang
- `buyei` 布依族 · Buyei
- `korean` 朝鲜族 · Korean
- `manchu` 满族 · Manchu
- `dong` 侗族 · Dong
- `yao` 瑶族 · Yao
- `bai` 白族 · Bai
- `tujia` 土家族 · Tujia
- `hani` 哈尼族 · Hani
- `kazak` 哈萨克族 · Kazak
- `dai` 傣族 · Dai
- `li` 黎族 · Li
- `lisu` 傈僳族 · Lisu
- `va` 佤族 · Va
- `she` 畲族 · She
- `gaoshan` 高山族 · Gaoshan
- `lahu` 拉祜族 · Lahu
- `sui` 水族 · Sui
- `dongxiang` 东乡族 · Dongxiang
- `naxi` 纳西族 · Naxi
- `jingpo` 景颇族 · Jingpo
- `kirgiz` 柯尔克孜族 · Kirgiz
- `tu` 土族 · Tu
- `daur` 达斡尔族 · Daur
- `mulao` 仫佬族 · Mulao
- `qiang` 羌族 · Qiang
- `blang` 布朗族 · Blang
- `salar` 撒拉族 · Salar
- `maonan` 毛南族 · Maonan
- `gelao` 仡佬族 · Gelao
- `xibe` 锡伯族 · Xibe
- `achang` 阿昌族 · Achang
- `pumi` 普米族 · Pumi
- `tajik` 塔吉克族 · Tajik
- `nu` 怒族 · Nu
- `uzbek` 乌孜别克族 · Uzbek
- `russian` 俄罗斯族 · Russian
- `ewenki` 鄂温克族 · Ewenki
- `deang` 德昂族 · Deang
- `bonan` 保安族 · Bonan
- `yugur` 裕固族 · Yugur
- `gin` 京族 · Gin
- `tatar` 塔塔尔族 · Tatar
- `derung` 独龙族 · Derung
- `oroqen` 鄂伦春族 · Oroqen
- `hezhen` 赫哲族 · Hezhen
- `monba` 门巴族 · Monba
- `lhoba` 珞巴族 · Lhoba
- `jino` 基诺族 · Jino
- `other` 其他 · Other
"""


EventData: TypeAlias = dict[str, Any] | UnknownEventData
"""事件内容，按其类型 · An event's data, by its type"""


ExtractKind: TypeAlias = Literal[
    "vehicles", "property", "machinery", "companies", "payroll", "tax", "deaths", "deposits", "social_security"
]


FieldErrorCode: TypeAlias = Literal[
    "answer-timeout",
    "body-timeout",
    "body-too-large",
    "booklet-number-taken",
    "bool-parsing",
    "bool-type",
    "boolean-expected",
    "capacity-missing",
    "case-already-open",
    "case-at-another-step",
    "case-closed",
    "case-outside-list-area",
    "cases-repeated",
    "cases-unknown",
    "choice-unknown",
    "client-id-taken",
    "client-revoked",
    "clock-backwards",
    "clock-not-set",
    "clock-too-far",
    "comparison-without-cases",
    "conflict",
    "cursor-invalid",
    "dataset-empty",
    "dataset-encoding-unknown",
    "dataset-gone",
    "dataset-header-wrong",
    "dataset-row-broken",
    "dataset-unknown",
    "date-expected",
    "date-from-datetime-inexact",
    "date-from-datetime-parsing",
    "date-parsing",
    "date-type",
    "dates-expected",
    "datetime-from-date-parsing",
    "datetime-object-invalid",
    "datetime-parsing",
    "datetime-type",
    "dead-letter-decided",
    "decimal-max-digits",
    "decimal-max-places",
    "decimal-parsing",
    "decimal-type",
    "decimal-whole-digits",
    "dict-type",
    "division-malformed",
    "division-not-a-village",
    "division-parent-unknown",
    "division-unknown",
    "dwelling",
    "enum",
    "evidence-container-unsafe",
    "evidence-digest-wrong",
    "evidence-empty",
    "evidence-lost",
    "evidence-required",
    "evidence-type-lies",
    "evidence-type-unsupported",
    "evidence-unknown",
    "extra-forbidden",
    "facts-contradictory",
    "facts-invalid",
    "finite-number",
    "float-parsing",
    "float-type",
    "fraction-expected",
    "future-date",
    "gone",
    "greater-than",
    "greater-than-equal",
    "head-timeout",
    "headers-too-large",
    "household-already-registered",
    "household-head-required",
    "household-head-stays",
    "household-out-of-scope",
    "household-unknown",
    "households-repeated",
    "id-number-invalid",
    "id-number-repeated",
    "idempotency-key-required",
    "idempotency-key-reused",
    "illness",
    "import-empty",
    "import-file-missing",
    "int-from-float",
    "int-parsing",
    "int-parsing-size",
    "int-type",
    "integer-expected",
    "internal-error",
    "json-invalid",
    "json-type",
    "less-than",
    "less-than-equal",
    "list-type",
    "literal-error",
    "login-name-taken",
    "login-refused",
    "login-throttled",
    "malformed-request",
    "media-type-unsupported",
    "member-already-left",
    "member-registered-elsewhere",
    "method-not-allowed",
    "method-unknown",
    "missing",
    "model-attributes-type",
    "model-type",
    "money-expected",
    "name-unknown",
    "not-acceptable",
    "not-eligible",
    "not-found",
    "number-expected",
    "object-expected",
    "objection-open",
    "objection-resolved",
    "officer-related",
    "officer-required",
    "officer-state",
    "origin-not-allowed",
    "outside-area",
    "own-office",
    "parameter-unknown",
    "parameters-invalid",
    "password-refused",
    "policy-unknown",
    "position-invalid",
    "precondition-failed",
    "precondition-required",
    "publicity-not-over",
    "publicity-over",
    "quorum-not-met",
    "range-unsatisfiable",
    "rate-limited",
    "reason-required",
    "reasons-required",
    "references-repeated",
    "registration-decided",
    "relative-already-declared",
    "repeated",
    "request-invalid",
    "reviewer-submitted",
    "role-not-yours-to-give",
    "schooling",
    "scope-missing",
    "scopes-not-yours-to-give",
    "search-empty",
    "service-unavailable",
    "set-type",
    "step-not-earlier",
    "streams-exhausted",
    "string-pattern-mismatch",
    "string-too-long",
    "string-too-short",
    "string-type",
    "string-unicode",
    "surveyors-incomplete",
    "suspect-already-verified",
    "suspect-awaits-village",
    "suspect-open",
    "suspect-signatory-wrong",
    "task-closed",
    "task-of-another-office",
    "ticket-expired",
    "ticket-invalid",
    "ticket-other-filter",
    "ticket-used",
    "timezone-aware",
    "token-expired",
    "token-invalid",
    "token-missing",
    "too-long",
    "too-many-connections",
    "too-many-streams",
    "too-short",
    "tuple-type",
    "union-tag-invalid",
    "union-tag-not-found",
    "unknown",
    "uri-too-long",
    "url-parsing",
    "url-scheme",
    "url-too-long",
    "url-type",
    "uuid-parsing",
    "uuid-type",
    "uuid-version",
    "value-error",
    "value-missing",
    "value-negative",
    "value-out-of-range",
    "votes-exceed-roll",
]
"""字段错误的代码，见 docs/errors.md · A field error's code: see docs/errors.md"""


Finding: TypeAlias = Literal["refuted", "cleared", "confirmed"]
"""`refuted`: not theirs. `cleared`: true, yet no bar after its exceptions. `confirmed`: the bar holds."""


Fraction: TypeAlias = str
"""比例：十进制数或分数字符串 · A share: a decimal or fraction as a string"""


Health: TypeAlias = Literal["healthy", "chronic", "major_disease", "disabled"]
"""- `healthy` 健康 · Healthy
- `chronic` 长期慢性病 · Long-term chronic disease
- `major_disease` 患有大病 · Major disease
- `disabled` 残疾 · Disabled
"""


HouseholdStatus: TypeAlias = Literal["none", "poor", "exited"]
"""- `none` 非贫困户 · Not registered
- `poor` 贫困户 · Registered poor
- `exited` 脱贫户 · Exited from poverty
"""


Id: TypeAlias = UUID
"""标识，UUIDv7 · An id: a UUIDv7"""


JoiningReason: TypeAlias = Literal["birth", "marriage", "relocation", "correction"]
"""- `birth` 新生 · Birth
- `marriage` 婚嫁 · Marriage
- `relocation` 搬迁 · Relocation
- `correction` 更正 · Correction of the record
"""


Kinship: TypeAlias = Literal["member", "spouse", "lineal", "collateral", "by_marriage"]
"""- `member` 本户成员 · Member of the household
- `spouse` 配偶 · Spouse
- `lineal` 直系血亲 · Lineal relative
- `collateral` 三代以内旁系血亲 · Collateral relative within three generations
- `by_marriage` 近姻亲 · Close relative by marriage
"""


Labour: TypeAlias = Literal["ordinary", "skilled", "weak", "lost", "none"]
"""- `ordinary` 普通劳动力 · Ordinary labour
- `skilled` 技能劳动力 · Skilled labour
- `weak` 弱劳动力或半劳动力 · Weak labour
- `lost` 丧失劳动力 · Lost the ability to work
- `none` 无劳动力 · None: too young, too old or at school
"""


LeavingReason: TypeAlias = Literal[
    "relocation", "marriage", "moving_away", "death", "imprisonment", "settling_abroad", "duplicate"
]
"""- `relocation` 搬迁 · Relocation
- `marriage` 婚嫁 · Marriage
- `moving_away` 外迁 · Moving away
- `death` 死亡 · Death
- `imprisonment` 判刑收监 · Imprisonment
- `settling_abroad` 出国定居 · Settling abroad
- `duplicate` 重复录入 · Recorded twice
"""


LetterState: TypeAlias = Literal[
    "dead", "replay_requested", "skip_requested", "replayed", "settled", "died_again", "skipped", "gone"
]


ListAction: TypeAlias = Literal["object", "confirm_ending"]
"""Of a publicity alone: until its end anyone objects, after it its end is confirmed."""


ListDetails: TypeAlias = dict[str, Any]
"""名单所记录的内容，按其类别 · What a list records, by its kind"""


MedicalInsurance: TypeAlias = Literal["resident", "employee", "none"]
"""- `resident` 城乡居民基本医疗保险 · Residents' basic medical insurance
- `employee` 职工基本医疗保险 · Employees' basic medical insurance
- `none` 未参保 · Not insured
"""


MigrantWork: TypeAlias = Literal["none", "township", "county", "province", "elsewhere"]
"""- `none` 未外出务工 · Not away
- `township` 乡镇内 · Within the township
- `county` 乡镇外县内 · Within the county
- `province` 县外省内 · Within the province
- `elsewhere` 省外 · Outside the province
"""


Moment: TypeAlias = datetime
"""时间，RFC 3339，带时区 · A moment: RFC 3339 with its offset"""


Money: TypeAlias = str
"""金额，元，至多两位小数的字符串 · An amount in yuan: a decimal string with at most two decimals"""


OfficerState: TypeAlias = Literal["active", "suspended", "left"]
"""- `active` 在岗 · Active
- `suspended` 暂停权限 · Suspended
- `left` 已离任 · Left
"""


PensionInsurance: TypeAlias = Literal["resident", "employee", "none"]
"""- `resident` 城乡居民基本养老保险 · Residents' basic pension insurance
- `employee` 职工基本养老保险 · Employees' basic pension insurance
- `none` 未参保 · Not insured
"""


Position: TypeAlias = str
"""归档位置，不透明 · A position in the archive; opaque"""


ProblemCode: TypeAlias = Literal[
    "answer-timeout",
    "body-timeout",
    "body-too-large",
    "booklet-number-taken",
    "capacity-missing",
    "case-already-open",
    "case-at-another-step",
    "case-closed",
    "case-outside-list-area",
    "cases-repeated",
    "cases-unknown",
    "client-id-taken",
    "client-revoked",
    "clock-backwards",
    "clock-not-set",
    "clock-too-far",
    "comparison-without-cases",
    "conflict",
    "cursor-invalid",
    "dataset-empty",
    "dataset-encoding-unknown",
    "dataset-gone",
    "dataset-header-wrong",
    "dataset-row-broken",
    "dataset-unknown",
    "dead-letter-decided",
    "division-malformed",
    "division-not-a-village",
    "division-parent-unknown",
    "division-unknown",
    "evidence-container-unsafe",
    "evidence-digest-wrong",
    "evidence-empty",
    "evidence-lost",
    "evidence-required",
    "evidence-type-lies",
    "evidence-type-unsupported",
    "evidence-unknown",
    "facts-contradictory",
    "facts-invalid",
    "gone",
    "head-timeout",
    "headers-too-large",
    "household-already-registered",
    "household-head-required",
    "household-head-stays",
    "household-out-of-scope",
    "household-unknown",
    "households-repeated",
    "id-number-invalid",
    "id-number-repeated",
    "idempotency-key-required",
    "idempotency-key-reused",
    "import-empty",
    "import-file-missing",
    "internal-error",
    "login-name-taken",
    "login-refused",
    "login-throttled",
    "malformed-request",
    "media-type-unsupported",
    "member-already-left",
    "member-registered-elsewhere",
    "method-not-allowed",
    "method-unknown",
    "not-acceptable",
    "not-eligible",
    "not-found",
    "objection-open",
    "objection-resolved",
    "officer-related",
    "officer-required",
    "officer-state",
    "origin-not-allowed",
    "outside-area",
    "own-office",
    "parameter-unknown",
    "parameters-invalid",
    "password-refused",
    "policy-unknown",
    "position-invalid",
    "precondition-failed",
    "precondition-required",
    "publicity-not-over",
    "publicity-over",
    "quorum-not-met",
    "range-unsatisfiable",
    "rate-limited",
    "reason-required",
    "reasons-required",
    "references-repeated",
    "registration-decided",
    "relative-already-declared",
    "request-invalid",
    "reviewer-submitted",
    "role-not-yours-to-give",
    "scope-missing",
    "scopes-not-yours-to-give",
    "search-empty",
    "service-unavailable",
    "step-not-earlier",
    "streams-exhausted",
    "surveyors-incomplete",
    "suspect-already-verified",
    "suspect-awaits-village",
    "suspect-open",
    "suspect-signatory-wrong",
    "task-closed",
    "task-of-another-office",
    "ticket-expired",
    "ticket-invalid",
    "ticket-other-filter",
    "ticket-used",
    "token-expired",
    "token-invalid",
    "token-missing",
    "too-many-connections",
    "too-many-streams",
    "uri-too-long",
    "votes-exceed-roll",
]
"""问题的代码，见 docs/errors.md · A problem's code: cause and cure stand in docs/errors.md"""


Registration: TypeAlias = Literal["rural", "converted_in_place", "urban"]
"""- `rural` 农业户口 · Rural
- `converted_in_place` 就地农转非 · Converted to urban in place
- `urban` 非农业户口 · Urban
"""


Relation: TypeAlias = Literal[
    "head",
    "spouse",
    "child",
    "child_in_law",
    "grandchild",
    "parent",
    "parent_in_law",
    "grandparent",
    "sibling",
    "other",
]
"""- `head` 户主 · Head
- `spouse` 配偶 · Spouse
- `child` 子女 · Child
- `child_in_law` 儿媳女婿 · Child-in-law
- `grandchild` 孙子女、外孙子女 · Grandchild
- `parent` 父母 · Parent
- `parent_in_law` 岳父母、公婆 · Parent-in-law
- `grandparent` 祖父母、外祖父母 · Grandparent
- `sibling` 兄弟姐妹 · Sibling
- `other` 其他 · Other
"""


Role: TypeAlias = Literal[
    "county_officer",
    "township_officer",
    "township_clerk",
    "village_cadre",
    "resident_cadre",
    "helper",
    "supervisor",
    "auditor",
    "operator",
    "household_agent",
]
"""- `county_officer` 县级工作人员 · County officer
- `township_officer` 乡镇干部 · Township officer
- `township_clerk` 乡镇经办员 · Township clerk
- `village_cadre` 村干部 · Village cadre
- `resident_cadre` 驻村干部 · Resident cadre
- `helper` 帮扶责任人 · Helper
- `supervisor` 督查员 · Supervisor
- `auditor` 审计员 · Auditor
- `operator` 运维人员 · Operator
- `household_agent` 农户代办人 · Household's agent
"""


Schooling: TypeAlias = Literal[
    "not_at_school", "preschool", "primary", "junior_middle", "senior_middle", "vocational", "higher"
]
"""- `not_at_school` 非在校 · Not at school
- `preschool` 学前教育 · Preschool
- `primary` 小学 · Primary school
- `junior_middle` 初中 · Junior middle school
- `senior_middle` 高中 · Senior middle school
- `vocational` 中职 · Vocational school
- `higher` 大专及以上 · Higher education
"""


Sex: TypeAlias = Literal["male", "female"]
"""- `male` 男 · Male
- `female` 女 · Female
"""


Stage: TypeAlias = Literal[
    "submission",
    "appraisal",
    "posting",
    "publicity",
    "visit",
    "review",
    "comparison",
    "verification",
    "cleaning",
    "publication",
]
"""- `submission` 提交申请 · Submission
- `appraisal` 评议 · Appraisal
- `posting` 待张榜 · To be posted
- `publicity` 公示中 · Publicity
- `visit` 入户 · Visit
- `review` 审核 · Review
- `comparison` 比对 · Comparison
- `verification` 疑似核实 · Verification of suspects
- `cleaning` 清洗 · Cleaning
- `publication` 待公告 · To be announced
"""


Step: TypeAlias = Literal[
    "application",
    "group_appraisal",
    "survey",
    "village_appraisal",
    "township_review",
    "county_comparison",
    "data_cleaning",
    "announcement",
]
"""- `application` 农户申请 · Application
- `group_appraisal` 村民小组评议 · Group appraisal
- `survey` 入户调查 · Household survey
- `village_appraisal` 村级民主评议 · Village appraisal
- `township_review` 乡镇审核 · Township review
- `county_comparison` 县级数据比对 · County comparison
- `data_cleaning` 数据录入和清洗 · Data cleaning
- `announcement` 县级公告 · Announcement
"""


Verdict: TypeAlias = Literal["eligible", "exit", "ineligible", "met", "stay", "undetermined", "unmet"]
"""- `eligible` 符合识别标准 · Eligible
- `ineligible` 不符合识别标准 · Ineligible
- `undetermined` 事实不全，未能判定 · Undetermined: facts are missing
- `exit` 达到退出标准 · May exit
- `stay` 未达到退出标准 · Stays registered
- `met` 达标 · Met
- `unmet` 未达标 · Not met
"""


Version: TypeAlias = int
"""版本，每次变更加一 · A version: one more with each change"""


Year: TypeAlias = int
"""年度 · A year"""

"""Identification's events: the eight steps of entry and return, in the field's words."""

from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from shared.events import words
from shared.events.base import Event
from shared.events.wording import said

Passed = Annotated[int, said("通过的事项数", "How many of the cases passed")]
HasPassed = Annotated[bool, said("是否通过", "Whether the case passed")]
EndsAt = Annotated[
    datetime,
    said(
        "公示期满的时刻：末日 24:00（北京时间）",
        "When the notice has stood long enough: 24:00 of its last day in Beijing",
    ),
]


class CaseEvent(Event):
    """Something happened to one household's case; ``step`` and ``state`` are those after it."""

    ABSTRACT: ClassVar[bool] = True
    AGGREGATE: ClassVar[str] = "case_id"

    case_id: words.CaseId
    household_id: words.HouseholdId
    kind: Annotated[words.Kind, said("程序种类", "Which procedure", words.KINDS)]
    step: Annotated[words.Step, said("此后所处的步骤", "Where the case stands after it", words.STEPS)]
    state: Annotated[words.State, said("此后的状态", "The case's state after it", words.STATES)]


class ListEvent(Event):
    """The header of a list: what was done to its cases together. Each case has an event of its own beside it."""

    ABSTRACT: ClassVar[bool] = True
    AGGREGATE: ClassVar[str] = "list_id"

    list_id: words.ListId
    cases: Annotated[int, said("名单上的事项数", "How many cases the list holds")]


# 1 application


class ApplicationSubmitted(CaseEvent):
    """农户的申请已收到，事项由此开始 · An application came in; the case begins."""


class ApplicationAccepted(CaseEvent):
    """已受理：在识别范围内，无其他在办事项，尚未登记 · In scope, no other open case, not already registered."""


# 2 group appraisal and first publicity


class GroupAppraisalHeld(ListEvent):
    """村民小组召开评议会，对名单逐户表决 · The villagers' group has met and voted on each case of the list."""

    passed: Passed


class CaseAppraisedByGroup(CaseEvent):
    """名单中一个事项的小组评议结果 · What the group's meeting decided of one case."""

    list_id: words.ListId
    passed: HasPassed


class GroupPublicityStarted(ListEvent):
    """第一次公示张贴 · The first notice was posted."""

    ends_at: EndsAt


class CasePublicisedInGroup(CaseEvent):
    """一个事项列入第一次公示 · One case stands on the first notice."""

    list_id: words.ListId


class GroupPublicityEnded(ListEvent):
    """第一次公示期满 · The first notice has stood long enough."""


class CasePassedGroupPublicity(CaseEvent):
    """公示期满而无未决异议，事项进入下一步 · No objection is open: the case goes on."""

    list_id: words.ListId


class ObjectionRaised(CaseEvent):
    """有人对公示中的一个事项提出异议；只搁置该事项，不影响名单上其他事项 ·
    Somebody objected to one case; it waits, the list goes on.
    """

    objection_id: words.ObjectionId
    list_id: words.ListId


class ObjectionResolved(CaseEvent):
    """异议核实完毕 · The objection was looked into."""

    objection_id: words.ObjectionId
    outcome: Annotated[words.Resolution, said("核实结果", "What came of it", words.RESOLUTIONS)]


# 3 survey


class HouseholdSurveyed(CaseEvent):
    """入户调查完成，按政策作出判定；``undetermined`` 时事项留在本步骤 ·
    The household was visited and judged by the policy; undetermined, it stays at this step.
    """

    assessment_id: Annotated[UUID, said("评估标识", "The assessment")]
    assessment_version: Annotated[int, said("评估版本", "Its version")]
    verdict: Annotated[words.Verdict, said("判定", "The verdict", words.VERDICTS)]


# 4 village appraisal and second publicity


class VillageAppraisalHeld(ListEvent):
    """村级召开民主评议会，对名单逐户表决 · The village has met and voted on each case of the list."""

    passed: Passed


class CaseAppraisedByVillage(CaseEvent):
    """名单中一个事项的村级评议结果 · What the village's meeting decided of one case."""

    list_id: words.ListId
    passed: HasPassed


class VillagePublicityStarted(ListEvent):
    """第二次公示张贴 · The second notice was posted."""

    ends_at: EndsAt


class CasePublicisedInVillage(CaseEvent):
    """一个事项列入第二次公示 · One case stands on the second notice."""

    list_id: words.ListId


class VillagePublicityEnded(ListEvent):
    """第二次公示期满 · The second notice has stood long enough."""


class CasePassedVillagePublicity(CaseEvent):
    """公示期满而无未决异议，事项进入下一步 · No objection is open: the case goes on."""

    list_id: words.ListId


# 5 township review


class TownshipReviewCompleted(ListEvent):
    """乡镇审核完一份名单 · The township has reviewed a list."""

    approved: Annotated[int, said("通过的事项数", "How many were approved")]
    rejected: Annotated[int, said("驳回的事项数", "How many were rejected")]
    returned: Annotated[int, said("退回的事项数", "How many were sent back")]


class CaseReviewedByTownship(CaseEvent):
    """乡镇对一个事项的审核决定 · What the township decided of one case."""

    list_id: words.ListId
    decision: Annotated[words.Decision, said("审核决定", "The decision", words.DECISIONS)]


# 6 county comparison


class CountyComparisonStarted(ListEvent):
    """县级开始与部门数据比对 · The county compares the list with departments' extracts."""


class CountyComparisonCompleted(ListEvent):
    """县级数据比对完成 · The comparison is done."""

    flagged: Annotated[int, said("有疑似问题的事项数", "How many cases have suspects")]


class CaseCompared(CaseEvent):
    """一个事项比对完毕 · One case was compared."""

    list_id: words.ListId
    suspects: Annotated[int, said("该事项的疑似问题数", "How many suspects the case has")]


class CountyComparisonFlaggedSuspect(CaseEvent):
    """比对发现一处疑似问题，须由村和乡镇核实；事件不说明内容 ·
    Something was found that village and township must look into; never told is what.
    """

    suspect_id: words.SuspectId
    list_id: words.ListId


class SuspectReverified(CaseEvent):
    """村或乡镇签署核实意见；两级意见一致后才有 ``outcome`` ·
    A signature of village or township; ``outcome`` stands once both have signed alike.
    """

    suspect_id: words.SuspectId
    level: Annotated[words.Signature, said("签署的一级", "Who signed", words.SIGNATURES)]
    outcome: Annotated[
        words.Verification | None,
        said("核实结论；两级意见尚未一致时为 null", "What both found, or null for now", words.VERIFICATIONS),
    ]


class CasePassedCountyComparison(CaseEvent):
    """疑似问题均已排除或说明 · Every suspect was refuted or cleared."""


# 7 data cleaning


class DataCleaningCompleted(ListEvent):
    """一份名单的数据录入和清洗完成 · A list's data were entered and cleaned."""

    clean: Annotated[int, said("数据完整的事项数", "How many cases are clean")]


class DataIssueFound(CaseEvent):
    """发现一处待更正的数据问题；事件不说明内容 · Something in the record is to be mended; never told is what."""

    issue_id: words.IssueId


class DataIssueMended(CaseEvent):
    """数据问题已更正 · The issue was mended."""

    issue_id: words.IssueId


class CaseCleaned(CaseEvent):
    """一个事项的数据完整无误 · The case's data are whole."""

    list_id: words.ListId


# 8 announcement


class AnnouncementPublished(ListEvent):
    """县级发布公告 · The county has announced a list."""

    published_on: Annotated[date, said("公告日期", "The day of the announcement")]


class HouseholdIdentified(CaseEvent):
    """农户登记为贫困户 · The household is registered poor."""

    list_id: words.ListId
    registration_version: words.RegistrationVersion


# at any step


class CaseRejected(CaseEvent):
    """事项被驳回；``ground`` 只说明决定的种类，不说明背后的事实 ·
    ``ground`` tells the kind of decision, never the fact behind it.
    """

    ground: Annotated[words.Ground, said("驳回的种类", "On what ground", words.GROUNDS)]


class CaseReturned(CaseEvent):
    """退回到 ``step`` 所指的较早步骤 · Sent back to the earlier step that ``step`` now names."""

    returned_from: Annotated[words.Step, said("退回前所处的步骤", "Where the case stood before", words.STEPS)]


class CaseWithdrawn(CaseEvent):
    """农户撤回申请 · The household withdrew its application."""


# registrations and policies


class HouseholdRegistrationImported(Event):
    """期初数据：系统启用前已是贫困户或脱贫户 · The opening balance: who was already poor or exited."""

    AGGREGATE: ClassVar[str] = "household_id"

    household_id: words.HouseholdId
    status: Annotated[words.Registered, said("登记状态", "The status", words.REGISTERED)]
    since: Annotated[date, said("自何日起", "Since when")]
    registration_version: words.RegistrationVersion


class PolicyPublished(Event):
    """一个区划一个年度的政策参数发布了新版本 · A division's parameters of a year have a new version."""

    AGGREGATE: ClassVar[str] = "policy_id"

    policy_id: Annotated[UUID, said("政策版本标识", "The policy's version")]
    year: Annotated[int, said("年度", "The year")]
    version: Annotated[str, said("版本号", "Its number, as verdicts name it")]

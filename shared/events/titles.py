"""What every event is called, in Chinese and English."""

from collections.abc import Mapping
from typing import NamedTuple

from shared.events import Event, audit, delivery, gateway, households, identification, notifications


class Text(NamedTuple):
    zh: str
    en: str


_TEXTS: Mapping[type[Event], Text] = {
    # 1 application
    identification.ApplicationSubmitted: Text("农户提交申请", "Application submitted"),
    identification.ApplicationAccepted: Text("受理申请", "Application accepted"),
    # 2 group appraisal and first publicity
    identification.GroupAppraisalHeld: Text("召开村民小组评议会", "Group appraisal held"),
    identification.CaseAppraisedByGroup: Text("村民小组评议", "Appraised by the villagers' group"),
    identification.GroupPublicityStarted: Text("第一次公示开始", "First publicity started"),
    identification.CasePublicisedInGroup: Text("列入第一次公示", "Publicised in the group"),
    identification.GroupPublicityEnded: Text("第一次公示期满", "First publicity ended"),
    identification.CasePassedGroupPublicity: Text("通过第一次公示", "Passed the first publicity"),
    identification.ObjectionRaised: Text("有人提出异议", "Objection raised"),
    identification.ObjectionResolved: Text("异议核实完毕", "Objection resolved"),
    # 3 survey
    identification.HouseholdSurveyed: Text("完成入户调查", "Household surveyed"),
    # 4 village appraisal and second publicity
    identification.VillageAppraisalHeld: Text("召开村级民主评议会", "Village appraisal held"),
    identification.CaseAppraisedByVillage: Text("村级民主评议", "Appraised by the village"),
    identification.VillagePublicityStarted: Text("第二次公示开始", "Second publicity started"),
    identification.CasePublicisedInVillage: Text("列入第二次公示", "Publicised in the village"),
    identification.VillagePublicityEnded: Text("第二次公示期满", "Second publicity ended"),
    identification.CasePassedVillagePublicity: Text("通过第二次公示", "Passed the second publicity"),
    # 5 township review
    identification.TownshipReviewCompleted: Text("乡镇完成审核", "Township review completed"),
    identification.CaseReviewedByTownship: Text("乡镇审核", "Reviewed by the township"),
    # 6 county comparison
    identification.CountyComparisonStarted: Text("县级数据比对开始", "County comparison started"),
    identification.CountyComparisonCompleted: Text("县级数据比对完成", "County comparison completed"),
    identification.CaseCompared: Text("完成数据比对", "Compared by the county"),
    identification.CountyComparisonFlaggedSuspect: Text("比对发现疑似问题", "Comparison flagged a suspect"),
    identification.SuspectReverified: Text("疑似问题核实签字", "Suspect re-verified"),
    identification.CasePassedCountyComparison: Text("通过县级数据比对", "Passed the county comparison"),
    # 7 data cleaning
    identification.DataCleaningCompleted: Text("完成数据清洗", "Data cleaning completed"),
    identification.DataIssueFound: Text("发现数据问题", "Data issue found"),
    identification.DataIssueMended: Text("数据问题已更正", "Data issue mended"),
    identification.CaseCleaned: Text("数据录入和清洗完成", "Data cleaned"),
    # 8 announcement
    identification.AnnouncementPublished: Text("发布县级公告", "Announcement published"),
    identification.HouseholdIdentified: Text("认定为贫困户", "Household identified as poor"),
    # at any step
    identification.CaseRejected: Text("驳回", "Case rejected"),
    identification.CaseReturned: Text("退回", "Case returned to an earlier step"),
    identification.CaseWithdrawn: Text("农户撤回申请", "Case withdrawn"),
    # registrations and policies
    identification.HouseholdRegistrationImported: Text("导入建档立卡登记", "Registration imported"),
    identification.PolicyPublished: Text("发布政策参数", "Policy published"),
    # households
    households.HouseholdRegistered: Text("登记农户", "Household registered"),
    households.MembershipChanged: Text("家庭成员变动", "Membership changed"),
    households.HouseholdMoved: Text("农户迁移", "Household moved"),
    households.PersonalDataAccessed: Text("查阅个人信息", "Personal data accessed"),
    # tasks
    notifications.TaskCreated: Text("下达任务", "Task created"),
    notifications.TaskCompleted: Text("任务完成", "Task completed"),
    notifications.TaskCancelled: Text("任务取消", "Task cancelled"),
    # dead letters
    delivery.EventDeadLettered: Text("事件处理失败，成为死信", "Event dead-lettered"),
    audit.DeadLetterReplayRequested: Text("决定重试死信", "Replay of a dead letter decided"),
    audit.DeadLetterSkipRequested: Text("决定跳过死信", "Skipping of a dead letter decided"),
    delivery.DeadLetterReplayed: Text("死信重新处理", "Dead letter replayed"),
    delivery.DeadLetterSkipped: Text("死信已跳过", "Dead letter skipped"),
    delivery.DeadLetterGone: Text("死信已不存在", "Dead letter gone"),
    delivery.DeadLetterSettled: Text("死信重试成功", "Dead letter settled"),
    delivery.DeadLetterDiedAgain: Text("死信重试再次失败", "Dead letter died again"),
    # the system
    gateway.OfficerAppointed: Text("任命工作人员", "Officer appointed"),
    gateway.OfficerTransferred: Text("工作人员调岗", "Officer transferred"),
    gateway.OfficerSuspended: Text("暂停工作人员权限", "Officer suspended"),
    gateway.OfficerReinstated: Text("恢复工作人员权限", "Officer reinstated"),
    gateway.OfficerDeparted: Text("工作人员离任", "Officer departed"),
    gateway.OfficerPasswordReset: Text("重置工作人员口令", "Officer's password reset"),
    gateway.ApiClientRegistered: Text("登记系统客户端", "API client registered"),
    gateway.ApiClientSecretRenewed: Text("更换客户端密钥", "API client's secret renewed"),
    gateway.ApiClientRevoked: Text("撤销系统客户端", "API client revoked"),
    gateway.PolicyClockAdvanced: Text("拨动沙箱时钟", "Sandbox clock moved forward"),
    gateway.RefusalsCounted: Text("屡次被拒绝的请求", "Refusals counted"),
}
TEXTS: Mapping[str, Text] = {model.type(): text for model, text in _TEXTS.items()}


def text_of(type_: str, name: str) -> Text:
    """A type that this build does not know is called by its name."""
    return TEXTS.get(type_, Text(name, name))

"""Codes of the procedure: its steps and what happens at them, and the states of what it moves."""

from shared.codes.code import Code


class Step(Code):
    APPLICATION = "application", "农户申请", "Application"
    GROUP_APPRAISAL = "group_appraisal", "村民小组评议", "Group appraisal"
    SURVEY = "survey", "入户调查", "Household survey"
    VILLAGE_APPRAISAL = "village_appraisal", "村级民主评议", "Village appraisal"
    TOWNSHIP_REVIEW = "township_review", "乡镇审核", "Township review"
    COUNTY_COMPARISON = "county_comparison", "县级数据比对", "County comparison"
    DATA_CLEANING = "data_cleaning", "数据录入和清洗", "Data cleaning"
    ANNOUNCEMENT = "announcement", "县级公告", "Announcement"


class Stage(Code):
    """Where a case stands within its step."""

    SUBMISSION = "submission", "提交申请", "Submission"
    APPRAISAL = "appraisal", "评议", "Appraisal"
    POSTING = "posting", "待张榜", "To be posted"
    PUBLICITY = "publicity", "公示中", "Publicity"
    VISIT = "visit", "入户", "Visit"
    REVIEW = "review", "审核", "Review"
    COMPARISON = "comparison", "比对", "Comparison"
    VERIFICATION = "verification", "疑似核实", "Verification of suspects"
    CLEANING = "cleaning", "清洗", "Cleaning"
    PUBLICATION = "publication", "待公告", "To be announced"


class Action(Code):
    ACCEPT = "accept", "重新提交申请", "Hand the application in again"
    APPRAISE = "appraise", "记录评议", "Record the appraisal"
    POST = "post", "张榜公示", "Post the publicity"
    OBJECT = "object", "提出异议", "Raise an objection"
    RESOLVE_OBJECTION = "resolve_objection", "处理异议", "Resolve the objection"
    END_PUBLICITY = "end_publicity", "公示期满", "End the publicity"
    SURVEY = "survey", "录入入户调查", "Record the home visit"
    REVIEW = "review", "审核", "Review"
    COMPARE = "compare", "数据比对", "Compare with extracts"
    VERIFY_SUSPECT = "verify_suspect", "核实疑似对象", "Sign for the suspect"
    CLEAN = "clean", "数据清洗", "Clean the data"
    ANNOUNCE = "announce", "公告", "Announce"
    REJECT = "reject", "驳回", "Reject"
    RETURN = "return", "退回", "Return to an earlier step"
    WITHDRAW = "withdraw", "撤回申请", "Withdraw"


class CaseKind(Code):
    ENTRY = "entry", "贫困户识别", "Entry into poverty registration"
    RETURN = "return", "返贫户识别", "Return to poverty registration"


class CaseState(Code):
    OPEN = "open", "办理中", "Open"
    IDENTIFIED = "identified", "已识别", "Identified"
    EXITED = "exited", "已退出", "Exited"
    REJECTED = "rejected", "已驳回", "Rejected"
    WITHDRAWN = "withdrawn", "已撤回", "Withdrawn"


class ListState(Code):
    DONE = "done", "已完成", "Done"
    POSTED = "posted", "公示中", "Posted"
    ENDED = "ended", "公示期满", "Ended"
    RUNNING = "running", "比对中", "Running"
    FAILED = "failed", "失败", "Failed"


class ObjectionState(Code):
    OPEN = "open", "待核实", "Open"
    UPHELD = "upheld", "成立", "Upheld"
    DISMISSED = "dismissed", "不成立", "Dismissed"


class SuspectState(Code):
    OPEN = "open", "待核实", "Open"
    REFUTED = "refuted", "误报", "Refuted: not theirs"
    CLEARED = "cleared", "属实但不构成否决", "Cleared: true, yet no bar"
    CONFIRMED = "confirmed", "属实", "Confirmed: the bar holds"


class Verdict(Code):
    """What the policy says of the facts of a household, or of a village."""

    ELIGIBLE = "eligible", "符合识别标准", "Eligible"
    INELIGIBLE = "ineligible", "不符合识别标准", "Ineligible"
    UNDETERMINED = "undetermined", "事实不全，未能判定", "Undetermined: facts are missing"
    EXIT = "exit", "达到退出标准", "May exit"
    STAY = "stay", "未达到退出标准", "Stays registered"
    MET = "met", "达标", "Met"
    UNMET = "unmet", "未达标", "Not met"


class TaskState(Code):
    OPEN = "open", "待办", "Open"
    DONE = "done", "已办", "Done"
    CANCELLED = "cancelled", "已取消", "Cancelled"


class ResourceAction(Code):
    """What may be done with other things than cases."""

    CONFIRM_ENDING = "confirm_ending", "确认公示期满", "Confirm that the publicity has ended"
    RESOLVE = "resolve", "处理异议", "Resolve the objection"
    COMPLETE = "complete", "完成任务", "Complete the task"
    REPLAY = "replay", "重试", "Replay"
    SKIP = "skip", "跳过", "Skip"
    CHANGE = "change", "变更任职", "Change the office"
    SUSPEND = "suspend", "暂停权限", "Suspend"
    REINSTATE = "reinstate", "恢复权限", "Reinstate"
    DEPART = "depart", "办理离任", "Depart"
    RESET_PASSWORD = "reset-password", "重设密码", "Reset the password"
    RENEW_SECRET = "renew-secret", "更换密钥", "Renew the secret"
    REVOKE = "revoke", "撤销", "Revoke"

"""Every operation of the API, as a request to send: made from its OpenAPI document, see ``make clients``."""

from __future__ import annotations

from typing import Literal

from jingzhun_client.models import (
    Advance,
    AnnouncementBody,
    ApiClientAnswer,
    ApiClientAnswerPage,
    ApiClientBody,
    ApiClientChanged,
    ApiClientSecret,
    ApplicationBody,
    ApplicationImportAnswer,
    ApplicationImportBody,
    AppraisalBody,
    AssessmentBody,
    AssessmentList,
    AssessmentReference,
    CaseAnswer,
    CaseKind,
    CaseState,
    CaseSummaryPage,
    Changed,
    CleaningBody,
    ClientState,
    Clock,
    CodeLists,
    ComparisonAnswer,
    ComparisonAnswerPage,
    ComparisonBody,
    CompletionBody,
    DatasetAnswer,
    DatasetAnswerPage,
    DeadLetterAnswer,
    DeadLetterAnswerPage,
    DeadLetterDecisionBody,
    Digest,
    DivisionAnswer,
    DivisionAnswerPage,
    DivisionCode,
    DivisionLevel,
    DivisionsBody,
    DivisionsLoaded,
    EvaluationAnswer,
    EvaluationBody,
    EventFlow,
    EventPage,
    EvidenceAnswer,
    ExtractKind,
    HouseholdAnswer,
    HouseholdBody,
    HouseholdChanges,
    HouseholdImportAnswer,
    HouseholdStatus,
    HouseholdSummaryPage,
    Id,
    ImportedHouseholdAnswerPage,
    ImportFaultAnswerPage,
    IssuesAnswer,
    IssueTokenAnswer,
    IssueTokenBody,
    JoiningBody,
    LetterState,
    ListAnswer,
    ListAnswerPage,
    ListEntryPage,
    ListSigningKeysAnswer,
    Login,
    Me,
    MemberAnswerPage,
    MemberChanges,
    Moment,
    ObjectionAnswer,
    ObjectionAnswerPage,
    ObjectionBody,
    ObjectionSummaryPage,
    OfficerAnswer,
    OfficerAnswerPage,
    OfficerBody,
    OfficerChanged,
    OfficerChanges,
    OfficerState,
    OfficerWithPassword,
    PasswordChange,
    PolicyAnswer,
    PolicyBody,
    PublicityBody,
    PublishedAnswer,
    ReadAuthorizationServerAnswer,
    ReasonBody,
    Reference,
    RegistrationAnswerPage,
    RegistrationImportAnswer,
    RegistrationImportBody,
    RelativeAnswer,
    RelativeAnswerPage,
    RelativeBody,
    RemovalBody,
    ResolutionBody,
    ResubmissionBody,
    ReturnBody,
    ReviewBody,
    RevokeTokenBody,
    Role,
    SearchBody,
    SecretRenewal,
    Session,
    Stage,
    Step,
    StreamTicketAnswer,
    StreamTicketBody,
    SurveyAnswer,
    SurveyBody,
    SurveyImportAnswer,
    SurveyImportBody,
    SuspectAnswer,
    SuspectSummaryPage,
    TaskAnswer,
    TaskAnswerPage,
    Timeline,
    VerificationBody,
    WorkflowList,
    Year,
)
from jingzhun_client.requests import Request, form, json, request


def add_household_member(household_id: Id, body: JoiningBody) -> Request[Changed]:
    """新增家庭成员 · Add a member

    登记一名新成员及其入户的原因与日期。

    Somebody has joined a registered household, by birth, marriage or otherwise.

    可调用 · Who may: 县级工作人员、乡镇经办员、村干部 · county officer, township clerk, village cadre

    拒绝 · Refused by: `booklet-number-taken`, `household-head-required`, `id-number-invalid`, `id-number-repeated`,
    `member-registered-elsewhere`, `not-found`
    """
    return request(
        "POST",
        "/v1/households/{household_id}/members",
        Changed,
        name="add_household_member",
        path={"household_id": household_id},
        sent=json(body),
        keyed=True,
    )


def advance_sandbox_clock(body: Advance) -> Request[Clock]:
    """拨快沙箱时钟 · Advance the sandbox's clock

    把所有服务的沙箱时钟一并拨快；只能向前，至多十年。仅沙箱提供。

    Move the policy clock forward, in every service before this answers. It never moves backwards.

    可调用 · Who may: 运维人员 · operator

    拒绝 · Refused by: `clock-backwards`, `clock-not-set`, `clock-too-far`, `not-found`
    """
    return request("POST", "/v1/sandbox/clock", Clock, name="advance_sandbox_clock", sent=json(body), keyed=True)


def appoint_officer(body: OfficerBody) -> Request[OfficerWithPassword]:
    """任命工作人员 · Appoint an officer

    在辖区内任命一名工作人员，角色不得高于自己；有登录名的，生成初始口令，仅告知一次，七天内有效，只能用来更改口令。

    Appoint an officer in the caller's area, of no role above the caller's.

    With a login name an initial password is made and told once: it lasts seven days, and opens nothing but changing
    it.

    可调用 · Who may: 县级工作人员，须为具体的工作人员 · county officer; it must be an officer

    拒绝 · Refused by: `login-name-taken`, `officer-required`, `outside-area`, `role-not-yours-to-give`
    """
    return request("POST", "/v1/officers", OfficerWithPassword, name="appoint_officer", sent=json(body), keyed=True)


def change_officer(officer_id: Id, body: OfficerChanges, *, if_match: str) -> Request[OfficerChanged]:
    """变更工作人员 · Change an officer

    变更姓名、登录名、角色或区划；角色或区划有变的，此前的令牌全部失效。

    Change names, role or division, from and to what the caller may appoint. What is not named stays.

    With another role or division every token of before ends.

    可调用 · Who may: 县级工作人员，须为具体的工作人员 · county officer; it must be an officer

    拒绝 · Refused by: `login-name-taken`, `not-found`, `officer-required`, `officer-state`, `outside-area`, `own-
    office`, `precondition-failed`, `precondition-required`, `role-not-yours-to-give`
    """
    return request(
        "PATCH",
        "/v1/officers/{officer_id}",
        OfficerChanged,
        name="change_officer",
        path={"officer_id": officer_id},
        headers={"If-Match": if_match},
        sent=json(body),
        keyed=True,
    )


def change_password(body: PasswordChange) -> Request[None]:
    """更改本人口令 · Change one's own password

    更改本人口令；此前的令牌全部失效，须重新登录。

    Every token of before ends within seconds, this one too: log in anew.

    可调用 · Who may: 任何角色，须为具体的工作人员 · any role; it must be an officer

    拒绝 · Refused by: `login-name-taken`, `login-refused`, `login-throttled`, `not-found`, `officer-required`,
    `password-refused`
    """
    return request("PUT", "/v1/me/password", type(None), name="change_password", sent=json(body))


def clean_cases(body: CleaningBody) -> Request[ListAnswer]:
    """数据清洗 · Clean a list of cases

    按规则检查名单中各户的档案；没有问题的进入下一环节并按当日事实评估，有问题的留下并列出问题。

    Finds the issues in the records of each household; a case without one goes on, with the verdict of the day.

    可调用 · Who may: 乡镇经办员，须为具体的工作人员 · township clerk; it must be an officer

    拒绝 · Refused by: `case-at-another-step`, `case-closed`, `case-outside-list-area`, `cases-repeated`, `cases-
    unknown`, `objection-open`, `officer-required`, `outside-area`, `policy-unknown`, `publicity-not-over`,
    `suspect-open`
    """
    return request("POST", "/v1/data-cleanings", ListAnswer, name="clean_cases", sent=json(body), keyed=True)


def complete_task(task_id: Id, body: CompletionBody) -> Request[TaskAnswer]:
    """完成任务 · Complete a task

    任务由其岗位的工作人员办结，可附备注。

    By an officer of the task's office. What settles the matter itself completes its task without this call.

    可调用 · Who may: 县级工作人员、帮扶责任人、农户代办人、驻村干部、乡镇经办员、乡镇干部、村干部，须为具体的工作人员 · county officer, helper, household agent,
    resident cadre, township clerk, township officer, village cadre; it must be an officer

    拒绝 · Refused by: `not-found`, `officer-required`, `task-closed`, `task-of-another-office`
    """
    return request(
        "POST",
        "/v1/tasks/{task_id}/completion",
        TaskAnswer,
        name="complete_task",
        path={"task_id": task_id},
        sent=json(body),
        keyed=True,
    )


def confirm_publicity_ended(list_id: Id) -> Request[ListAnswer]:
    """确认公示期满 · Confirm that a publicity has ended

    确认时钟已经作出的决定；未届满的被拒绝，任何人不得提前结束公示。

    Tells what the clock has decided; before the end it is refused, for nobody ends a publicity early.

    可调用 · Who may: 村干部 · village cadre

    拒绝 · Refused by: `case-at-another-step`, `case-closed`, `not-found`, `publicity-not-over`
    """
    return request(
        "POST",
        "/v1/publicities/{list_id}/ending",
        ListAnswer,
        name="confirm_publicity_ended",
        path={"list_id": list_id},
        keyed=True,
    )


def correct_household(household_id: Id, body: HouseholdChanges, *, if_match: str) -> Request[Changed]:
    """更正农户信息 · Correct a household's record

    更正一户的档案；所给的替换原有的，null 表示清除。

    Correct booklet number, address or who lives together. What is not named stays.

    可调用 · Who may: 县级工作人员、乡镇经办员、村干部 · county officer, township clerk, village cadre

    拒绝 · Refused by: `booklet-number-taken`, `household-head-required`, `member-registered-elsewhere`, `not-found`,
    `precondition-failed`, `precondition-required`
    """
    return request(
        "PATCH",
        "/v1/households/{household_id}",
        Changed,
        name="correct_household",
        path={"household_id": household_id},
        headers={"If-Match": if_match},
        sent=json(body),
        keyed=True,
    )


def correct_member(household_id: Id, member_id: Id, body: MemberChanges, *, if_match: str) -> Request[Changed]:
    """更正成员信息 · Correct a member's record

    更正一名成员的档案；所给的替换原有的，null 表示未知。

    Correct what is recorded of a member; `If-Match` is the household's ETag.

    可调用 · Who may: 县级工作人员、乡镇经办员、村干部 · county officer, township clerk, village cadre

    拒绝 · Refused by: `booklet-number-taken`, `household-head-required`, `id-number-invalid`, `id-number-repeated`,
    `member-already-left`, `member-registered-elsewhere`, `not-found`, `precondition-failed`, `precondition-
    required`
    """
    return request(
        "PATCH",
        "/v1/households/{household_id}/members/{member_id}",
        Changed,
        name="correct_member",
        path={"household_id": household_id, "member_id": member_id},
        headers={"If-Match": if_match},
        sent=json(body),
        keyed=True,
    )


def declare_relative(household_id: Id, body: RelativeBody) -> Request[RelativeAnswer]:
    """申报亲属关系 · Declare an officer a relative

    申报某工作人员与此户有亲属关系；该工作人员须回避此户的事项。

    Record that an officer is related to the household and decides nothing about it.

    可调用 · Who may: 县级工作人员、乡镇经办员、村干部，须为具体的工作人员 · county officer, township clerk, village cadre; it must be an officer

    拒绝 · Refused by: `not-found`, `officer-required`, `relative-already-declared`
    """
    return request(
        "POST",
        "/v1/households/{household_id}/relatives",
        RelativeAnswer,
        name="declare_relative",
        path={"household_id": household_id},
        sent=json(body),
        keyed=True,
    )


def end_membership(household_id: Id, member_id: Id, body: RemovalBody) -> Request[Changed]:
    """成员离户 · End a membership

    成员离户：记录原因与日期，档案保留。

    Somebody has left the household, or stands in two and is struck from this one. The history stays.

    可调用 · Who may: 县级工作人员、乡镇经办员、村干部 · county officer, township clerk, village cadre

    拒绝 · Refused by: `booklet-number-taken`, `household-head-required`, `household-head-stays`, `member-already-
    left`, `member-registered-elsewhere`, `not-found`
    """
    return request(
        "POST",
        "/v1/households/{household_id}/members/{member_id}/removal",
        Changed,
        name="end_membership",
        path={"household_id": household_id, "member_id": member_id},
        sent=json(body),
        keyed=True,
    )


def evaluate_households(division: DivisionCode, year: Year, body: EvaluationBody) -> Request[EvaluationAnswer]:
    """按政策评估 · Evaluate households' facts

    给出事实，得到结论与每一项标准的判定；不保存任何内容。null 与未填即未知。一次至多一万户。

    Facts in, verdict with every criterion out; nothing is stored. Null and absent facts are unknown.

    可调用 · Who may: 县级工作人员、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · county officer, resident cadre, supervisor, township clerk,
    township officer, village cadre

    拒绝 · Refused by: `facts-invalid`, `policy-unknown`, `references-repeated`
    """
    return request(
        "POST",
        "/v1/policies/{division}/{year}/evaluations",
        EvaluationAnswer,
        name="evaluate_households",
        path={"division": division, "year": year},
        sent=json(body),
    )


def get_announcement(list_id: Id) -> Request[ListAnswer]:
    """查看公告 · One of the announcements

    何时由谁公告，涉及多少事项。

    What was done, when, by whom, to how many cases, and what the caller may do with it.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `not-found`
    """
    return request("GET", "/v1/announcements/{list_id}", ListAnswer, name="get_announcement", path={"list_id": list_id})


def get_appraisal(list_id: Id) -> Request[ListAnswer]:
    """查看评议 · One of the appraisals

    何时由谁评议，涉及多少事项。

    What was done, when, by whom, to how many cases, and what the caller may do with it.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `not-found`
    """
    return request("GET", "/v1/appraisals/{list_id}", ListAnswer, name="get_appraisal", path={"list_id": list_id})


def get_case(case_id: Id) -> Request[CaseAnswer]:
    """查看一个事项 · One case

    一个事项的现状、经过，以及调用者现在可进行的操作。

    With its history and what the caller may do next.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `case-at-another-step`, `case-closed`, `not-found`, `publicity-not-over`
    """
    return request("GET", "/v1/cases/{case_id}", CaseAnswer, name="get_case", path={"case_id": case_id})


def get_comparison(comparison_id: Id) -> Request[ComparisonAnswer]:
    """查看一次数据比对 · One comparison

    一次比对的进度与结果。

    Its progress while it runs, its result afterwards.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `not-found`
    """
    return request(
        "GET",
        "/v1/comparisons/{comparison_id}",
        ComparisonAnswer,
        name="get_comparison",
        path={"comparison_id": comparison_id},
    )


def get_comparison_dataset(dataset_id: Id) -> Request[DatasetAnswer]:
    """查看一份比对数据表 · One extract

    一份数据表的类别、行数与状态；从不返回其内容。

    What it is; its rows are never shown.

    可调用 · Who may: 县级工作人员 · county officer

    拒绝 · Refused by: `not-found`
    """
    return request(
        "GET",
        "/v1/comparison-datasets/{dataset_id}",
        DatasetAnswer,
        name="get_comparison_dataset",
        path={"dataset_id": dataset_id},
    )


def get_data_cleaning(list_id: Id) -> Request[ListAnswer]:
    """查看数据清洗 · One of the data cleanings

    何时由谁清洗，涉及多少事项。

    What was done, when, by whom, to how many cases, and what the caller may do with it.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `not-found`
    """
    return request(
        "GET", "/v1/data-cleanings/{list_id}", ListAnswer, name="get_data_cleaning", path={"list_id": list_id}
    )


def get_dead_letter(letter_id: Id) -> Request[DeadLetterAnswer]:
    """查看一封死信 · One dead letter

    一封死信、对它的决定，以及调用者可作的决定。

    With what was decided about it, and what the caller may decide.

    可调用 · Who may: 审计员、运维人员 · auditor, operator

    拒绝 · Refused by: `not-found`, `position-invalid`
    """
    return request(
        "GET", "/v1/dead-letters/{letter_id}", DeadLetterAnswer, name="get_dead_letter", path={"letter_id": letter_id}
    )


def get_evidence(digest: Digest, *, range: str | None = None) -> Request[bytes]:
    """读取佐证材料 · Read evidence

    在辖区内上传的、或属于辖区内事项的佐证材料的内容，或其中一段（Range）；一次请求多段时给出全文。

    The bytes or a range of them, where they were uploaded within the caller's area or belong to its application.

    可调用 · Who may: 县级工作人员、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · county officer, resident cadre, supervisor, township clerk,
    township officer, village cadre

    拒绝 · Refused by: `evidence-lost`, `not-found`, `precondition-failed`, `range-unsatisfiable`
    """
    return request(
        "GET", "/v1/evidence/{digest}", bytes, name="get_evidence", path={"digest": digest}, headers={"Range": range}
    )


def get_objection(objection_id: Id) -> Request[ObjectionAnswer]:
    """查看一条异议 · One objection

    一条异议的状态；从不显示是谁提出。

    Who objected is never shown.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `not-found`
    """
    return request(
        "GET",
        "/v1/objections/{objection_id}",
        ObjectionAnswer,
        name="get_objection",
        path={"objection_id": objection_id},
    )


def get_policy(division: DivisionCode, year: Year) -> Request[PolicyAnswer]:
    """查看政策 · The policy in force

    在该区划生效的政策参数，以及由其决定的各项标准。

    The parameters that hold in the division, and the criteria they feed.

    可调用 · Who may: 任何角色 · any role

    拒绝 · Refused by: `policy-unknown`
    """
    return request(
        "GET",
        "/v1/policies/{division}/{year}",
        PolicyAnswer,
        name="get_policy",
        path={"division": division, "year": year},
    )


def get_publicity(list_id: Id) -> Request[ListAnswer]:
    """查看公示 · One of the publicities

    何时由谁张榜，涉及多少事项，何时届满。

    What was done, when, by whom, to how many cases, and what the caller may do with it.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `not-found`
    """
    return request("GET", "/v1/publicities/{list_id}", ListAnswer, name="get_publicity", path={"list_id": list_id})


def get_publicity_notice(list_id: Id) -> Request[bytes]:
    """公示榜文 · The notice to print

    可打印的榜文（HTML，中英文），姓名与身份证号码已遮蔽。

    An HTML page to print, in Chinese and English, with names and ID numbers masked.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `not-found`
    """
    return request(
        "GET", "/v1/publicities/{list_id}/notice", bytes, name="get_publicity_notice", path={"list_id": list_id}
    )


def get_suspect(suspect_id: Id) -> Request[SuspectAnswer]:
    """查看一个疑似对象 · One suspect

    一个疑似对象及其签字；其依据只告知比对和核实的人员。

    With its signatures, and what it rests on for those who compare or verify.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `not-found`
    """
    return request(
        "GET", "/v1/suspects/{suspect_id}", SuspectAnswer, name="get_suspect", path={"suspect_id": suspect_id}
    )


def get_task(task_id: Id) -> Request[TaskAnswer]:
    """查看一项任务 · One task

    一项任务的内容、期限与状态。

    With what the caller may do with it.

    可调用 · Who may: 县级工作人员、帮扶责任人、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · county officer, helper, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `not-found`
    """
    return request("GET", "/v1/tasks/{task_id}", TaskAnswer, name="get_task", path={"task_id": task_id})


def get_timeline(case_id: Id) -> Request[Timeline]:
    """事项时间线 · The timeline of a case

    事项的全部事件，连同其名单与任务的事件，限于辖区之内。

    The case's events in their sequence, with its lists' and tasks', as far as they lie in the caller's area.

    可调用 · Who may: 审计员、县级工作人员、运维人员、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, operator, resident cadre,
    supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `not-found`, `position-invalid`
    """
    return request("GET", "/v1/timelines/{case_id}", Timeline, name="get_timeline", path={"case_id": case_id})


def get_township_review(list_id: Id) -> Request[ListAnswer]:
    """查看乡镇审核 · One of the township reviews

    何时由谁审核，涉及多少事项。

    What was done, when, by whom, to how many cases, and what the caller may do with it.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `not-found`
    """
    return request(
        "GET", "/v1/township-reviews/{list_id}", ListAnswer, name="get_township_review", path={"list_id": list_id}
    )


def hold_appraisal(body: AppraisalBody) -> Request[ListAnswer]:
    """记录民主评议 · Record an appraisal

    记录一次民主评议：法定人数不足、缺少人员类别，或有一个事项不在此环节，整份名单被拒绝。

    Whole or not at all: no quorum, a capacity missing or one case of another step refuses the list.

    可调用 · Who may: 村干部，须为具体的工作人员 · village cadre; it must be an officer

    拒绝 · Refused by: `capacity-missing`, `case-at-another-step`, `case-closed`, `case-outside-list-area`, `cases-
    repeated`, `cases-unknown`, `evidence-unknown`, `objection-open`, `officer-required`, `outside-area`, `policy-
    unknown`, `publicity-not-over`, `quorum-not-met`, `reasons-required`, `suspect-open`, `votes-exceed-roll`
    """
    return request("POST", "/v1/appraisals", ListAnswer, name="hold_appraisal", sent=json(body), keyed=True)


def import_applications(body: ApplicationImportBody) -> Request[ApplicationImportAnswer]:
    """批量录入申请 · Submit many applications

    一次录入多份申请，全部成功或全部拒绝。

    Opens a case for each, whole or not at all: what holds one back refuses all, naming the households.

    可调用 · Who may: 农户代办人、乡镇经办员、村干部，须为具体的工作人员 · household agent, township clerk, village cadre; it must be an officer

    拒绝 · Refused by: `case-already-open`, `case-at-another-step`, `evidence-unknown`, `household-already-
    registered`, `household-out-of-scope`, `household-unknown`, `households-repeated`, `officer-required`
    """
    return request(
        "POST",
        "/v1/application-imports",
        ApplicationImportAnswer,
        name="import_applications",
        sent=json(body),
        keyed=True,
    )


def import_households_of_area(content: bytes, *, allow_duplicates: bool | None = None) -> Request[Reference]:
    """批量导入农户 · Import households

    上传农户文件（NDJSON，每行一户）；无误的行予以登记，其余列出有误之处。导入在后台进行，地址见 Location。

    Take in a file of households (NDJSON). Sound lines are registered, the others listed with what is wrong.

    可调用 · Who may: 县级工作人员，须为具体的工作人员 · county officer; it must be an officer

    拒绝 · Refused by: `import-empty`, `media-type-unsupported`, `officer-required`
    """
    return request(
        "POST",
        "/v1/household-imports",
        Reference,
        name="import_households_of_area",
        query={"allow_duplicates": allow_duplicates},
        sent=(content, "application/x-ndjson"),
        keyed=True,
    )


def import_opening_registrations(body: RegistrationImportBody) -> Request[RegistrationImportAnswer]:
    """导入已建档户 · Import who is already registered

    导入系统启用之前已建档的农户，全部成功或全部拒绝；已由本系统决定的登记不再改写。

    The opening balance, whole or not at all. A household whose registration was decided here is refused.

    可调用 · Who may: 县级工作人员，须为具体的工作人员 · county officer; it must be an officer

    拒绝 · Refused by: `household-unknown`, `officer-required`, `registration-decided`
    """
    return request(
        "POST",
        "/v1/registration-imports",
        RegistrationImportAnswer,
        name="import_opening_registrations",
        sent=json(body),
        keyed=True,
    )


def import_surveys(body: SurveyImportBody) -> Request[SurveyImportAnswer]:
    """批量录入入户调查 · Record many home visits

    一次记录多户的入户调查，全部成功或全部拒绝。

    Whole or not at all: one case of another step, or one contradiction among the facts, refuses all.

    可调用 · Who may: 驻村干部、乡镇经办员、村干部，须为具体的工作人员 · resident cadre, township clerk, village cadre; it must be an officer

    拒绝 · Refused by: `case-at-another-step`, `case-closed`, `cases-repeated`, `cases-unknown`, `evidence-unknown`,
    `facts-contradictory`, `facts-invalid`, `officer-required`, `policy-unknown`, `publicity-not-over`, `surveyors-
    incomplete`
    """
    return request("POST", "/v1/survey-imports", SurveyImportAnswer, name="import_surveys", sent=json(body), keyed=True)


def issue_stream_ticket(body: StreamTicketBody) -> Request[StreamTicketAnswer]:
    """领取事件流票据 · Get a ticket for a stream

    供不能带 Authorization 的浏览器使用：一张票据在一分钟内打开一条事件流，只用一次，筛选条件在领取时确定。与令牌一样无须 Idempotency-
    Key：含密的响应不予保存。令牌失效时，以其领取的票据所打开的流随之结束。

    For readers that can send no Authorization header: opens one stream, once, within a minute, with this filter.

    As with a token, no Idempotency-Key is needed: no answer that holds a secret is kept. The stream ends when the
    token does with which its ticket was asked for.

    可调用 · Who may: 审计员、县级工作人员、运维人员、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, operator, resident cadre,
    supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `outside-area`, `position-invalid`
    """
    return request("POST", "/v1/events/stream-tickets", StreamTicketAnswer, name="issue_stream_ticket", sent=json(body))


def issue_token(body: IssueTokenBody) -> Request[IssueTokenAnswer]:
    """领取访问令牌 · Get an access token

    系统为自身领取令牌（客户端凭据），或凭工作人员的令牌代其领取（令牌交换，RFC 8693）：权限与辖区取各方之交集，不晚于原令牌到期；以 HTTP Basic 或表单表明身份，错误依 RFC 6749 §5.2 的形式给出。

    A system's token for itself (client credentials) or, with an officer's token in hand, for them (token exchange).

    The client names itself by HTTP Basic or in the form. Of an exchange, scopes and area are what officer, client
    and request have in common, and it ends no later than the officer's token. Errors follow RFC 6749 §5.2 and RFC
    8693.

    无须令牌 · No token is needed
    """
    return request("POST", "/oauth/token", IssueTokenAnswer, name="issue_token", sent=form(body))


def let_officer_depart(officer_id: Id) -> Request[OfficerChanged]:
    """离任 · Let an officer depart

    工作人员离任，不再恢复；其令牌在数秒内失效。

    The officer has left for good: who comes back is appointed anew. Every token of theirs ends within seconds.

    可调用 · Who may: 县级工作人员，须为具体的工作人员 · county officer; it must be an officer

    拒绝 · Refused by: `login-name-taken`, `not-found`, `officer-required`, `officer-state`, `outside-area`, `own-
    office`, `role-not-yours-to-give`
    """
    return request(
        "POST",
        "/v1/officers/{officer_id}/departure",
        OfficerChanged,
        name="let_officer_depart",
        path={"officer_id": officer_id},
        keyed=True,
    )


def list_announcement_cases(
    list_id: Id, *, cursor: str | None = None, limit: int | None = None
) -> Request[ListEntryPage]:
    """公告的名单 · The cases of one of the announcements

    公告名单中的各事项及其结果。

    Each case with its result, and its votes where there was a vote.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `cursor-invalid`, `not-found`
    """
    return request(
        "GET",
        "/v1/announcements/{list_id}/cases",
        ListEntryPage,
        name="list_announcement_cases",
        path={"list_id": list_id},
        query={"cursor": cursor, "limit": limit},
        cursor="cursor",
    )


def list_announcements(
    *,
    division: DivisionCode | None = None,
    step: Step | None = None,
    state: Literal["done", "posted", "ended"] | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    updated_after: Moment | None = None,
) -> Request[ListAnswerPage]:
    """公告列表 · List announcements

    辖区内的公告，按标识排序。

    In the order of their ids, within the caller's area.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `cursor-invalid`, `outside-area`
    """
    return request(
        "GET",
        "/v1/announcements",
        ListAnswerPage,
        name="list_announcements",
        query={
            "division": division,
            "step": step,
            "state": state,
            "cursor": cursor,
            "limit": limit,
            "updated_after": updated_after,
        },
        cursor="cursor",
    )


def list_api_clients(
    *,
    division: DivisionCode | None = None,
    state: ClientState | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    updated_after: Moment | None = None,
) -> Request[ApiClientAnswerPage]:
    """系统客户端列表 · List API clients

    辖区内的系统客户端，按区划与标识排序；从不返回密钥。

    API clients of the caller's area, by division and id; never their secrets.

    可调用 · Who may: 审计员、县级工作人员、运维人员、督查员 · auditor, county officer, operator, supervisor

    拒绝 · Refused by: `cursor-invalid`, `outside-area`
    """
    return request(
        "GET",
        "/v1/api-clients",
        ApiClientAnswerPage,
        name="list_api_clients",
        query={"division": division, "state": state, "cursor": cursor, "limit": limit, "updated_after": updated_after},
        cursor="cursor",
    )


def list_appraisal_cases(list_id: Id, *, cursor: str | None = None, limit: int | None = None) -> Request[ListEntryPage]:
    """评议的名单 · The cases of one of the appraisals

    评议名单中的各事项、票数与结果。

    Each case with its result, and its votes where there was a vote.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `cursor-invalid`, `not-found`
    """
    return request(
        "GET",
        "/v1/appraisals/{list_id}/cases",
        ListEntryPage,
        name="list_appraisal_cases",
        path={"list_id": list_id},
        query={"cursor": cursor, "limit": limit},
        cursor="cursor",
    )


def list_appraisals(
    *,
    division: DivisionCode | None = None,
    step: Step | None = None,
    state: Literal["done", "posted", "ended"] | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    updated_after: Moment | None = None,
) -> Request[ListAnswerPage]:
    """评议列表 · List appraisals

    辖区内的民主评议，按标识排序。

    In the order of their ids, within the caller's area.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `cursor-invalid`, `outside-area`
    """
    return request(
        "GET",
        "/v1/appraisals",
        ListAnswerPage,
        name="list_appraisals",
        query={
            "division": division,
            "step": step,
            "state": state,
            "cursor": cursor,
            "limit": limit,
            "updated_after": updated_after,
        },
        cursor="cursor",
    )


def list_assessments(*, household_id: Id, year: Year | None = None) -> Request[AssessmentList]:
    """户的评估记录 · A household's assessments

    一户的全部评估版本，最新的在前。

    Every version, the newest first.

    可调用 · Who may: 县级工作人员、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · county officer, resident cadre, supervisor, township clerk,
    township officer, village cadre
    """
    return request(
        "GET",
        "/v1/assessments",
        AssessmentList,
        name="list_assessments",
        query={"household_id": household_id, "year": year},
    )


def list_cases(
    *,
    division: DivisionCode | None = None,
    step: Step | None = None,
    state: CaseState | None = None,
    kind: CaseKind | None = None,
    stage: Stage | None = None,
    household_id: Id | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    updated_after: Moment | None = None,
) -> Request[CaseSummaryPage]:
    """事项列表 · List cases

    辖区内的事项，可按区划、环节、状态、类别筛选；updated_after 只取此后变更的，下次从响应头 Updated-Until 所示时刻接着取，不会遗漏。

    In the order of their ids, within the caller's area.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `case-at-another-step`, `case-closed`, `cursor-invalid`, `outside-area`, `publicity-not-over`
    """
    return request(
        "GET",
        "/v1/cases",
        CaseSummaryPage,
        name="list_cases",
        query={
            "division": division,
            "step": step,
            "state": state,
            "kind": kind,
            "stage": stage,
            "household_id": household_id,
            "cursor": cursor,
            "limit": limit,
            "updated_after": updated_after,
        },
        cursor="cursor",
    )


def list_codes() -> Request[CodeLists]:
    """代码表 · The code lists

    接口使用的全部代码，按代码表列出，各有中英文名称。

    Every code that the API speaks, by list, each with its Chinese and English name.

    可调用 · Who may: 任何角色 · any role
    """
    return request("GET", "/v1/codes", CodeLists, name="list_codes")


def list_comparison_cases(
    comparison_id: Id, *, cursor: str | None = None, limit: int | None = None
) -> Request[ListEntryPage]:
    """比对名单 · The cases of a comparison

    比对名单中的各事项及其结果。

    Each with its outcome: waiting, clear, suspect, moved.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `cursor-invalid`, `not-found`
    """
    return request(
        "GET",
        "/v1/comparisons/{comparison_id}/cases",
        ListEntryPage,
        name="list_comparison_cases",
        path={"comparison_id": comparison_id},
        query={"cursor": cursor, "limit": limit},
        cursor="cursor",
    )


def list_comparison_datasets(*, cursor: str | None = None, limit: int | None = None) -> Request[DatasetAnswerPage]:
    """比对数据表列表 · List extracts

    辖区内上传的数据表，按标识排序。

    What the caller's area has handed in, the oldest first.

    可调用 · Who may: 县级工作人员 · county officer

    拒绝 · Refused by: `cursor-invalid`
    """
    return request(
        "GET",
        "/v1/comparison-datasets",
        DatasetAnswerPage,
        name="list_comparison_datasets",
        query={"cursor": cursor, "limit": limit},
        cursor="cursor",
    )


def list_comparisons(
    *,
    division: DivisionCode | None = None,
    state: Literal["running", "done", "failed"] | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    updated_after: Moment | None = None,
) -> Request[ComparisonAnswerPage]:
    """数据比对列表 · List comparisons

    辖区内的数据比对，按标识排序。

    The oldest first.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `cursor-invalid`, `outside-area`
    """
    return request(
        "GET",
        "/v1/comparisons",
        ComparisonAnswerPage,
        name="list_comparisons",
        query={"division": division, "state": state, "cursor": cursor, "limit": limit, "updated_after": updated_after},
        cursor="cursor",
    )


def list_data_cleaning_cases(
    list_id: Id, *, cursor: str | None = None, limit: int | None = None
) -> Request[ListEntryPage]:
    """数据清洗的名单 · The cases of one of the data cleanings

    数据清洗名单中的各事项及其结果。

    Each case with its result, and its votes where there was a vote.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `cursor-invalid`, `not-found`
    """
    return request(
        "GET",
        "/v1/data-cleanings/{list_id}/cases",
        ListEntryPage,
        name="list_data_cleaning_cases",
        path={"list_id": list_id},
        query={"cursor": cursor, "limit": limit},
        cursor="cursor",
    )


def list_data_cleanings(
    *,
    division: DivisionCode | None = None,
    step: Step | None = None,
    state: Literal["done", "posted", "ended"] | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    updated_after: Moment | None = None,
) -> Request[ListAnswerPage]:
    """数据清洗列表 · List data cleanings

    辖区内的数据清洗，按标识排序。

    In the order of their ids, within the caller's area.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `cursor-invalid`, `outside-area`
    """
    return request(
        "GET",
        "/v1/data-cleanings",
        ListAnswerPage,
        name="list_data_cleanings",
        query={
            "division": division,
            "step": step,
            "state": state,
            "cursor": cursor,
            "limit": limit,
            "updated_after": updated_after,
        },
        cursor="cursor",
    )


def list_data_issues(case_id: Id) -> Request[IssuesAnswer]:
    """事项的数据问题 · The data issues of a case

    事项的数据问题，未改正的在前，各附规则的中英文说明。

    The open ones first, each with its rule's text in both languages.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `not-found`
    """
    return request(
        "GET", "/v1/cases/{case_id}/data-issues", IssuesAnswer, name="list_data_issues", path={"case_id": case_id}
    )


def list_dead_letters(
    *,
    consumer: str | None = None,
    state: LetterState | None = None,
    topic: str | None = None,
    type: str | None = None,
    division: DivisionCode | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> Request[DeadLetterAnswerPage]:
    """死信列表 · List dead letters

    消费服务放弃的事件，最早的在前，不含内容；state=dead 为等待运维人员决定的。

    Events that a service gave up, oldest first, without their content.

    Those of no division are shown where no division is asked for. With `state=dead`: what waits for an operator.

    可调用 · Who may: 审计员、运维人员 · auditor, operator

    拒绝 · Refused by: `cursor-invalid`, `outside-area`, `position-invalid`
    """
    return request(
        "GET",
        "/v1/dead-letters",
        DeadLetterAnswerPage,
        name="list_dead_letters",
        query={
            "consumer": consumer,
            "state": state,
            "topic": topic,
            "type": type,
            "division": division,
            "cursor": cursor,
            "limit": limit,
        },
        cursor="cursor",
    )


def list_divisions(
    *,
    parent: DivisionCode | None = None,
    level: DivisionLevel | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> Request[DivisionAnswerPage]:
    """区划列表 · List divisions

    辖区内的区划，可按上级与级别筛选。

    The divisions of the caller's area and those above it, by code.

    可调用 · Who may: 任何角色 · any role

    拒绝 · Refused by: `cursor-invalid`
    """
    return request(
        "GET",
        "/v1/divisions",
        DivisionAnswerPage,
        name="list_divisions",
        query={"parent": parent, "level": level, "cursor": cursor, "limit": limit},
        cursor="cursor",
    )


def list_events(
    *,
    after: str | None = None,
    type: str | None = None,
    subject: str | None = None,
    division: DivisionCode | None = None,
    correlation: str | None = None,
    limit: int | None = None,
    wait: int | None = None,
) -> Request[EventPage]:
    """事件归档 · Read the archive

    辖区内的全部事件，按归档顺序。以 after=<next> 反复调用即可逐一读到每个事件；wait 使响应等到有新事件为止。不属于任何区划的事件只给运维与审计人员。

    Every event within the caller's area, in archive order.

    `next` is always the position to go on from, so whoever follows the archive repeats the call with `after=<next>`
    and sees every event exactly once; with `wait` the answer comes as soon as there is one. `next` is null only
    where nothing was ever archived. Events of no division are shown to operators and auditors.

    可调用 · Who may: 审计员、县级工作人员、运维人员、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, operator, resident cadre,
    supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `outside-area`, `position-invalid`
    """
    return request(
        "GET",
        "/v1/events",
        EventPage,
        name="list_events",
        query={
            "after": after,
            "type": type,
            "subject": subject,
            "division": division,
            "correlation": correlation,
            "limit": limit,
            "wait": wait,
        },
        cursor="after",
    )


def list_household_import_errors(
    import_id: Id, *, cursor: str | None = None, limit: int | None = None
) -> Request[ImportFaultAnswerPage]:
    """导入错误列表 · List an import's errors

    被拒绝的各行有何错误；从不重复其内容。

    What is wrong with the lines that were refused; never what they said.

    可调用 · Who may: 县级工作人员 · county officer

    拒绝 · Refused by: `cursor-invalid`, `not-found`
    """
    return request(
        "GET",
        "/v1/household-imports/{import_id}/errors",
        ImportFaultAnswerPage,
        name="list_household_import_errors",
        path={"import_id": import_id},
        query={"cursor": cursor, "limit": limit},
        cursor="cursor",
    )


def list_households(
    *,
    division: DivisionCode | None = None,
    status: HouseholdStatus | None = None,
    in_scope: bool | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    updated_after: Moment | None = None,
) -> Request[HouseholdSummaryPage]:
    """农户列表 · List households

    辖区内的农户，可按区划与建档立卡状态筛选；户主姓名已遮蔽。

    Households of the caller's area, by division and id; names masked.

    可调用 · Who may: 县级工作人员、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · county officer, resident cadre, supervisor, township clerk,
    township officer, village cadre

    拒绝 · Refused by: `cursor-invalid`, `outside-area`
    """
    return request(
        "GET",
        "/v1/households",
        HouseholdSummaryPage,
        name="list_households",
        query={
            "division": division,
            "status": status,
            "in_scope": in_scope,
            "cursor": cursor,
            "limit": limit,
            "updated_after": updated_after,
        },
        cursor="cursor",
    )


def list_imported_households(
    import_id: Id, *, cursor: str | None = None, limit: int | None = None
) -> Request[ImportedHouseholdAnswerPage]:
    """导入结果列表 · List an import's households

    哪一行登记为哪一户，按行号。

    Which line became which household, by line.

    可调用 · Who may: 县级工作人员 · county officer

    拒绝 · Refused by: `cursor-invalid`, `not-found`
    """
    return request(
        "GET",
        "/v1/household-imports/{import_id}/households",
        ImportedHouseholdAnswerPage,
        name="list_imported_households",
        path={"import_id": import_id},
        query={"cursor": cursor, "limit": limit},
        cursor="cursor",
    )


def list_members(
    household_id: Id,
    *,
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
    | None = None,
    former: bool | None = None,
) -> Request[MemberAnswerPage]:
    """家庭成员列表 · List a household's members

    一户的成员；未说明用途时个人信息已遮蔽，说明用途的查看会被记录。

    The members of a household, all on one page. Unmasked for a purpose, which is recorded.

    可调用 · Who may: 县级工作人员、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · county officer, resident cadre, supervisor, township clerk,
    township officer, village cadre

    拒绝 · Refused by: `not-found`
    """
    return request(
        "GET",
        "/v1/households/{household_id}/members",
        MemberAnswerPage,
        name="list_members",
        path={"household_id": household_id},
        query={"purpose": purpose, "former": former},
    )


def list_objections(
    *,
    division: DivisionCode | None = None,
    state: Literal["open", "upheld", "dismissed"] | None = None,
    case_id: Id | None = None,
    publicity: Id | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    updated_after: Moment | None = None,
) -> Request[ObjectionAnswerPage]:
    """异议列表 · List objections

    辖区内的异议，按提出的先后，可按状态、事项与公示筛选；从不显示异议人。

    In the order in which they were raised, within the caller's area. Who objected is never shown.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `cursor-invalid`, `outside-area`
    """
    return request(
        "GET",
        "/v1/objections",
        ObjectionAnswerPage,
        name="list_objections",
        query={
            "division": division,
            "state": state,
            "case_id": case_id,
            "publicity": publicity,
            "cursor": cursor,
            "limit": limit,
            "updated_after": updated_after,
        },
        cursor="cursor",
    )


def list_officers(
    *,
    division: DivisionCode | None = None,
    role: Role | None = None,
    state: OfficerState | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    updated_after: Moment | None = None,
) -> Request[OfficerAnswerPage]:
    """工作人员列表 · List officers

    辖区内的工作人员，按区划与标识排序；无权任命者只见脱敏的姓名。

    Officers of the caller's area, by division and id; names masked unless the caller may appoint.

    可调用 · Who may: 审计员、县级工作人员、督查员、乡镇干部 · auditor, county officer, supervisor, township officer

    拒绝 · Refused by: `cursor-invalid`, `outside-area`
    """
    return request(
        "GET",
        "/v1/officers",
        OfficerAnswerPage,
        name="list_officers",
        query={
            "division": division,
            "role": role,
            "state": state,
            "cursor": cursor,
            "limit": limit,
            "updated_after": updated_after,
        },
        cursor="cursor",
    )


def list_publicities(
    *,
    division: DivisionCode | None = None,
    step: Step | None = None,
    state: Literal["done", "posted", "ended"] | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    updated_after: Moment | None = None,
) -> Request[ListAnswerPage]:
    """公示列表 · List publicities

    辖区内的公示，按标识排序。

    In the order of their ids, within the caller's area.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `cursor-invalid`, `outside-area`
    """
    return request(
        "GET",
        "/v1/publicities",
        ListAnswerPage,
        name="list_publicities",
        query={
            "division": division,
            "step": step,
            "state": state,
            "cursor": cursor,
            "limit": limit,
            "updated_after": updated_after,
        },
        cursor="cursor",
    )


def list_publicity_cases(list_id: Id, *, cursor: str | None = None, limit: int | None = None) -> Request[ListEntryPage]:
    """公示的名单 · The cases of one of the publicities

    公示名单中的各事项及其结果。

    Each case with its result, and its votes where there was a vote.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `cursor-invalid`, `not-found`
    """
    return request(
        "GET",
        "/v1/publicities/{list_id}/cases",
        ListEntryPage,
        name="list_publicity_cases",
        path={"list_id": list_id},
        query={"cursor": cursor, "limit": limit},
        cursor="cursor",
    )


def list_publicity_objections(list_id: Id) -> Request[ObjectionSummaryPage]:
    """公示期间的异议 · Objections to a publicity

    哪些事项有异议、结果如何；从不显示是谁提出。

    Which cases met objections, and what became of them; never who objected.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `not-found`
    """
    return request(
        "GET",
        "/v1/publicities/{list_id}/objections",
        ObjectionSummaryPage,
        name="list_publicity_objections",
        path={"list_id": list_id},
    )


def list_registrations(
    *,
    division: DivisionCode | None = None,
    status: Literal["poor", "exited"] | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    updated_after: Moment | None = None,
) -> Request[RegistrationAnswerPage]:
    """建档立卡名册 · List registrations

    辖区内的建档立卡登记：谁自何时起、依哪个事项。

    Every household's current registration within the caller's area.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `cursor-invalid`, `outside-area`
    """
    return request(
        "GET",
        "/v1/registrations",
        RegistrationAnswerPage,
        name="list_registrations",
        query={
            "division": division,
            "status": status,
            "cursor": cursor,
            "limit": limit,
            "updated_after": updated_after,
        },
        cursor="cursor",
    )


def list_relatives(household_id: Id) -> Request[RelativeAnswerPage]:
    """亲属关系列表 · List declared relatives

    已申报的与此户有亲属关系的工作人员。

    The officers who are related to the household, all on one page.

    可调用 · Who may: 县级工作人员、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · county officer, resident cadre, supervisor, township clerk,
    township officer, village cadre

    拒绝 · Refused by: `not-found`
    """
    return request(
        "GET",
        "/v1/households/{household_id}/relatives",
        RelativeAnswerPage,
        name="list_relatives",
        path={"household_id": household_id},
    )


def list_signing_keys() -> Request[ListSigningKeysAnswer]:
    """签名公钥 · The signing keys

    验证本系统令牌所用的公钥（RFC 7517，Ed25519 依 RFC 8037）。

    The public keys by which the gateway's tokens are verified (RFC 7517, Ed25519 by RFC 8037).

    A new key stands here before it signs; one that signs no more stands here until its last token has ended.

    无须令牌 · No token is needed
    """
    return request("GET", "/.well-known/jwks.json", ListSigningKeysAnswer, name="list_signing_keys")


def list_suspects(
    *,
    division: DivisionCode | None = None,
    state: Literal["open", "refuted", "cleared", "confirmed"] | None = None,
    case_id: Id | None = None,
    comparison: Id | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    updated_after: Moment | None = None,
) -> Request[SuspectSummaryPage]:
    """疑似对象列表 · List suspects

    辖区内比对发现的疑似对象，可按状态、事项与比对筛选。

    In the order in which they were raised, within the caller's area.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `cursor-invalid`, `outside-area`
    """
    return request(
        "GET",
        "/v1/suspects",
        SuspectSummaryPage,
        name="list_suspects",
        query={
            "division": division,
            "state": state,
            "case_id": case_id,
            "comparison": comparison,
            "cursor": cursor,
            "limit": limit,
            "updated_after": updated_after,
        },
        cursor="cursor",
    )


def list_tasks(
    *,
    state: Literal["open", "done", "cancelled"] | None = None,
    kind: Literal["reverify_suspect", "post_notice", "survey_household", "case_moved", "resolve_objection"]
    | None = None,
    division: DivisionCode | None = None,
    case_id: Id | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    updated_after: Moment | None = None,
) -> Request[TaskAnswerPage]:
    """任务列表 · List tasks

    辖区内调用者岗位的任务，可按状态、类别与事项筛选。

    Those of the caller's own office; township, county and supervisors also see the other offices' of their area.

    可调用 · Who may: 县级工作人员、帮扶责任人、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · county officer, helper, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `cursor-invalid`, `outside-area`
    """
    return request(
        "GET",
        "/v1/tasks",
        TaskAnswerPage,
        name="list_tasks",
        query={
            "state": state,
            "kind": kind,
            "division": division,
            "case_id": case_id,
            "cursor": cursor,
            "limit": limit,
            "updated_after": updated_after,
        },
        cursor="cursor",
    )


def list_township_review_cases(
    list_id: Id, *, cursor: str | None = None, limit: int | None = None
) -> Request[ListEntryPage]:
    """乡镇审核的名单 · The cases of one of the township reviews

    审核名单中的各事项及其结果。

    Each case with its result, and its votes where there was a vote.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `cursor-invalid`, `not-found`
    """
    return request(
        "GET",
        "/v1/township-reviews/{list_id}/cases",
        ListEntryPage,
        name="list_township_review_cases",
        path={"list_id": list_id},
        query={"cursor": cursor, "limit": limit},
        cursor="cursor",
    )


def list_township_reviews(
    *,
    division: DivisionCode | None = None,
    step: Step | None = None,
    state: Literal["done", "posted", "ended"] | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    updated_after: Moment | None = None,
) -> Request[ListAnswerPage]:
    """乡镇审核列表 · List township reviews

    辖区内的乡镇审核，按标识排序。

    In the order of their ids, within the caller's area.

    可调用 · Who may: 审计员、县级工作人员、农户代办人、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · auditor, county officer, household agent, resident
    cadre, supervisor, township clerk, township officer, village cadre

    拒绝 · Refused by: `cursor-invalid`, `outside-area`
    """
    return request(
        "GET",
        "/v1/township-reviews",
        ListAnswerPage,
        name="list_township_reviews",
        query={
            "division": division,
            "step": step,
            "state": state,
            "cursor": cursor,
            "limit": limit,
            "updated_after": updated_after,
        },
        cursor="cursor",
    )


def list_workflows() -> Request[WorkflowList]:
    """识别流程 · The workflows

    识别与返贫各环节、其阶段、可进行的操作与所需的权限范围。

    Entry and return: eight steps each.

    可调用 · Who may: 任何角色 · any role
    """
    return request("GET", "/v1/workflows", WorkflowList, name="list_workflows")


def load_divisions_of_area(body: DivisionsBody) -> Request[DivisionsLoaded]:
    """新增或更名区划 · Add or rename divisions

    批量新增区划或更名，全部成功或全部拒绝。

    Add divisions of the caller's area, such as villagers' groups (15 digits), or give them new names.

    可调用 · Who may: 县级工作人员 · county officer

    拒绝 · Refused by: `division-malformed`, `division-parent-unknown`, `outside-area`
    """
    return request("POST", "/v1/divisions", DivisionsLoaded, name="load_divisions_of_area", sent=json(body), keyed=True)


def log_in(body: Login) -> Request[Session]:
    """工作人员登录 · Log in as an officer

    第一方页面的登录：失败按登录名与来源计数，越多须等得越久。

    For first-party pages. Failures are counted by login name and address, and make the next try wait.

    无须令牌 · No token is needed
    """
    return request("POST", "/v1/sessions", Session, name="log_in", sent=json(body))


def log_out() -> Request[None]:
    """退出登录 · Log out

    所持令牌在数秒内于所有服务失效，由它交换而来的一并失效。

    The presented token ends within seconds, in every service, and those that were exchanged for it with it.

    可调用 · Who may: 任何角色 · any role

    拒绝 · Refused by: `not-found`
    """
    return request("DELETE", "/v1/sessions/current", type(None), name="log_out")


def post_publicity(body: PublicityBody) -> Request[ListAnswer]:
    """张榜公示 · Post a publicity

    张榜公示一份名单；于 D 日张榜、公示 n 日的，于 D+n 日 24 时（中国时间）届满，只由时钟决定。

    Posted on day D for n days it ends at 24:00 China time of day D+n, by the clock alone.

    可调用 · Who may: 村干部，须为具体的工作人员 · village cadre; it must be an officer

    拒绝 · Refused by: `case-at-another-step`, `case-closed`, `case-outside-list-area`, `cases-repeated`, `cases-
    unknown`, `objection-open`, `officer-required`, `outside-area`, `policy-unknown`, `publicity-not-over`,
    `suspect-open`
    """
    return request("POST", "/v1/publicities", ListAnswer, name="post_publicity", sent=json(body), keyed=True)


def publish_announcement(body: AnnouncementBody) -> Request[ListAnswer]:
    """县级公告 · Publish an announcement

    公告经审核并比对的名单：按当日事实仍符合标准的，全部在一个事务中登记为贫困户；有一户不符合，整份名单被拒绝。

    Every household announced becomes registered poor. One no longer eligible refuses the list, naming its case.

    可调用 · Who may: 县级工作人员，须为具体的工作人员 · county officer; it must be an officer

    拒绝 · Refused by: `case-at-another-step`, `case-closed`, `case-outside-list-area`, `cases-repeated`, `cases-
    unknown`, `not-eligible`, `objection-open`, `officer-required`, `outside-area`, `policy-unknown`, `publicity-
    not-over`, `suspect-open`
    """
    return request("POST", "/v1/announcements", ListAnswer, name="publish_announcement", sent=json(body), keyed=True)


def put_policy(division: DivisionCode, year: Year, body: PolicyBody) -> Request[PublishedAnswer]:
    """发布政策参数 · Publish a policy's parameters

    发布一个新的、不再更改的政策版本；此前的决定仍依其当时的版本。

    A new immutable version; decisions made before keep theirs.

    可调用 · Who may: 县级工作人员，须为具体的工作人员 · county officer; it must be an officer

    拒绝 · Refused by: `officer-required`, `outside-area`, `parameters-invalid`, `policy-unknown`
    """
    return request(
        "PUT",
        "/v1/policies/{division}/{year}",
        PublishedAnswer,
        name="put_policy",
        path={"division": division, "year": year},
        sent=json(body),
        keyed=True,
    )


def raise_publicity_objection(list_id: Id, body: ObjectionBody) -> Request[ObjectionAnswer]:
    """提出异议 · Raise an objection

    公示届满之前可以提出；异议只影响所涉事项，不影响整份名单。

    Until the publicity ends. It holds its own case, never the list.

    可调用 · Who may: 农户代办人、驻村干部、村干部 · household agent, resident cadre, village cadre

    拒绝 · Refused by: `case-at-another-step`, `case-closed`, `cases-repeated`, `cases-unknown`, `not-found`,
    `publicity-not-over`, `publicity-over`
    """
    return request(
        "POST",
        "/v1/publicities/{list_id}/objections",
        ObjectionAnswer,
        name="raise_publicity_objection",
        path={"list_id": list_id},
        sent=json(body),
        keyed=True,
    )


def read_authorization_server() -> Request[ReadAuthorizationServerAnswer]:
    """授权服务器元数据 · The authorization server's metadata

    在何处、以何方式领取令牌（RFC 8414）。

    Where tokens are had and how (RFC 8414).

    无须令牌 · No token is needed
    """
    return request(
        "GET",
        "/.well-known/oauth-authorization-server",
        ReadAuthorizationServerAnswer,
        name="read_authorization_server",
    )


def read_event_flow() -> Request[EventFlow]:
    """事件流转 · How events flow

    各服务待发的事件、各主题的末端、各消费者的滞后，以及停放与死信，一页看全。每秒速率取最近一分钟；总线没有应答时，只有总线知道的数为 null，主题不列出；没有应答的服务列在 unanswered，其余照常给出。

    Producers with what waits in their outboxes, topics with their ends, consumers with lag and what they gave up.

    Rates are events a second over the last minute. What the bus alone knows is null, and its topics are missing,
    where the bus does not answer; a service that does not answer is named, and the others are shown.

    可调用 · Who may: 审计员、运维人员 · auditor, operator
    """
    return request("GET", "/v1/event-flow", EventFlow, name="read_event_flow")


def read_me() -> Request[Me]:
    """当前身份 · Who am I

    所持令牌说明的内容：身份、角色、辖区与权限范围。

    What the presented token says: the caller, its role, its area and its scopes.

    可调用 · Who may: 任何角色 · any role
    """
    return request("GET", "/v1/me", Me, name="read_me")


def read_sandbox_clock(*, wait: float | None = None) -> Request[Clock]:
    """沙箱时钟 · The sandbox's clock

    沙箱的当前时间，以及后续是否已全部完成（settled）；仅沙箱提供。

    The policy clock, and whether all that follows from the commands so far has been done.

    With `wait` the answer comes as soon as the system is settled, after that many seconds at the latest.

    可调用 · Who may: 任何角色 · any role

    拒绝 · Refused by: `not-found`
    """
    return request("GET", "/v1/sandbox/clock", Clock, name="read_sandbox_clock", query={"wait": wait})


def record_assessment(body: AssessmentBody) -> Request[AssessmentReference]:
    """记录评估 · Record an assessment

    为一户的年度事实记录一个新的、不再更改的版本；先前的版本保留。

    A new immutable version of the household's facts in the year; earlier ones stay.

    可调用 · Who may: 驻村干部、乡镇经办员、村干部，须为具体的工作人员 · resident cadre, township clerk, village cadre; it must be an officer

    拒绝 · Refused by: `evidence-unknown`, `facts-contradictory`, `facts-invalid`, `household-unknown`, `officer-
    required`, `policy-unknown`
    """
    return request(
        "POST", "/v1/assessments", AssessmentReference, name="record_assessment", sent=json(body), keyed=True
    )


def register_api_client(body: ApiClientBody) -> Request[ApiClientSecret]:
    """登记系统客户端 · Register an API client

    在辖区内登记一个系统；密钥仅告知一次，只保存其散列值；所给权限不得超出角色与登记者可授予的范围。

    Register a system in the caller's area. Its secret is told once, and kept as a hash alone.

    Its scopes are some of its role's that the caller's role may give; what it does for officers by token exchange
    is bounded by `delegated_scopes`, and each time by the officer's own.

    可调用 · Who may: 县级工作人员、运维人员，须为具体的工作人员 · county officer, operator; it must be an officer

    拒绝 · Refused by: `client-id-taken`, `officer-required`, `outside-area`, `scopes-not-yours-to-give`
    """
    return request("POST", "/v1/api-clients", ApiClientSecret, name="register_api_client", sent=json(body), keyed=True)


def register_household(body: HouseholdBody) -> Request[Changed]:
    """登记农户 · Register a household

    登记一户及其成员；户口本编号一县之内唯一，一人只能属于一户。

    Register a household with its members, exactly one of them its head.

    可调用 · Who may: 县级工作人员、乡镇经办员、村干部 · county officer, township clerk, village cadre

    拒绝 · Refused by: `booklet-number-taken`, `division-not-a-village`, `division-unknown`, `household-head-
    required`, `id-number-invalid`, `id-number-repeated`, `member-registered-elsewhere`, `outside-area`
    """
    return request("POST", "/v1/households", Changed, name="register_household", sent=json(body), keyed=True)


def reinstate_officer(officer_id: Id) -> Request[OfficerChanged]:
    """恢复权限 · Reinstate an officer

    恢复一名被暂停的工作人员；须重新登录。

    A suspended officer acts again, with new tokens.

    可调用 · Who may: 县级工作人员，须为具体的工作人员 · county officer; it must be an officer

    拒绝 · Refused by: `login-name-taken`, `not-found`, `officer-required`, `officer-state`, `outside-area`, `own-
    office`, `role-not-yours-to-give`
    """
    return request(
        "POST",
        "/v1/officers/{officer_id}/reinstatement",
        OfficerChanged,
        name="reinstate_officer",
        path={"officer_id": officer_id},
        keyed=True,
    )


def reject_case(case_id: Id, body: ReasonBody) -> Request[CaseAnswer]:
    """驳回 · Reject a case

    以书面理由驳回一个在办事项，任何环节都可以。

    At any step, with a reason; never by a relative of the household.

    可调用 · Who may: 县级工作人员、乡镇干部、村干部，须为具体的工作人员 · county officer, township officer, village cadre; it must be an
    officer

    拒绝 · Refused by: `case-at-another-step`, `case-closed`, `cases-repeated`, `cases-unknown`, `not-found`,
    `officer-related`, `officer-required`, `publicity-not-over`
    """
    return request(
        "POST",
        "/v1/cases/{case_id}/rejection",
        CaseAnswer,
        name="reject_case",
        path={"case_id": case_id},
        sent=json(body),
        keyed=True,
    )


def renew_api_client_secret(client_id: str, body: SecretRenewal) -> Request[ApiClientSecret]:
    """更换客户端密钥 · Renew a client's secret

    更换密钥，新密钥仅告知一次；旧密钥在 grace_seconds 秒内仍可用，以免中断。

    A new secret, told once. The one of before holds for `grace_seconds` more, so that no call is lost meanwhile.

    可调用 · Who may: 县级工作人员、运维人员，须为具体的工作人员 · county officer, operator; it must be an officer

    拒绝 · Refused by: `client-revoked`, `not-found`, `officer-required`, `outside-area`, `scopes-not-yours-to-give`
    """
    return request(
        "POST",
        "/v1/api-clients/{client_id}/secrets",
        ApiClientSecret,
        name="renew_api_client_secret",
        path={"client_id": client_id},
        sent=json(body),
        keyed=True,
    )


def replay_dead_letter(letter_id: Id, body: DeadLetterDecisionBody) -> Request[DeadLetterAnswer]:
    """重试死信 · Replay a dead letter

    由消费服务再次处理该事件，其后的事件随之继续；处理成功即 settled，再次失败即 died_again。

    The consumer tries the event again, those behind it after it: `settled` once it is handled, else `died_again`.

    可调用 · Who may: 运维人员 · operator

    拒绝 · Refused by: `dead-letter-decided`, `not-found`, `position-invalid`
    """
    return request(
        "POST",
        "/v1/dead-letters/{letter_id}/replay",
        DeadLetterAnswer,
        name="replay_dead_letter",
        path={"letter_id": letter_id},
        sent=json(body),
        keyed=True,
    )


def reset_officer_password(officer_id: Id) -> Request[OfficerWithPassword]:
    """重置口令 · Reset an officer's password

    为工作人员生成新的初始口令，仅告知一次；其令牌在数秒内失效。

    A new initial password instead of the old one, told once. Every token of the officer ends within seconds.

    可调用 · Who may: 县级工作人员，须为具体的工作人员 · county officer; it must be an officer

    拒绝 · Refused by: `login-name-taken`, `not-found`, `officer-required`, `officer-state`, `outside-area`, `own-
    office`, `role-not-yours-to-give`
    """
    return request(
        "POST",
        "/v1/officers/{officer_id}/initial-password",
        OfficerWithPassword,
        name="reset_officer_password",
        path={"officer_id": officer_id},
        keyed=True,
    )


def resolve_publicity_objection(objection_id: Id, body: ResolutionBody) -> Request[ObjectionAnswer]:
    """处理异议 · Resolve an objection

    不成立的，事项继续；成立的，以书面理由驳回或退回。

    Dismissed, its case goes on; upheld, it is rejected or sent back, with the reason given.

    可调用 · Who may: 乡镇干部、村干部，须为具体的工作人员 · township officer, village cadre; it must be an officer

    拒绝 · Refused by: `case-at-another-step`, `case-closed`, `cases-repeated`, `cases-unknown`, `not-found`,
    `objection-resolved`, `officer-related`, `officer-required`, `publicity-not-over`, `step-not-earlier`
    """
    return request(
        "POST",
        "/v1/objections/{objection_id}/resolution",
        ObjectionAnswer,
        name="resolve_publicity_objection",
        path={"objection_id": objection_id},
        sent=json(body),
        keyed=True,
    )


def resubmit_application(case_id: Id, body: ResubmissionBody) -> Request[CaseAnswer]:
    """重新提交申请 · Hand in a returned application again

    被退回到申请环节的事项，由农户补充材料后再次提交。

    For a case that was returned to its first step.

    可调用 · Who may: 农户代办人、乡镇经办员、村干部，须为具体的工作人员 · household agent, township clerk, village cadre; it must be an officer

    拒绝 · Refused by: `case-at-another-step`, `case-closed`, `cases-repeated`, `cases-unknown`, `evidence-unknown`,
    `not-found`, `officer-required`, `publicity-not-over`
    """
    return request(
        "POST",
        "/v1/cases/{case_id}/resubmission",
        CaseAnswer,
        name="resubmit_application",
        path={"case_id": case_id},
        sent=json(body),
        keyed=True,
    )


def return_case(case_id: Id, body: ReturnBody) -> Request[CaseAnswer]:
    """退回 · Return a case to an earlier step

    以书面理由把事项退回到之前的环节。

    To the earlier step named, with a reason; never by a relative of the household.

    可调用 · Who may: 县级工作人员、乡镇干部、村干部，须为具体的工作人员 · county officer, township officer, village cadre; it must be an
    officer

    拒绝 · Refused by: `case-at-another-step`, `case-closed`, `cases-repeated`, `cases-unknown`, `not-found`,
    `officer-related`, `officer-required`, `publicity-not-over`, `step-not-earlier`
    """
    return request(
        "POST",
        "/v1/cases/{case_id}/return",
        CaseAnswer,
        name="return_case",
        path={"case_id": case_id},
        sent=json(body),
        keyed=True,
    )


def review_cases(body: ReviewBody) -> Request[ListAnswer]:
    """乡镇审核 · Review a list of cases

    乡镇审核一份名单：逐一通过、驳回或退回，后两者须说明理由；不得审核本人提交的事项，亲属须回避。

    Nobody reviews what they themselves submitted, nor a relative's case.

    可调用 · Who may: 乡镇干部，须为具体的工作人员 · township officer; it must be an officer

    拒绝 · Refused by: `case-at-another-step`, `case-closed`, `case-outside-list-area`, `cases-repeated`, `cases-
    unknown`, `objection-open`, `officer-related`, `officer-required`, `outside-area`, `publicity-not-over`,
    `reason-required`, `reviewer-submitted`, `step-not-earlier`, `suspect-open`
    """
    return request("POST", "/v1/township-reviews", ListAnswer, name="review_cases", sent=json(body), keyed=True)


def revoke_api_client(client_id: str) -> Request[ApiClientChanged]:
    """撤销系统客户端 · Revoke an API client

    撤销一个系统客户端，不再恢复；其令牌在数秒内于所有服务失效。

    It gets no tokens any more, and every token of its ends within seconds, in every service. For good.

    可调用 · Who may: 县级工作人员、运维人员，须为具体的工作人员 · county officer, operator; it must be an officer

    拒绝 · Refused by: `client-revoked`, `not-found`, `officer-required`, `outside-area`, `scopes-not-yours-to-give`
    """
    return request(
        "POST",
        "/v1/api-clients/{client_id}/revocation",
        ApiClientChanged,
        name="revoke_api_client",
        path={"client_id": client_id},
        keyed=True,
    )


def revoke_token(body: RevokeTokenBody) -> Request[bytes]:
    """撤销访问令牌 · Revoke an access token

    客户端使自己的一个令牌在数秒内于所有服务失效（RFC 7009）；已无效的视为已撤销。

    A token that was issued to the client ends within seconds, in every service (RFC 7009).

    What is no token, or none any more, is revoked already: 200.

    无须令牌 · No token is needed
    """
    return request("POST", "/oauth/revoke", bytes, name="revoke_token", sent=form(body))


def search_households(body: SearchBody) -> Request[HouseholdSummaryPage]:
    """查找农户 · Search households

    按户口本编号、户主姓名或成员身份证号码查找；所给条件须全部符合。个人信息从不出现在网址中。

    Households of the caller's area that fit all that is given; the first `limit` of them, masked.

    可调用 · Who may: 县级工作人员、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · county officer, resident cadre, supervisor, township clerk,
    township officer, village cadre

    拒绝 · Refused by: `id-number-invalid`, `outside-area`, `search-empty`
    """
    return request("POST", "/v1/households/searches", HouseholdSummaryPage, name="search_households", sent=json(body))


def show_api_client(client_id: str) -> Request[ApiClientAnswer]:
    """查看系统客户端 · Show an API client

    辖区内的一个系统客户端，及调用者现在可进行的操作。

    An API client of the caller's area.

    可调用 · Who may: 审计员、县级工作人员、运维人员、督查员 · auditor, county officer, operator, supervisor

    拒绝 · Refused by: `not-found`
    """
    return request(
        "GET", "/v1/api-clients/{client_id}", ApiClientAnswer, name="show_api_client", path={"client_id": client_id}
    )


def show_division(code: DivisionCode) -> Request[DivisionAnswer]:
    """查看区划 · Show a division

    一个区划的名称、级别与上级。

    A division of the caller's area, or one above it.

    可调用 · Who may: 任何角色 · any role

    拒绝 · Refused by: `not-found`
    """
    return request("GET", "/v1/divisions/{code}", DivisionAnswer, name="show_division", path={"code": code})


def show_household(
    household_id: Id,
    *,
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
    | None = None,
) -> Request[HouseholdAnswer]:
    """查看农户 · Show a household

    一户的档案；未说明用途时个人信息已遮蔽，说明用途的查看会被记录。

    A household of the caller's area. Unmasked for a purpose, which is recorded.

    可调用 · Who may: 县级工作人员、驻村干部、督查员、乡镇经办员、乡镇干部、村干部 · county officer, resident cadre, supervisor, township clerk,
    township officer, village cadre

    拒绝 · Refused by: `not-found`
    """
    return request(
        "GET",
        "/v1/households/{household_id}",
        HouseholdAnswer,
        name="show_household",
        path={"household_id": household_id},
        query={"purpose": purpose},
    )


def show_household_import(import_id: Id) -> Request[HouseholdImportAnswer]:
    """查看导入进度 · Show an import

    导入的进度与各行的结果。

    How far an import is, and what became of its lines.

    可调用 · Who may: 县级工作人员 · county officer

    拒绝 · Refused by: `not-found`
    """
    return request(
        "GET",
        "/v1/household-imports/{import_id}",
        HouseholdImportAnswer,
        name="show_household_import",
        path={"import_id": import_id},
    )


def show_officer(officer_id: Id) -> Request[OfficerAnswer]:
    """查看工作人员 · Show an officer

    辖区内的一名工作人员，及调用者现在可进行的操作。

    An officer of the caller's area.

    可调用 · Who may: 审计员、县级工作人员、督查员、乡镇干部 · auditor, county officer, supervisor, township officer

    拒绝 · Refused by: `not-found`
    """
    return request(
        "GET", "/v1/officers/{officer_id}", OfficerAnswer, name="show_officer", path={"officer_id": officer_id}
    )


def skip_dead_letter(letter_id: Id, body: DeadLetterDecisionBody) -> Request[DeadLetterAnswer]:
    """跳过死信 · Skip a dead letter

    该事件在此消费服务中不再生效，其后的事件继续；完成后即 skipped。

    The event stays without effect in this consumer, and those behind it are tried: `skipped` once that is done.

    可调用 · Who may: 运维人员 · operator

    拒绝 · Refused by: `dead-letter-decided`, `not-found`, `position-invalid`
    """
    return request(
        "POST",
        "/v1/dead-letters/{letter_id}/skip",
        DeadLetterAnswer,
        name="skip_dead_letter",
        path={"letter_id": letter_id},
        sent=json(body),
        keyed=True,
    )


def start_comparison(body: ComparisonBody) -> Request[ComparisonAnswer]:
    """县级数据比对 · Compare cases with extracts

    以部门数据比对等待比对的事项；比对在后台进行，地址见 Location。

    Runs in the background; the list's page shows its progress. Hits become suspects, never decisions.

    可调用 · Who may: 县级工作人员，须为具体的工作人员 · county officer; it must be an officer

    拒绝 · Refused by: `case-at-another-step`, `case-closed`, `case-outside-list-area`, `cases-repeated`, `cases-
    unknown`, `comparison-without-cases`, `dataset-gone`, `dataset-unknown`, `not-found`, `objection-open`,
    `officer-required`, `outside-area`, `publicity-not-over`, `suspect-open`
    """
    return request("POST", "/v1/comparisons", ComparisonAnswer, name="start_comparison", sent=json(body), keyed=True)


def submit_application(body: ApplicationBody) -> Request[CaseAnswer]:
    """提交申请 · Submit an application

    为一户提交识别申请并当即受理；每户同时只能有一个在办事项。

    Opens a case and accepts it: in scope, no other open case, not registered poor already.

    A household that had exited poverty opens a case of kind `return`.

    可调用 · Who may: 农户代办人、乡镇经办员、村干部，须为具体的工作人员 · household agent, township clerk, village cadre; it must be an officer

    拒绝 · Refused by: `case-already-open`, `case-at-another-step`, `case-closed`, `evidence-unknown`, `household-
    already-registered`, `household-out-of-scope`, `household-unknown`, `not-found`, `officer-required`, `publicity-
    not-over`
    """
    return request("POST", "/v1/applications", CaseAnswer, name="submit_application", sent=json(body), keyed=True)


def survey_household(case_id: Id, body: SurveyBody) -> Request[SurveyAnswer]:
    """入户调查 · Record a home visit

    记录一次入户调查：保存事实与佐证材料并按政策评估；不符合的驳回，未能判定的留在此环节并指出缺少的事实。

    Eligible goes on to the village; ineligible is rejected; undetermined stays and names its open facts.

    可调用 · Who may: 驻村干部、乡镇经办员、村干部，须为具体的工作人员 · resident cadre, township clerk, village cadre; it must be an officer

    拒绝 · Refused by: `case-at-another-step`, `case-closed`, `cases-repeated`, `cases-unknown`, `evidence-unknown`,
    `facts-contradictory`, `facts-invalid`, `not-found`, `officer-required`, `policy-unknown`, `publicity-not-over`,
    `surveyors-incomplete`
    """
    return request(
        "POST",
        "/v1/cases/{case_id}/survey",
        SurveyAnswer,
        name="survey_household",
        path={"case_id": case_id},
        sent=json(body),
        keyed=True,
    )


def suspend_officer(officer_id: Id) -> Request[OfficerChanged]:
    """暂停权限 · Suspend an officer

    暂停一名工作人员的权限：其令牌在数秒内失效，系统代持的也一样。

    The officer acts no more for now. Every token of theirs ends within seconds, also where a system holds it.

    可调用 · Who may: 县级工作人员，须为具体的工作人员 · county officer; it must be an officer

    拒绝 · Refused by: `login-name-taken`, `not-found`, `officer-required`, `officer-state`, `outside-area`, `own-
    office`, `role-not-yours-to-give`
    """
    return request(
        "POST",
        "/v1/officers/{officer_id}/suspension",
        OfficerChanged,
        name="suspend_officer",
        path={"officer_id": officer_id},
        keyed=True,
    )


def upload_comparison_dataset(content: bytes, *, kind: ExtractKind) -> Request[DatasetAnswer]:
    """上传比对数据表 · Upload an extract

    上传一个部门的数据表（CSV，UTF-8 或 GB18030），表头由类别决定；比对后即删除。

    A CSV in UTF-8 or GB18030 with the kind's header, in English or Chinese; refused whole for one broken row.

    可调用 · Who may: 县级工作人员，须为具体的工作人员 · county officer; it must be an officer

    拒绝 · Refused by: `dataset-empty`, `dataset-encoding-unknown`, `dataset-header-wrong`, `dataset-row-broken`,
    `media-type-unsupported`, `not-found`, `officer-required`
    """
    return request(
        "POST",
        "/v1/comparison-datasets",
        DatasetAnswer,
        name="upload_comparison_dataset",
        query={"kind": kind},
        sent=(content, "text/csv"),
        keyed=True,
    )


def upload_evidence(
    content: bytes,
    *,
    media_type: Literal[
        "application/octet-stream",
        "application/ofd",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "audio/amr",
        "audio/mp4",
        "audio/mpeg",
        "audio/wav",
        "image/heic",
        "image/jpeg",
        "image/png",
        "image/tiff",
        "image/webp",
        "text/csv",
        "text/plain",
        "video/mp4",
    ],
) -> Request[EvidenceAnswer]:
    """上传佐证材料 · Upload evidence

    请求体即文件本身，其类型按内容辨认，与声明不符即拒绝；以内容的 SHA-256 摘要引用，文件名不读取也不保存。可带 Content-Digest 或 Repr-Digest（RFC
    9530，sha-256），途中有损即拒绝。

    The body is the file itself; what it is, its bytes tell. A file's name is never read nor kept.

    With `Content-Digest` or `Repr-Digest` (RFC 9530, `sha-256`) a body that arrived otherwise is refused.

    可调用 · Who may: 县级工作人员、农户代办人、驻村干部、乡镇经办员、乡镇干部、村干部，须为具体的工作人员 · county officer, household agent, resident cadre,
    township clerk, township officer, village cadre; it must be an officer

    拒绝 · Refused by: `evidence-container-unsafe`, `evidence-digest-wrong`, `evidence-empty`, `evidence-type-lies`,
    `evidence-type-unsupported`, `media-type-unsupported`, `officer-required`
    """
    return request(
        "POST", "/v1/evidence", EvidenceAnswer, name="upload_evidence", sent=(content, media_type), keyed=True
    )


def verify_suspect_again(suspect_id: Id, body: VerificationBody) -> Request[SuspectAnswer]:
    """疑似对象核实签字 · Sign for a suspect

    先由村级、再由乡镇核实签字；两级一致即成立，属实的驳回事项。两级不一致的，从村级开始下一轮。亲属须回避。

    The village signs first, then the township; what both sign stands: confirmed rejects the case.

    Where the township signs otherwise than the village, the next round begins with the village. Never by a relative
    of the household.

    可调用 · Who may: 乡镇干部、村干部，须为具体的工作人员 · township officer, village cadre; it must be an officer

    拒绝 · Refused by: `case-at-another-step`, `case-closed`, `cases-repeated`, `cases-unknown`, `evidence-required`,
    `evidence-unknown`, `not-found`, `officer-related`, `officer-required`, `publicity-not-over`, `suspect-already-
    verified`, `suspect-awaits-village`, `suspect-signatory-wrong`
    """
    return request(
        "POST",
        "/v1/suspects/{suspect_id}/verification",
        SuspectAnswer,
        name="verify_suspect_again",
        path={"suspect_id": suspect_id},
        sent=json(body),
        keyed=True,
    )


def withdraw_case(case_id: Id, body: ReasonBody) -> Request[CaseAnswer]:
    """撤回申请 · Withdraw an application

    农户撤回申请，任何环节都可以。

    By the household, at any step.

    可调用 · Who may: 农户代办人、乡镇经办员、村干部，须为具体的工作人员 · household agent, township clerk, village cadre; it must be an officer

    拒绝 · Refused by: `case-at-another-step`, `case-closed`, `cases-repeated`, `cases-unknown`, `not-found`,
    `officer-required`, `publicity-not-over`
    """
    return request(
        "POST",
        "/v1/cases/{case_id}/withdrawal",
        CaseAnswer,
        name="withdraw_case",
        path={"case_id": case_id},
        sent=json(body),
        keyed=True,
    )

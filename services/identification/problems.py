"""The problems of identification, each with its own code."""

from shared.problems import define

HOUSEHOLD_UNKNOWN = define("household-unknown", 404, zh="查无此户", en="The household is not known")
HOUSEHOLDS_REPEATED = define("households-repeated", 422, zh="名单中有重复的农户", en="The list names a household twice")
OUT_OF_SCOPE = define(
    "household-out-of-scope", 422, zh="不在识别范围内（非农业户口）", en="Outside the scope of identification"
)
CASE_OPEN = define("case-already-open", 409, zh="该户已有在办事项", en="The household has an open case already")
ALREADY_REGISTERED = define(
    "household-already-registered", 409, zh="该户已是建档立卡贫困户", en="The household is registered poor already"
)
REGISTRATION_DECIDED = define(
    "registration-decided", 409, zh="该户的登记已有决定", en="The household's registration has been decided already"
)
EVIDENCE_UNKNOWN = define(
    "evidence-unknown", 422, zh="佐证材料未上传", en="The evidence has a digest but no bytes were uploaded"
)
EVIDENCE_EMPTY = define("evidence-empty", 422, zh="佐证材料为空", en="The evidence has no bytes")
EVIDENCE_TYPE_UNSUPPORTED = define(
    "evidence-type-unsupported",
    415,
    zh="不接受此类文件作为佐证材料",
    en="A file of this kind is not accepted as evidence",
)
EVIDENCE_TYPE_LIES = define(
    "evidence-type-lies", 415, zh="文件内容与声明的类型不符", en="The bytes are not of the type that was declared"
)
EVIDENCE_CONTAINER_UNSAFE = define(
    "evidence-container-unsafe",
    422,
    zh="文档已损坏、已加密或解压后过大",
    en="The document is broken, encrypted, or unpacks to far too much",
)
EVIDENCE_DIGEST_WRONG = define(
    "evidence-digest-wrong",
    422,
    zh="收到的内容与所报摘要不符",
    en="The bytes that came are not those of the digest told",
)
EVIDENCE_LOST = define(
    "evidence-lost",
    500,
    zh="佐证材料的内容已丢失，请联系运维",
    en="The bytes of the evidence are gone; tell an operator",
)
EVIDENCE_REQUIRED = define(
    "evidence-required", 422, zh="此核实结论须附佐证材料", en="This outcome of a verification needs evidence"
)
CASE_CLOSED = define("case-closed", 409, zh="事项已办结", en="The case is closed")
CASE_AT_ANOTHER_STEP = define(
    "case-at-another-step", 409, zh="事项不在此环节", en="The case is at another step or stage"
)
CASES_UNKNOWN = define("cases-unknown", 404, zh="名单中有查无的事项", en="The list names cases that are not known")
CASES_REPEATED = define("cases-repeated", 422, zh="名单中有重复的事项", en="The list names a case twice")
CASE_OUTSIDE_LIST_AREA = define(
    "case-outside-list-area", 422, zh="名单中有不属于该区划的事项", en="The list names a case of another division"
)
STEP_NOT_EARLIER = define(
    "step-not-earlier", 422, zh="只能退回到之前的环节", en="A case returns to an earlier step only"
)
OBJECTION_OPEN = define("objection-open", 409, zh="有尚未核实的异议", en="An objection is still being verified")
OBJECTION_RESOLVED = define("objection-resolved", 409, zh="异议已处理", en="The objection has been resolved already")
SUSPECT_OPEN = define("suspect-open", 409, zh="有尚未核实的疑似对象", en="A suspect is still open")
SUSPECT_VERIFIED = define(
    "suspect-already-verified", 409, zh="该级已对疑似对象签字核实", en="This level has signed for the suspect already"
)
SUSPECT_AWAITS_VILLAGE = define(
    "suspect-awaits-village", 409, zh="须先由村级核实签字", en="The village has to verify and sign first"
)
NOT_ELIGIBLE = define("not-eligible", 409, zh="当日事实不再符合识别标准", en="Not eligible on the facts of the day")
REVIEWER_SUBMITTED = define(
    "reviewer-submitted", 403, zh="不得审核本人提交的事项", en="Nobody reviews what they themselves submitted"
)
OFFICER_RELATED = define("officer-related", 403, zh="亲属须回避", en="An officer never decides on a relative's case")
PUBLICITY_NOT_OVER = define(
    "publicity-not-over", 409, zh="公示期未满，不得提前结束", en="A publicity ends by the clock, never early"
)
PUBLICITY_OVER = define("publicity-over", 409, zh="公示期已满", en="The publicity is over")
QUORUM_NOT_MET = define("quorum-not-met", 422, zh="到会人数未达法定人数", en="The meeting has no quorum")
CAPACITY_MISSING = define(
    "capacity-missing", 422, zh="评议会缺少应到会的人员类别", en="A capacity that the meeting needs is not present"
)
VOTES_EXCEED_ROLL = define(
    "votes-exceed-roll", 422, zh="票数超过到会人数或应到人数", en="More votes than people present or on the roll"
)
REASONS_REQUIRED = define(
    "reasons-required", 422, zh="反对符合标准的农户须说明理由", en="Votes against an eligible household need reasons"
)
REASON_REQUIRED = define("reason-required", 422, zh="须说明理由", en="The decision needs its reason")
SURVEYORS_INCOMPLETE = define(
    "surveyors-incomplete",
    422,
    zh="须有村组干部和驻村干部各至少一名参加入户调查",
    en="At least one village or group cadre and one resident cadre survey together",
)
FACTS_INVALID = define("facts-invalid", 422, zh="事实填写有误", en="Some facts are not valid")
FACTS_CONTRADICTORY = define("facts-contradictory", 422, zh="事实互相矛盾", en="Some facts contradict each other")
PARAMETERS_INVALID = define("parameters-invalid", 422, zh="政策参数有误", en="Some parameters are not valid")
REFERENCES_REPEATED = define("references-repeated", 422, zh="户的标识重复", en="A household's reference is repeated")
POLICY_UNKNOWN = define("policy-unknown", 404, zh="该区划该年度没有政策", en="No policy for this division and year")
DATASET_HEADER = define("dataset-header-wrong", 422, zh="数据表表头不符", en="The extract's header is not as declared")
DATASET_ROW = define("dataset-row-broken", 422, zh="数据表有损坏的行", en="The extract has a broken row")
DATASET_EMPTY = define("dataset-empty", 422, zh="数据表为空", en="The extract is empty")
DATASET_ENCODING = define(
    "dataset-encoding-unknown", 422, zh="编码须为 UTF-8 或 GB18030", en="The extract is neither UTF-8 nor GB18030"
)
DATASET_UNKNOWN = define("dataset-unknown", 404, zh="查无此数据表", en="The extract is not known")
DATASET_GONE = define(
    "dataset-gone",
    409,
    zh="数据表已比对完毕并删除，须重新上传",
    en="The extract was compared and removed; upload it again",
)
COMPARISON_EMPTY = define(
    "comparison-without-cases", 422, zh="该区划没有待比对的事项", en="No case of the division awaits comparison"
)
SUSPECT_SIGNATORY = define(
    "suspect-signatory-wrong",
    403,
    zh="只有村级和乡镇级可以对疑似对象签字核实",
    en="Only an officer of the village and one of the township sign for a suspect",
)

BY_CODE = {
    type_.code: type_
    for type_ in (
        CASE_CLOSED,
        CASE_AT_ANOTHER_STEP,
        STEP_NOT_EARLIER,
        OBJECTION_OPEN,
        SUSPECT_OPEN,
        NOT_ELIGIBLE,
        REVIEWER_SUBMITTED,
        PUBLICITY_NOT_OVER,
        PUBLICITY_OVER,
        SUSPECT_VERIFIED,
        SUSPECT_AWAITS_VILLAGE,
    )
}
"""The problems by which the domain refuses an action."""

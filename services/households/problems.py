"""The problems of households, each with its own code."""

from shared.problems import define, define_field

PARENT_UNKNOWN = define("division-parent-unknown", 422, zh="上级区划不存在", en="The division above it is not known")
DIVISION_MALFORMED = define(
    "division-malformed", 422, zh="区划代码的级别不正确", en="The division's code names no level of its own"
)
DIVISION_UNKNOWN = define("division-unknown", 422, zh="区划不存在", en="The division is not known")
DIVISION_TOO_WIDE = define(
    "division-not-a-village", 422, zh="须为村或村民小组", en="A village or a villagers' group is required"
)
ONE_HEAD = define("household-head-required", 422, zh="每户须有且只有一名户主", en="A household has exactly one head")
BOOKLET_TAKEN = define(
    "booklet-number-taken", 409, zh="户口本编号在本县已登记", en="The booklet number is registered in this county"
)
ID_NUMBER_INVALID = define("id-number-invalid", 422, zh="身份证号码无效", en="The ID number is not valid")
ID_NUMBER_REPEATED = define(
    "id-number-repeated", 422, zh="同一户内身份证号码重复", en="Two members have the same ID number"
)
REGISTERED_ELSEWHERE = define(
    "member-registered-elsewhere",
    409,
    zh="该成员已登记在其他户",
    en="The person is registered in another household",
)
HEAD_STAYS = define(
    "household-head-stays", 409, zh="不能移除户主", en="The head cannot leave while the household has no other"
)
MEMBER_LEFT = define("member-already-left", 409, zh="该成员已离户", en="The member has left the household already")
RELATIVE_DECLARED = define(
    "relative-already-declared", 409, zh="该亲属关系已申报", en="The relation has been declared already"
)
SEARCH_EMPTY = define(
    "search-empty",
    422,
    zh="须提供户口本编号、户主姓名或身份证号码之一",
    en="A booklet number, a head's name or an ID number is required",
)
IMPORT_EMPTY = define("import-empty", 422, zh="导入文件为空", en="The file of the import is empty")
IMPORT_FILE_MISSING = define(
    "import-file-missing", 409, zh="导入文件已不存在", en="The file of the import is no longer there"
)
FUTURE_DATE = define_field("future-date", zh="日期不得晚于今日", en="The day lies ahead")

"""The gateway's problems."""

from shared.problems import define

CLOCK_BACKWARDS = define("clock-backwards", 409, zh="沙箱时钟只能向前拨动", en="The sandbox's clock moves forward only")
CLOCK_TOO_FAR = define(
    "clock-too-far", 422, zh="沙箱时钟最多拨快十年", en="The sandbox's clock is ten years ahead at most"
)
CLOCK_NOT_SET = define(
    "clock-not-set", 503, zh="有服务未能拨动时钟，请重试", en="Some services did not set their clocks; try again"
)
OWN_OFFICE = define("own-office", 403, zh="不能变更本人的任命", en="Nobody decides about their own office")
ROLE_NOT_YOURS = define(
    "role-not-yours-to-give", 403, zh="无权任命或管理该角色", en="Officers of this role are not the caller's to appoint"
)
OFFICER_STATE = define(
    "officer-state", 409, zh="该工作人员当前状态不允许此操作", en="Not possible in the officer's present state"
)
LOGIN_NAME_TAKEN = define("login-name-taken", 409, zh="登录名已被使用", en="The login name is taken")
LOGIN_REFUSED = define("login-refused", 401, zh="登录名或口令不正确", en="The login name or the password is not right")
LOGIN_THROTTLED = define("login-throttled", 429, zh="失败次数过多，请稍后再试", en="Too many failures; try again later")
PASSWORD_REFUSED = define("password-refused", 422, zh="新口令不符合要求", en="The new password is not acceptable")
SCOPES_NOT_YOURS = define(
    "scopes-not-yours-to-give", 403, zh="无权授予这些权限", en="Some of these scopes are not the caller's to give"
)
CLIENT_ID_TAKEN = define("client-id-taken", 409, zh="客户端标识已被使用", en="The client's id is taken")
CLIENT_REVOKED = define("client-revoked", 409, zh="该客户端已撤销", en="The client is revoked")
ORIGIN_NOT_ALLOWED = define(
    "origin-not-allowed", 403, zh="此网页来源未获准调用", en="Pages of this origin may not call the API"
)

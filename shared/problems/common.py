"""The problems that any service may answer."""

from shared.problems.catalogue import define

BAD_REQUEST = define("malformed-request", 400, zh="请求无法解析", en="The request cannot be parsed")
UNAUTHENTICATED = define("token-missing", 401, zh="缺少访问令牌", en="An access token is required")
TOKEN_INVALID = define("token-invalid", 401, zh="访问令牌无效", en="The access token is not valid")
TOKEN_EXPIRED = define("token-expired", 401, zh="访问令牌已过期", en="The access token has expired")
SCOPE_MISSING = define("scope-missing", 403, zh="无权进行此操作", en="The token's scopes do not allow this")
OUTSIDE_AREA = define("outside-area", 403, zh="超出所辖区域", en="Outside the caller's area")
OFFICER_REQUIRED = define("officer-required", 403, zh="此操作须由工作人员作出", en="This must be done by an officer")
NOT_FOUND = define("not-found", 404, zh="未找到", en="Not found")
METHOD_NOT_ALLOWED = define("method-not-allowed", 405, zh="不支持此方法", en="The method is not allowed here")
METHOD_UNKNOWN = define("method-unknown", 501, zh="不认识此 HTTP 方法", en="No such HTTP method is known here")
NOT_ACCEPTABLE = define(
    "not-acceptable", 406, zh="没有可供接受的表示形式", en="None of the accepted media types can be answered"
)
HEAD_TIMEOUT = define(
    "head-timeout", 408, zh="请求头传送过慢，连接已关闭", en="The head came too slowly; the connection is closed"
)
BODY_TIMEOUT = define(
    "body-timeout",
    408,
    zh="请求体传送过慢，连接已关闭",
    en="The body came too slowly; the connection is closed",
)
CONFLICT = define("conflict", 409, zh="与现有数据冲突", en="In conflict with what is there")
GONE = define("gone", 410, zh="此接口已停用", en="This operation has been retired")
TOO_LARGE = define("body-too-large", 413, zh="请求体过大", en="The request's body is too large")
URI_TOO_LONG = define("uri-too-long", 414, zh="请求地址过长", en="The request's address is too long")
MEDIA_TYPE = define("media-type-unsupported", 415, zh="不支持的媒体类型", en="The media type is not supported")
RANGE_UNSATISFIABLE = define(
    "range-unsatisfiable", 416, zh="所请求的范围超出内容长度", en="The range lies beyond the content's end"
)
INVALID = define("request-invalid", 422, zh="请求内容不符合要求", en="The request's content is not valid")
UNKNOWN_PARAMETER = define("parameter-unknown", 422, zh="未知的查询参数", en="Unknown query parameter")
KEY_REQUIRED = define(
    "idempotency-key-required", 400, zh="缺少 Idempotency-Key 请求头", en="The Idempotency-Key header is required"
)
KEY_REUSED = define(
    "idempotency-key-reused",
    422,
    zh="同一 Idempotency-Key 用于不同的请求",
    en="The Idempotency-Key was used with another request",
)
CURSOR_INVALID = define("cursor-invalid", 422, zh="分页游标无效", en="The cursor is not valid for this query")
PRECONDITION_REQUIRED = define(
    "precondition-required", 428, zh="缺少 If-Match 请求头", en="The If-Match header is required"
)
PRECONDITION_FAILED = define(
    "precondition-failed", 412, zh="内容已被他人修改", en="The resource has changed in the meantime"
)
RATE_LIMITED = define("rate-limited", 429, zh="请求过于频繁，请稍后再试", en="Too many requests; try again later")
HEADERS_TOO_LARGE = define(
    "headers-too-large", 431, zh="请求头过多或过长", en="The request's headers are too many or too long"
)
INTERNAL = define("internal-error", 500, zh="系统内部错误", en="An internal error occurred")
UNAVAILABLE = define("service-unavailable", 503, zh="服务暂不可用", en="The service is not available for now")
TIMED_OUT = define(
    "answer-timeout", 503, zh="处理超时，已中止，请重试", en="Took too long and was broken off; try again"
)
CROWDED = define("too-many-connections", 503, zh="连接过多，请稍后再试", en="Too many connections; try again later")

"""Audit's problems."""

from shared.problems import define

POSITION_INVALID = define(
    "position-invalid",
    422,
    zh="归档位置无效或不属于本归档",
    en="The position is not one of this archive",
)
DEAD_LETTER_DECIDED = define(
    "dead-letter-decided",
    409,
    zh="该死信已有决定或已处理完毕",
    en="The dead letter has been decided already",
)
TOO_MANY_STREAMS = define(
    "too-many-streams",
    429,
    zh="该用户打开的事件流过多",
    en="The caller has too many streams open",
)
STREAMS_EXHAUSTED = define(
    "streams-exhausted",
    503,
    zh="事件流连接数已满，请稍后重试",
    en="Too many streams are open: try again later",
)
TICKET_INVALID = define("ticket-invalid", 401, zh="票据无效", en="The ticket is not valid")
TICKET_EXPIRED = define("ticket-expired", 401, zh="票据已过期", en="The ticket has expired")
TICKET_USED = define("ticket-used", 401, zh="票据已使用过", en="The ticket was used before")
TICKET_OTHER_FILTER = define(
    "ticket-other-filter", 403, zh="票据属于另一筛选条件", en="The ticket was issued for another filter"
)

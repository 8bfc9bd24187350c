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

"""Audit's problems."""

from shared.problems import define

POSITION_INVALID = define(
    "position-invalid",
    422,
    zh="归档位置无效或不属于本归档",
    en="The position is not one of this archive",
)

"""The gateway's problems."""

from shared.problems import define

CLOCK_BACKWARDS = define("clock-backwards", 409, zh="沙箱时钟只能向前拨动", en="The sandbox's clock moves forward only")
CLOCK_TOO_FAR = define(
    "clock-too-far", 422, zh="沙箱时钟最多拨快十年", en="The sandbox's clock is ten years ahead at most"
)
CLOCK_NOT_SET = define(
    "clock-not-set", 503, zh="有服务未能拨动时钟，请重试", en="Some services did not set their clocks; try again"
)

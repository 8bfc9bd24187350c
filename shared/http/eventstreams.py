"""What a service that makes a stream of server-sent events and a gateway that passes it on have in common."""

from enum import StrEnum

import orjson
from starlette.types import Receive

MEDIA_TYPE = "text/event-stream"
ENDLESS = "jingzhun.endless"
"""Set in the scope of a request whose answer lasts as long as its reader listens: its time says nothing."""
END = b"\n\n"
"""Of every message."""
LAST_WORD_SECONDS = 2.0
"""In which a reader must take the last message."""


class Closing(StrEnum):
    """Why a stream was ended from here."""

    SLOW_READER = "slow-reader"
    STOPPING = "stopping"
    TOKEN_EXPIRED = "token-expired"  # noqa: S105  # a code
    TOKEN_INVALID = "token-invalid"  # noqa: S105  # a code
    UNAVAILABLE = "unavailable"


_TEXTS = {
    Closing.SLOW_READER: ("读取过慢，请从最后收到的位置重新连接", "Read too slowly: connect again from the last id"),
    Closing.STOPPING: ("服务正在停止，请稍后重新连接", "The service is stopping: connect again soon"),
    Closing.TOKEN_EXPIRED: ("访问令牌已过期，请换新令牌", "The access token has expired: get another"),
    Closing.TOKEN_INVALID: ("访问令牌已失效", "The access token is valid no longer"),
    Closing.UNAVAILABLE: ("归档暂不可用，请稍后重新连接", "The archive is not available for now: connect again soon"),
}


def closed(why: Closing) -> bytes:
    """The last message of a stream that did not end by its reader's will."""
    zh, en = _TEXTS[why]
    return b"event: closed\ndata: %b" % orjson.dumps({"code": why, "zh": zh, "en": en}) + END


async def hung_up(receive: Receive) -> None:
    """Returns when the caller has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass

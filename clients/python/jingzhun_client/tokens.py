"""Where a call's bearer token comes from."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from msgspec import UNSET, UnsetType

from jingzhun_client.models import IssueTokenAnswer, IssueTokenBody
from jingzhun_client.operations import issue_token
from jingzhun_client.requests import Request

_BEFORE_IT_ENDS = 30.0


@dataclass(slots=True)
class Credentials:
    """Of a registered system: a token is asked for when one is needed, and kept until shortly before it ends."""

    client_id: str
    client_secret: str = field(repr=False)
    scope: str | UnsetType = UNSET
    _token: str | None = field(default=None, repr=False)
    _ends: float = 0.0

    @property
    def fresh(self) -> str | None:
        return self._token if time.monotonic() < self._ends else None

    @property
    def question(self) -> Request[IssueTokenAnswer]:
        return issue_token(
            IssueTokenBody(
                grant_type="client_credentials",
                client_id=self.client_id,
                client_secret=self.client_secret,
                scope=self.scope,
            )
        )

    def kept(self, answer: IssueTokenAnswer) -> str:
        self._token = answer.access_token
        self._ends = time.monotonic() + answer.expires_in - _BEFORE_IT_ENDS
        return self._token


Token = str | Callable[[], str] | Credentials
"""A bearer token, what gives one before every call, or what one is asked with."""


def plain(token: str | Callable[[], str] | None) -> str | None:
    return token() if callable(token) else token

"""Where a check of schemathesis does not apply, and why. As data; what is not named here is checked everywhere."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Exemption:
    """Of the named operations, or of all."""

    check: str
    why: str
    operations: tuple[str, ...] = ()


EXEMPTIONS = (
    Exemption(
        "positive_data_acceptance",
        "What has the right form may be refused by a rule: a quorum, a step, a cursor of another query. That form alone"
        " is never the reason is our own check, `what_has_the_form_is_read`.",
    ),
    Exemption(
        "object_level_authorization",
        "It wants objects that belong to whoever made them; here an area decides, and the matrix of routes, roles and"
        " areas asks every one of them.",
    ),
    Exemption("max_response_time", "A machine under load is no reason for a test to fail."),
)
REFUSING = ["400", "401", "403", "404", "405", "406", "409", "412", "413", "414", "415", "422", "428", "429"]
"""How data that break the schema may be met. 5xx is none of them."""

WITHOUT_A_HEADER = ["400", "401", "403", "406", "415", "422", "428"]
"""If-Match, where it is missing, is asked for by 428 (RFC 6585)."""

OAUTH_FORM = dict.fromkeys(("issue_token", "revoke_token"), frozenset({400, 401, 429}))
"""RFC 6749 §5.2 says how these refuse, with an `error`; the problems of all routes are problems there too."""

NEVER_ENDING = {"stream_events": {"request-timeout": 2, "max-stream-events": 5, "generation": {"max-examples": 10}}}
"""Answers that go on: some of each is read, and that little is waited for."""

RULES = frozenset({"future-date"})
"""Fields refused by a rule: what day it is, no document can say."""

BEYOND_A_SCHEMA = frozenset({"register_api_client"})
"""One of two lists has something in it: said in words, for no generator of clients makes a class of such a schema."""

FORM = frozenset({"request-invalid", "parameter-unknown", "malformed-request", "media-type-unsupported"})
"""Codes that say that the form is wrong: never said of what has the form that the document describes."""

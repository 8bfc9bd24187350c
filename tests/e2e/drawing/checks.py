"""What holds of every answer of this API, beyond what schemathesis knows to ask."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import orjson
import schemathesis
from schemathesis.generation.meta import REQUEST_SHAPE_PROBES, coverage_scenario

from services.wiring.contract.catalogue import catalogue
from tests.e2e.drawing.exemptions import BEYOND_A_SCHEMA, FORM, OAUTH_FORM, RULES
from tests.e2e.drawing.sending import CANARY
from tests.e2e.strangers import is_id

_CODES = {entry.type.code: entry.type for entries in catalogue().values() for entry in entries}
_TRACE = re.compile(r"[0-9a-f]{32}")
_TELLING = 8
"""Characters from which on a text that comes back was copied, not met by chance."""


def problem_of(response: Any) -> dict[str, Any]:
    """Empty for an answer that is none, and for one to HEAD, which has no body."""
    if not response.content or _one(response, "content-type") != "application/problem+json":
        return {}
    found: dict[str, Any] = orjson.loads(response.content)
    return found


def _one(response: Any, header: str) -> str:
    return str((response.headers.get(header) or [""])[0])


def _name(case: Any) -> str:
    return str(case.operation.definition.raw["operationId"])


@schemathesis.check
def every_answer_names_its_trace(context: Any, response: Any, case: Any) -> None:
    assert _TRACE.fullmatch(_one(response, "x-trace-id")), "no X-Trace-Id"


@schemathesis.check
def every_error_is_a_problem_of_the_catalogue(context: Any, response: Any, case: Any) -> None:
    if response.status_code < 400 or response.request.method == "HEAD":
        return
    if response.status_code in OAUTH_FORM.get(_name(case), ()) and _one(response, "content-type") == "application/json":
        assert "error" in orjson.loads(response.content)
        return
    problem = problem_of(response)
    known = _CODES.get(problem.get("code", ""))
    assert known is not None, f"{response.status_code} without a code of the catalogue"
    assert (problem["status"], problem["type"]) == (response.status_code, known.uri)
    assert known.status == response.status_code
    assert problem["title"] in (known.zh, known.en)
    assert problem["trace_id"] == _one(response, "x-trace-id")


@schemathesis.check
def what_was_sent_is_not_repeated(context: Any, response: Any, case: Any) -> None:
    """By no error. Ids are no personal data, and a word of the API's own document tells nothing."""
    if response.status_code < 400:
        return
    said = (response.content or b"").decode(errors="replace")
    vocabulary = _vocabulary(case.operation.schema)
    repeated = [text for text in _sent(response.request) if text in said and text not in vocabulary]
    assert not repeated, f"the answer repeats {repeated[0][:100]!r}"


@schemathesis.check
def what_is_not_known_is_refused(context: Any, response: Any, case: Any) -> None:
    declared = {parameter.name for parameter in case.operation.query}
    unknown = parse_qs(urlsplit(response.request.url).query, keep_blank_values=True).keys() - declared
    assert not unknown or response.status_code >= 400, f"query parameters that do not exist were accepted: {unknown}"


@schemathesis.check
def what_has_the_form_is_read(context: Any, response: Any, case: Any) -> None:
    """The document tells the whole form: nothing that has it is refused for its form."""
    if case.meta is None or not case.meta.generation.mode.is_positive or holds_nul(response.request):
        return
    if coverage_scenario(case) in REQUEST_SHAPE_PROBES or CANARY in response.request.url:
        return
    problem = problem_of(response)
    faults = {error["code"] for error in problem.get("errors", ())}
    by_rule = _name(case) in BEYOND_A_SCHEMA or (faults and faults <= RULES)
    assert by_rule or problem.get("code") not in FORM, f"refused for its form: {problem}"


def holds_nul(request: Any) -> bool:
    """PostgreSQL keeps no NUL; no schema can say so without becoming unreadable, and the refusal is documented."""
    body = request.body or b""
    text = body if isinstance(body, bytes) else str(body).encode()
    return b"\\u0000" in text or b"\0" in text or "%00" in request.url


def _vocabulary(schema: Any, kept: list[str] = []) -> str:  # noqa: B006  # one document a process
    if not kept:
        kept.append(orjson.dumps(schema.raw_schema).decode())
    return kept[0]


def _sent(request: Any) -> Iterator[str]:
    texts = [value for _, value in parse_qsl(urlsplit(request.url).query)]
    texts += _texts(_json(request.body))
    texts += [value for name, value in request.headers.items() if name.lower() in ("authorization", "idempotency-key")]
    return (str(text) for text in texts if len(text) >= _TELLING and not is_id(str(text)))


def _json(body: Any) -> Any:
    try:
        return orjson.loads(body or b"null")
    except ValueError:
        return None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value

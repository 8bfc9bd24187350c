"""Answers that the caller has already: every single resource has a tag of its content, and ``If-None-Match`` its 304.

The tag begins with the resource's version where it has one, so that ``If-Match`` takes it as it came; the rest is of
the content, for what may be done next depends on the caller and the hour, and names are masked or not.
"""

import hashlib
import re

from fastapi import Request, Response

from shared.http.preconditions import names_tag

UNCHANGED = "与 If-None-Match 所示相同 · The caller has it already, by If-None-Match"
_KEPT = ("etag", "link")
_VERSION = re.compile(r'"(\d+)"')


def answer_or_unchanged(request: Request, response: Response) -> Response:
    """The answer with its tag, or 304 without it."""
    content = hashlib.blake2b(bytes(response.body), digest_size=8).hexdigest()
    version = _VERSION.fullmatch(response.headers.get("etag", ""))
    tag = f'"{version.group(1)}.{content}"' if version else f'"{content}"'
    response.headers["etag"] = tag
    if not names_tag(request.headers.get("if-none-match", ""), tag, weakly=True):
        return response
    return Response(
        status_code=304, headers={name: response.headers[name] for name in _KEPT if name in response.headers}
    )

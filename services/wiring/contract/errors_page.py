"""``docs/errors.md``: the catalogue of problems as whoever meets one reads it."""

from collections.abc import Iterable
from pathlib import Path

from services.wiring.contract.catalogue import COMMON, Entry, catalogue, field_codes

PAGE = Path("docs/errors.md")
_HEAD = """# 错误目录 · Error catalogue

<!-- 由 make spec 生成，请勿手改 · Made by `make spec`; do not edit -->

出错时的响应体是 `application/problem+json`（RFC 9457）。程序应判断 `code`：它不会改变；`title` 与 `detail` 按
`Accept-Language` 给出中文或英文，供人阅读。`type` 为 `urn:jingzhun:problem:` 加 `code`，即本页的一个条目。`errors`
以 JSON 指针指出有误之处，从不重复所发送的内容。`trace_id` 供管理员查找日志。未列出的 `code` 按其 HTTP 状态处理。

An error's body is `application/problem+json` (RFC 9457). Programs decide by `code`, which never changes; `title` and
`detail` are Chinese or English by `Accept-Language`, for people. `type` is `urn:jingzhun:problem:` and the `code`: an
entry of this page. `errors` points at what is wrong by JSON pointers, and never repeats what was sent. `trace_id` is
what an operator finds in the logs. Treat a `code` that you do not know by its HTTP status.

```json
{
  "type": "urn:jingzhun:problem:request-invalid",
  "code": "request-invalid",
  "status": 422,
  "title": "请求内容不符合要求",
  "errors": [{"pointer": "/year", "code": "int-type", "detail": "应为整数"}],
  "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"
}
```
"""
_OWNERS = {
    COMMON: "任何操作 · Any operation",
    "households": "农户 · Households",
    "identification": "识别 · Identification",
    "notifications": "任务 · Tasks",
    "audit": "归档 · The archive",
    "gateway": "网关 · The gateway",
}
_FIELDS = """
## 字段错误 · Field errors

`errors` 各项的 `code`；也可能是以上任一问题的代码。`pointer` 指向请求体中的位置；以 `#query/`、`#path/` 或
`#header/` 开头的指向参数。

The `code` of an entry of `errors`; it may be the code of a problem above, too. `pointer` leads to a place in the body,
or to a parameter where it begins with `#query/`, `#path/` or `#header/`.

| code | 中文 | English |
|---|---|---|
"""


def errors_page() -> str:
    sections = "".join(_section(_OWNERS.get(owner, owner), entries) for owner, entries in catalogue().items())
    rows = "".join(f"| `{each.code}` | {each.zh} | {each.en} |\n" for each in field_codes())
    return _HEAD + sections + _FIELDS + rows


def _section(title: str, entries: Iterable[Entry]) -> str:
    return f"\n## {title}\n" + "".join(map(_told, entries))


def _told(entry: Entry) -> str:
    type_, cause, cure = entry.type, entry.cause, entry.cure
    return (
        f"\n### {type_.code}\n\n"
        f"**{type_.status}** {type_.zh} · {type_.en}\n\n"
        f"- 原因：{cause.zh}\n- 处理：{cure.zh}\n- Cause: {cause.en}\n- Cure: {cure.en}\n"
    )

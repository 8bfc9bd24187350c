"""``docs/glossary.md``: the words of the field, and every code of the API, in both languages."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from services.identification.policy import FACTS, PARAMETERS, Subject, load_criteria
from shared.codes import CODES, Code

Names = Iterable[tuple[str, str, str]]
"""Identifier, Chinese, English."""

PAGE = Path("docs/glossary.md")
TERMS = Path(__file__).with_name("terms.toml")
_HEAD = """# 术语表 · Glossary

<!-- 由 make spec 生成，请勿手改 · Made by `make spec`; do not edit -->

标识一栏是代码、接口和事件中的写法。代码表亦见 `GET /v1/codes`。

The identifier is how code, API and events spell it. `GET /v1/codes` serves the code lists too.
"""
_LISTS = "\n## 代码表 · Code lists\n"


def glossary_page() -> str:
    tables = [
        ("标准", "Criteria", _criteria()),
        ("户情", "Facts of a household", _facts(Subject.HOUSEHOLD)),
        ("村情", "Facts of a village", _facts(Subject.VILLAGE)),
        ("政策参数", "Parameters of a policy", ((each.name, each.zh, each.en) for each in PARAMETERS.values())),
    ]
    sections = tomllib.loads(TERMS.read_text())["sections"]
    lists = (f"\n### `{name}`\n\n{_rows(_codes(codes))}" for name, codes in CODES.items())
    return "".join([_HEAD, *map(_section, sections), *(_table(*table) for table in tables), _LISTS, *lists])


def _section(section: dict[str, Any]) -> str:
    head = "| 标识 · identifier | 中文 | English | 含义 · meaning |\n|---|---|---|---|\n"
    rows = [
        f"| {_quoted(name)} | {zh} | {en} | {meaning_zh} {meaning_en} |\n"
        for name, zh, en, meaning_zh, meaning_en in section["terms"]
    ]
    return f"\n## {section['zh']} · {section['en']}\n\n{head}{''.join(rows)}"


def _table(zh: str, en: str, names: Names) -> str:
    return f"\n## {zh} · {en}\n\n{_rows(names)}"


def _rows(names: Names) -> str:
    rows = [f"| {_quoted(name)} | {zh} | {en} |\n" for name, zh, en in names]
    return f"| 标识 · identifier | 中文 | English |\n|---|---|---|\n{''.join(rows)}"


def _quoted(name: str) -> str:
    return f"`{name}`" if name else ""


def _criteria() -> Names:
    for criterion in load_criteria().criteria.values():
        yield criterion.id, f"{criterion.name.zh}：{criterion.text.zh}", f"{criterion.name.en}: {criterion.text.en}"


def _facts(subject: Subject) -> Names:
    return ((fact.name, fact.zh, fact.en) for fact in FACTS[subject].values())


def _codes(codes: Iterable[Code]) -> Names:
    return ((code.value, code.zh, code.en) for code in codes)

"""Texts of the document as docstrings."""

import textwrap

_WIDTH = 112


def docstring(text: str, *, indent: str = "    ") -> str:
    """Empty where there is nothing to say. Long lines are wrapped, paragraphs and lists stay."""
    lines = [wrapped for line in text.strip().splitlines() for wrapped in textwrap.wrap(line, _WIDTH) or [""]]
    if not lines:
        return ""
    told = "\n".join(lines).replace("\\", "\\\\").replace('"""', "'''")
    closing = '"""' if len(lines) == 1 and not told.endswith('"') else '\n"""'
    return textwrap.indent(f'"""{told}{closing}', indent)

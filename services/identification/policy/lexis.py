"""What an expression may be written with, and how a mistake in it is shown.

Tokens are examined before anything is parsed, so that what is refused is refused at its place.
"""

from dataclasses import dataclass

from sqlglot import exp
from sqlglot.dialects import Postgres
from sqlglot.errors import TokenError
from sqlglot.tokenizer_core import Token, TokenType

LONGEST = 4_000
_MOST_TOKENS = 600
_DEEPEST = 12

FUNCTIONS = frozenset({"year"})

_ALLOWED = {
    TokenType.VAR, TokenType.NUMBER, TokenType.STRING, TokenType.TRUE, TokenType.FALSE,
    TokenType.L_PAREN, TokenType.R_PAREN, TokenType.COMMA, TokenType.DOT,
    TokenType.AND, TokenType.OR, TokenType.NOT, TokenType.IN,
    TokenType.EQ, TokenType.NEQ, TokenType.LT, TokenType.LTE, TokenType.GT, TokenType.GTE,
    TokenType.PLUS, TokenType.DASH, TokenType.STAR,
}  # fmt: skip

_REASONS: dict[TokenType, str] = {
    TokenType.SLASH: "division-refused",
    TokenType.MOD: "division-refused",
    TokenType.NULL: "null-refused",
    TokenType.IS: "null-refused",
    TokenType.CASE: "null-refused",
    TokenType.SELECT: "subquery-refused",
    TokenType.WITH: "subquery-refused",
}

MESSAGES: dict[str, tuple[str, str]] = {
    "expression-empty": ("表达式为空", "The expression is empty"),
    "expression-too-long": ("表达式过长", "The expression is too long"),
    "expression-too-deep": ("表达式嵌套过深", "The expression is nested too deeply"),
    "expression-malformed": ("表达式不完整或有语法错误", "The expression is incomplete or malformed"),
    "token-refused": ("此处不允许这一写法", "This is not allowed in an expression"),
    "construct-refused": ("不允许这一写法", "This construct is not allowed"),
    "function-refused": ("不允许使用这一函数", "This function is not allowed"),
    "division-refused": ("不允许除法；人均数请用“人均”事实", "Division is not allowed; use a fact per head"),
    "null-refused": ("不允许判断是否未知", "An expression may not ask whether something is unknown"),
    "subquery-refused": ("不允许子查询", "A subquery is not allowed"),
    "name-unknown": ("没有这一事实或参数", "There is no such fact or parameter"),
    "name-cyclic": ("派生事实互相引用成环", "Derived facts refer to each other in a circle"),
    "boolean-needed": ("此处应为是非判断", "True or false is needed here"),
    "number-needed": ("此处应为数值", "A number is needed here"),
    "number-refused": ("数字过大或写法不对", "The number is too large or not written plainly"),
    "date-needed": ("此处应为日期", "A date is needed here"),
    "choice-unknown": ("不在可选项之内", "This is not one of the fact's choices"),
    "kinds-mixed": ("两边的类型不同，不能比较或相加", "The two sides are of different kinds"),
    "literals-alone": ("请直接写出计算结果", "Write the result instead of reckoning with literals"),
    "order-refused": ("是非或选项之间不能比较大小", "These values have no order"),
    "membership-refused": (
        "in 的左边应为事实，右边应为写明的值",
        "The left of in must be a fact, the right values written out",
    ),
    "per-head-alone": (
        "人均数只能单独与一个数比较",
        "A figure per head can only be compared, alone, with another figure",
    ),
    "per-head-by-count": ("人均数须除以本对象的一个计数事实", "A figure per head is divided by a fact that counts"),
    "value-too-large": ("结果可能过大，无法精确计算", "The result could grow too large to be exact"),
}


@dataclass(frozen=True, order=True)
class Place:
    """Line and column, both counted from 1."""

    line: int
    column: int


class ExpressionError(Exception):
    """An expression that is refused: a stable code, the place, and both texts."""

    def __init__(self, code: str, place: Place) -> None:
        super().__init__(f"{code} at line {place.line}, column {place.column}")
        self.code = code
        self.place = place
        self.zh, self.en = MESSAGES[code]

    def marked(self, text: str) -> str:
        """The line at fault with a caret under the place."""
        line = (text.splitlines() or [""])[self.place.line - 1]
        start = max(0, self.place.column - 60)
        return f"{line[start : start + 100]}\n{' ' * (self.place.column - 1 - start)}^"


def examine(text: str) -> None:
    """Refuse what no expression may hold, before it is parsed."""
    if len(text) > LONGEST:
        raise ExpressionError("expression-too-long", Place(1, 1))
    try:
        tokens = Postgres.Tokenizer().tokenize(text)
    except TokenError:
        raise ExpressionError("expression-malformed", Place(1, 1)) from None
    if not tokens:
        raise ExpressionError("expression-empty", Place(1, 1))
    if len(tokens) > _MOST_TOKENS:
        raise ExpressionError("expression-too-long", Place(1, 1))
    depth = 0
    previous: Token | None = None
    for token in tokens:
        place = _start(text, token.start)
        if token.token_type not in _ALLOWED:
            raise ExpressionError(_REASONS.get(token.token_type, "token-refused"), place)
        if token.token_type is TokenType.L_PAREN and previous and _is_foreign_function(previous):
            raise ExpressionError("function-refused", _start(text, previous.start))
        depth += (token.token_type is TokenType.L_PAREN) - (token.token_type is TokenType.R_PAREN)
        if depth > _DEEPEST:
            raise ExpressionError("expression-too-deep", place)
        previous = token


def _is_foreign_function(token: Token) -> bool:
    return token.token_type is TokenType.VAR and token.text.lower() not in FUNCTIONS


def is_name(word: str) -> bool:
    """Whether an expression can use the word as a name, rather than as one of the language's own."""
    tokens = Postgres.Tokenizer().tokenize(word)
    return [token.token_type for token in tokens] == [TokenType.VAR]


def _start(text: str, offset: int) -> Place:
    before = text[:offset]
    return Place(before.count("\n") + 1, offset - before.rfind("\n"))


def place_of(node: exp.Expr) -> Place:
    """Where a parsed node stands: the first place that any part of it remembers."""
    places = [
        Place(part.meta["line"], max(1, part.meta["col"] - (part.meta["end"] - part.meta["start"])))
        for part in node.walk()
        if "line" in part.meta
    ]
    return min(places, default=Place(1, 1))

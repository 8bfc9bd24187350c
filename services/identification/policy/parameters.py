"""The parameters of a policy: the figures a county may change (reading of the policy §2).

``national_standard`` and ``local_average_income`` have no default: a year's policy must state them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from services.identification.policy import kinds
from services.identification.policy.kinds import AnyReader, Kind, Unreadable, Value
from services.identification.policy.publicity import PublicityDays, read_publicity_days
from shared.problems import FieldError

ParameterValue = Value | Fraction | PublicityDays


@dataclass(frozen=True)
class Parameter:
    """``kind`` is None where expressions cannot use the parameter."""

    name: str
    zh: str
    en: str
    kind: Kind | None
    read: AnyReader
    default: ParameterValue | None = None
    maximum: int = 0


def _income(name: str, zh: str, en: str) -> Parameter:
    return Parameter(name, zh, en, Kind.MONEY, _positive_money)


def _positive_money(value: object) -> Decimal:
    amount = kinds.money(value)
    if amount == 0:
        raise Unreadable("value-out-of-range")
    return amount


INCOME_PERIODS = ("calendar_year", "preceding_twelve_months")

PARAMETERS: dict[str, Parameter] = {
    parameter.name: parameter
    for parameter in (
        _income("national_standard", "国家扶贫标准（人均年收入）", "national standard, yuan per capita a year"),
        _income(
            "local_average_income", "当地人均可支配收入", "local average income, yuan per capita a year"
        ),
        Parameter(
            "income_period", "收入计算期间", "period over which income is counted",
            None, kinds.choice(INCOME_PERIODS), "calendar_year",
        ),
        Parameter(
            "home_cutoff", "购建房起算日期", "homes acquired from this day on count",
            Kind.DATE, kinds.calendar_date, date(2025, 1, 1),
        ),
        Parameter(
            "away_months", "举家外出月数界限", "months away from which a family counts as away",
            Kind.INTEGER, kinds.integer(0, 1200), 12, maximum=1200,
        ),
        Parameter(
            "away_income_factor", "举家外出户收入倍数", "multiple of the local average for families away",
            Kind.NUMBER, kinds.number(100), Decimal("1.5"), maximum=100,
        ),
        Parameter(
            "publicity_days", "公示天数", "days of publicity by step", None, lambda raw: raw, PublicityDays()
        ),
        Parameter(
            "quorum", "评议会法定人数比例", "share of the roll that must be present",
            None, kinds.fraction(zero=False, one=True), Fraction(2, 3),
        ),
        Parameter(
            "pass_ratio", "评议通过比例（须超过）", "share of votes cast that must be exceeded",
            None, kinds.fraction(zero=True, one=False), Fraction(1, 2),
        ),
        Parameter(
            "village_incidence_limit", "贫困村退出的贫困发生率上限", "incidence below which a village may exit",
            Kind.NUMBER, kinds.number(1), Decimal("0.03"), maximum=1,
        ),
        Parameter(
            "spot_check_ratio", "县级抽查比例", "share of exits that the county checks",
            None, kinds.fraction(zero=True, one=True), Fraction(1, 10),
        ),
    )
}  # fmt: skip

DEFAULTS: dict[str, ParameterValue] = {
    name: parameter.default for name, parameter in PARAMETERS.items() if parameter.default is not None
}


def parse_parameters(
    raw: object, pointer: str = "", base: Mapping[str, ParameterValue] = DEFAULTS
) -> tuple[dict[str, ParameterValue], list[FieldError]]:
    """Read parameters from JSON over ``base`` (the defaults, or those of a higher division).

    Null takes the value of ``base``. A parameter without value in either place is an error.
    """
    if not isinstance(raw, dict):
        return dict(base), [kinds.field_error(pointer, "object-expected")]
    values = dict(base)
    errors: list[FieldError] = []
    for name, value in raw.items():
        parameter = PARAMETERS.get(name)
        if parameter is None:
            errors.append(kinds.field_error(kinds.pointer_to(pointer, name), "name-unknown"))
        elif value is not None:
            errors += _read_into(values, parameter, value, f"{pointer}/{name}")
    named = {error.pointer for error in errors}
    for name in PARAMETERS:
        if name not in values and f"{pointer}/{name}" not in named:
            errors.append(kinds.field_error(f"{pointer}/{name}", "value-missing"))
    return values, errors


def _read_into(values: dict[str, ParameterValue], parameter: Parameter, raw: object, pointer: str) -> list[FieldError]:
    if parameter.name == "publicity_days":
        base = values.get(parameter.name)
        days, errors = read_publicity_days(raw, pointer, base if isinstance(base, PublicityDays) else PublicityDays())
        values[parameter.name] = days
        return errors
    try:
        values[parameter.name] = parameter.read(raw)  # type: ignore[assignment]
    except Unreadable as unreadable:
        return [kinds.field_error(pointer, unreadable.code)]
    return []


def render_parameters(values: Mapping[str, ParameterValue]) -> dict[str, object]:
    """As JSON, in the order of the vocabulary and in the form that ``parse_parameters`` takes."""
    return {name: _rendered(values[name]) for name in PARAMETERS if name in values}


def _rendered(value: ParameterValue) -> object:
    match value:
        case PublicityDays():
            return value.rendered()
        case Decimal():
            return format(value, "f")
        case Fraction():
            return str(value)
        case date():
            return value.isoformat()
        case _:
            return value

"""The extracts that departments hand in: their columns, the criterion they bear on, and when a row bears on it.

A hit is only a suspicion. Where a row does not say what a condition asks (no date, no amount), it bears: what is
unknown is verified, not dropped.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

ID_NUMBER = "id_number"


class Type(StrEnum):
    TEXT = "text"
    DATE = "date"
    AMOUNT = "amount"


class ExtractKind(StrEnum):
    VEHICLES = "vehicles"
    PROPERTY = "property"
    MACHINERY = "machinery"
    COMPANIES = "companies"
    PAYROLL = "payroll"
    TAX = "tax"
    DEATHS = "deaths"
    DEPOSITS = "deposits"
    SOCIAL_SECURITY = "social_security"


@dataclass(frozen=True, slots=True)
class Column:
    """``names`` is true where the column tells which thing it is: the same thing is not suspected twice."""

    name: str
    zh: str
    type: Type = Type.TEXT
    names: bool = False


@dataclass(frozen=True, slots=True)
class DatasetKind:
    """``bears`` is an expression of DuckDB over the columns and over ``policy``: the parameters of the day.

    ``policy`` has ``today``, ``home_cutoff`` and ``local_average_income``; each may be null.
    """

    name: ExtractKind
    zh: str
    en: str
    criterion: str
    columns: tuple[Column, ...]
    bears: str = "true"

    @property
    def header(self) -> tuple[str, ...]:
        return (ID_NUMBER, *(column.name for column in self.columns))

    @property
    def chinese_header(self) -> tuple[str, ...]:
        return ("身份证号", *(column.zh for column in self.columns))


def _thing(name: str, zh: str) -> Column:
    return Column(name, zh, names=True)


def _text(name: str, zh: str) -> Column:
    return Column(name, zh)


def _date(name: str, zh: str) -> Column:
    return Column(name, zh, Type.DATE)


def _amount(name: str, zh: str) -> Column:
    return Column(name, zh, Type.AMOUNT)


_KINDS = (
    DatasetKind(
        ExtractKind.VEHICLES, "机动车登记", "Registered vehicles", "bar.3",
        (
            _thing("plate_number", "车牌号"),
            _text("vehicle_type", "车辆类型"),
            _text("brand", "品牌型号"),
            _date("registered_on", "登记日期"),
        ),
        "vehicle_type NOT IN ('motorcycle', 'tricycle', '摩托车', '三轮车')",
    ),
    DatasetKind(
        ExtractKind.PROPERTY, "不动产登记", "Registered property", "bar.2",
        (
            _thing("certificate_number", "不动产权证号"),
            _text("address", "坐落"),
            _amount("area", "建筑面积"),
            _date("acquired_on", "取得日期"),
        ),
        "acquired_on >= policy.home_cutoff",
    ),
    DatasetKind(
        ExtractKind.MACHINERY, "农机和工程机械登记", "Registered machinery and vessels", "bar.3",
        (
            _thing("registration_number", "登记编号"),
            _text("machine_type", "机械类型"),
            _text("model", "型号"),
            _date("registered_on", "登记日期"),
        ),
    ),
    DatasetKind(
        ExtractKind.COMPANIES, "市场主体登记", "Registered enterprises", "bar.4",
        (
            _thing("credit_code", "统一社会信用代码"),
            _text("company_name", "企业名称"),
            _text("role", "任职或投资身份"),
            _text("company_status", "登记状态"),
            _date("registered_on", "成立日期"),
        ),
        "company_status NOT IN ('cancelled', 'revoked', '注销', '吊销')",
    ),
    DatasetKind(
        ExtractKind.PAYROLL, "财政供养人员", "Public payroll", "bar.5",
        (
            _thing("employer", "供养单位"),
            _text("post", "岗位"),
            _date("since", "起始日期"),
            _date("until", "终止日期"),
        ),
        "until > policy.today",
    ),
    DatasetKind(
        ExtractKind.TAX, "纳税记录", "Tax paid", "bar.4",
        (
            _thing("taxpayer", "纳税主体"),
            _thing("tax_year", "纳税年度"),
            _amount("tax_paid", "纳税金额"),
        ),
        "tax_paid > 0",
    ),
    DatasetKind(
        ExtractKind.DEATHS, "死亡人口", "Registered deaths", "scope.adjustment",
        (_date("died_on", "死亡日期"), _text("registered_by", "登记机关")),
    ),
    DatasetKind(
        ExtractKind.DEPOSITS, "金融资产", "Deposits", "bar.1",
        (
            _thing("bank", "金融机构"),
            _amount("balance", "余额"),
            _date("balance_on", "余额日期"),
        ),
        "balance > policy.local_average_income",
    ),
    DatasetKind(
        ExtractKind.SOCIAL_SECURITY, "社会保险参保", "Social insurance", "bar.1",
        (
            _thing("insurance", "险种"),
            _thing("employer", "参保单位"),
            _amount("monthly_base", "月缴费基数"),
            _date("insured_until", "缴费截止日期"),
        ),
        "insured_until >= policy.today AND monthly_base * 12 > policy.local_average_income",
    ),
)  # fmt: skip

KINDS: Mapping[str, DatasetKind] = {kind.name: kind for kind in _KINDS}

"""The extracts that departments hand in for the county comparison: their columns, as data."""

from collections.abc import Mapping
from dataclasses import dataclass

UTF_8 = "utf-8"
GB18030 = "gb18030"


@dataclass(frozen=True, slots=True)
class Dataset:
    """``header`` are the columns of the CSV in their order; ``criterion`` is what a row may bear on."""

    kind: str
    zh: str
    en: str
    criterion: str
    header: tuple[str, ...]
    encoding: str = UTF_8

    @property
    def filename(self) -> str:
        return f"{self.kind.replace('_', '-')}.csv"


_DATASETS = (
    Dataset(
        "vehicles", "机动车登记", "Registered vehicles", "bar.3",
        ("id_number", "plate_number", "vehicle_type", "brand", "registered_on"),
        GB18030,
    ),
    Dataset(
        "property", "不动产登记", "Registered property", "bar.2",
        ("id_number", "certificate_number", "address", "area", "acquired_on"),
    ),
    Dataset(
        "machinery", "农机和工程机械登记", "Registered machinery and vessels", "bar.3",
        ("id_number", "registration_number", "machine_type", "model", "registered_on"),
    ),
    Dataset(
        "companies", "市场主体登记", "Registered enterprises", "bar.4",
        ("id_number", "credit_code", "company_name", "role", "company_status", "registered_on"),
    ),
    Dataset(
        "payroll", "财政供养人员", "Public payroll", "bar.5",
        ("id_number", "employer", "post", "since", "until"),
        GB18030,
    ),
    Dataset(
        "tax", "纳税记录", "Tax paid", "bar.4",
        ("id_number", "taxpayer", "tax_year", "tax_paid"),
    ),
    Dataset(
        "deaths", "死亡人口", "Registered deaths", "scope.adjustment",
        ("id_number", "died_on", "registered_by"),
        GB18030,
    ),
    Dataset(
        "deposits", "金融资产", "Deposits", "bar.1",
        ("id_number", "bank", "balance", "balance_on"),
    ),
    Dataset(
        "social_security", "社会保险参保", "Social insurance", "bar.1",
        ("id_number", "insurance", "employer", "monthly_base", "insured_until"),
    ),
)  # fmt: skip

DATASETS: Mapping[str, Dataset] = {dataset.kind: dataset for dataset in _DATASETS}

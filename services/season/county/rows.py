"""Rows of departments' extracts, one drawing for each kind; every value is text, as in a CSV."""

from collections.abc import Callable, Mapping
from random import Random

from services.season.county.datasets import DATASETS

Row = dict[str, str]

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ROADS = ("葛城街道南大街", "葛城街道滨河路", "复兴街道友谊路", "修齐镇枇杷街", "高观镇东街", "庙坝镇石兴街")
_CARS = (
    ("轿车", "大众朗逸"), ("轿车", "长安逸动"), ("轿车", "丰田卡罗拉"), ("小型越野客车", "哈弗H6"),
    ("微型普通客车", "五菱宏光"), ("轻型货车", "福田时代"), ("摩托车", "宗申150"), ("三轮车", "宗申三轮"),
)  # fmt: skip
_MACHINES = (
    ("拖拉机", "东方红504"), ("联合收割机", "久保田688"), ("装载机", "柳工836"), ("挖掘机", "徐工60"),
    ("微耕机", "1WG4.0"),
)  # fmt: skip
_TRADES = ("建材", "餐饮", "商贸", "运输", "农业开发", "物业服务")
_FIRST = ("鑫源", "大巴山", "亢谷", "顺达", "宏发", "巴渝", "恒信")
_EMPLOYERS = ("城口县教育委员会", "城口县人民医院", "城口县水利局", "城口县林业局", "修齐镇人民政府", "高观镇中心小学")
_POSTS = ("教师", "护士", "科员", "工勤", "技术员")
_BANKS = ("重庆农村商业银行", "中国邮政储蓄银行", "中国农业银行")
_INSURANCES = ("企业职工养老保险", "机关事业养老保险", "职工基本医疗保险")
_STATIONS = ("葛城派出所", "修齐派出所", "高观派出所", "庙坝派出所")


def written(random: Random, number: str) -> str:
    """An ID number as departments write it: some in the old form of fifteen digits, many with a small x."""
    if number[6:8] == "19" and random.random() < 0.08:
        return number[:6] + number[8:17]
    return number.lower() if random.random() < 0.5 else number


def draw_row(random: Random, kind: str, number: str) -> Row:
    """A row with its columns in the order of the header."""
    drawn = {"id_number": number} | _DRAWINGS[kind](random)
    return {column: drawn[column] for column in DATASETS[kind].header}


def _vehicle(random: Random) -> Row:
    vehicle_type, brand = random.choice(_CARS)
    plate = "渝F" + random.choice(_LETTERS) + f"{random.randrange(10_000):04}"
    return {
        "plate_number": plate,
        "vehicle_type": vehicle_type,
        "brand": brand,
        "registered_on": _day(random, 2010, 2025),
    }


def _property(random: Random) -> Row:
    return {
        "certificate_number": f"渝（{random.randint(2016, 2025)}）城口县不动产权第{random.randrange(10**9):09}号",
        "address": f"城口县{random.choice(_ROADS)}{random.randint(1, 180)}号",
        "area": f"{random.randint(56, 168)}.{random.randrange(100):02}",
        "acquired_on": _day(random, 2005, 2025),
    }


def _machine(random: Random) -> Row:
    machine_type, model = random.choice(_MACHINES)
    return {
        "registration_number": f"渝16{random.randrange(10**7):07}",
        "machine_type": machine_type,
        "model": model,
        "registered_on": _day(random, 2012, 2025),
    }


def _company(random: Random) -> Row:
    return {
        "credit_code": "91500229MA" + "".join(random.choices(_CREDIT, k=8)),
        "company_name": f"城口县{random.choice(_FIRST)}{random.choice(_TRADES)}有限公司",
        "role": random.choice(("法定代表人", "股东", "监事")),
        "company_status": random.choice(("存续", "存续", "存续", "注销")),
        "registered_on": _day(random, 2011, 2025),
    }


def _post(random: Random) -> Row:
    return {
        "employer": random.choice(_EMPLOYERS),
        "post": random.choice(_POSTS),
        "since": _day(random, 1990, 2024),
        "until": "" if random.random() < 0.9 else _day(random, 2024, 2025),
    }


def _tax(random: Random) -> Row:
    return {
        "taxpayer": f"城口县{random.choice(_FIRST)}{random.choice(_TRADES)}部",
        "tax_year": str(random.randint(2023, 2025)),
        "tax_paid": _yuan(random, 0, 24_000),
    }


def _death(random: Random) -> Row:
    return {"died_on": _day(random, 2024, 2025), "registered_by": random.choice(_STATIONS)}


def _deposit(random: Random) -> Row:
    return {"bank": random.choice(_BANKS), "balance": _yuan(random, 100, 300_000), "balance_on": "2025-12-31"}


def _insurance(random: Random) -> Row:
    return {
        "insurance": random.choice(_INSURANCES),
        "employer": f"重庆{random.choice(_FIRST)}{random.choice(_TRADES)}有限公司",
        "monthly_base": _yuan(random, 3_900, 12_000),
        "insured_until": _day(random, 2024, 2027),
    }


def _day(random: Random, first: int, last: int) -> str:
    return f"{random.randint(first, last)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"


def _yuan(random: Random, low: int, high: int) -> str:
    return f"{random.randint(low, high)}.{random.randrange(100):02}"


_DRAWINGS: Mapping[str, Callable[[Random], Row]] = {
    "vehicles": _vehicle,
    "property": _property,
    "machinery": _machine,
    "companies": _company,
    "payroll": _post,
    "tax": _tax,
    "deaths": _death,
    "deposits": _deposit,
    "social_security": _insurance,
}

"""Names as they are in the mountains north of the Yangtze, by sex and by the years of birth."""

from bisect import bisect
from random import Random

_COMMON = {
    "陈": 46, "王": 42, "李": 42, "张": 38, "刘": 34, "杨": 26, "周": 22, "黄": 18, "吴": 16, "唐": 14, "何": 13,
    "罗": 13, "邓": 12, "胡": 11, "彭": 10, "袁": 9, "蒋": 8, "龚": 7, "庞": 7, "康": 6, "桂": 5, "郑": 5, "谢": 5,
    "曾": 5, "余": 5, "程": 4, "徐": 4, "赵": 4, "孙": 3, "朱": 3, "汪": 3, "廖": 3, "严": 3, "魏": 3,
    "蔡": 2, "梁": 2, "欧阳": 2, "上官": 1,
}  # fmt: skip
_OF_TUJIA = {"冉": 9, "向": 8, "谭": 8, "田": 7, "彭": 5, "覃": 5, "牟": 4}
_OF_MIAO = {"龙": 7, "石": 7, "吴": 6, "杨": 6, "麻": 3, "田": 3}
_SURNAMES = {
    "han": _COMMON,
    "tujia": {name: weight * 8 for name, weight in _OF_TUJIA.items()} | {"陈": 30, "李": 30, "张": 24, "黄": 16},
    "miao": {name: weight * 8 for name, weight in _OF_MIAO.items()} | {"陈": 24, "李": 24, "张": 20},
}
_DRAWS = {ethnicity: (tuple(names), tuple(names.values())) for ethnicity, names in _SURNAMES.items()}

_ERAS = (1960, 1985, 2005)
"""Years in which another fashion begins."""

_GIVEN = {
    "male": (
        ("德光正大文国永世昌兴天学忠启朝仁", "明华富贵全林云荣安福高平军成义"),
        ("建志国文永小光晓正兴", "军平华勇强明林波国东斌兵云"),
        ("俊文志宇家海建晓", "杰豪鹏辉涛峰龙航林松"),
        ("子浩宇俊梓铭家博奕皓", "轩宇涵然辰阳睿泽杰"),
    ),
    "female": (
        ("秀桂玉素德明天光永正", "英兰珍芳碧琼清群菊香"),
        ("小晓春红丽秀雪桂国", "琼群芳梅容英燕华兰萍"),
        ("晓丽雪小春海佳文", "婷燕梅玲娟霞红蓉敏丽"),
        ("梓雨欣诗思子佳语可梦", "涵萱怡琪彤欣瑶悦妍馨"),
    ),
}
_SINGLE = {
    "male": ("云林安", "勇强军波斌", "涛鹏杰超磊", "轩睿宇阳"),
    "female": ("琼珍英", "燕梅芳琼", "婷敏娟雪", "瑶萱悦琪"),
}
_SHARE_OF_SINGLE = 0.1


def draw_surname(random: Random, ethnicity: str) -> str:
    names, weights = _DRAWS[ethnicity]
    return random.choices(names, weights)[0]


def draw_given_name(random: Random, sex: str, born: int) -> str:
    era = bisect(_ERAS, born)
    if random.random() < _SHARE_OF_SINGLE:
        return random.choice(_SINGLE[sex][era])
    first, second = _GIVEN[sex][era]
    beginning = random.choice(first)
    return beginning + random.choice(second.replace(beginning, ""))

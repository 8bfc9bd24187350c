"""The rules of data cleaning: completeness, ID numbers, kinship and age, duplicates, sums, causes, consistency.

Each rule is a name, a text in both languages, and what it finds: the members concerned, or None for the household.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from services.identification.cleaning.records import Facts, Member, Records
from shared.codes import CauseOfPoverty
from shared.identity_numbers import sex

Found = Iterable[UUID | None]
HOUSEHOLD: tuple[None] = (None,)
GENERATION = 14
"""Years by which a parent is older than a child, at least."""
MARRIED = 16
"""Years that a husband or a wife has lived, at least: under it the record is wrong, whatever the law."""
OLDEST = 125
MOST_CAUSES = 2
CONSISTENCY = "consistency."
"""Before the name of a contradiction in the policy file, which also holds its texts."""
INCOMES = ("wage_income", "business_income", "property_income", "transfer_income")


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    zh: str
    en: str
    find: Callable[[Records], Found]


@dataclass(frozen=True, slots=True)
class Issue:
    """A rule that a case's records break, and whose record it is."""

    rule: str
    member_id: UUID | None = None

    @property
    def fingerprint(self) -> str:
        return f"{self.rule}/{self.member_id}" if self.member_id else self.rule


def find_issues(records: Records) -> list[Issue]:
    """By every rule here, and the policy's own rules of consistency."""
    contradictions = records.facts.contradictions if records.facts is not None else ()
    return [
        *(Issue(rule.id, found) for rule in RULES.values() for found in rule.find(records)),
        *(Issue(f"{CONSISTENCY}{name}") for name in contradictions),
    ]


# completeness


def _missing(name: str, records: Records) -> Found:
    return (member.member_id for member in records.members if getattr(member, name) is None)


_FIELDS = {
    "id_number": ("身份证号", "ID number"),
    "sex": ("性别", "sex"),
    "relation": ("与户主关系", "relation to the head"),
    "registration": ("户籍类型", "kind of registration"),
    "ethnicity": ("民族", "ethnicity"),
    "education": ("文化程度", "education"),
    "schooling": ("在校情况", "whether at school"),
    "health": ("健康状况", "health"),
    "labour": ("劳动能力", "labour"),
    "migrant_work": ("务工情况", "migrant work"),
    "minimum_living_allowance": ("是否享受低保", "minimum living allowance"),
    "medical_insurance": ("医疗保险", "medical insurance"),
    "pension_insurance": ("养老保险", "pension insurance"),
}
_COMPLETENESS = [
    Rule(f"complete.{name}", f"成员信息缺项：{zh}", f"A member's record lacks: {en}", partial(_missing, name))
    for name, (zh, en) in _FIELDS.items()
]


# ID numbers


def _invalid(records: Records) -> Found:
    return (m.member_id for m in records.members if m.id_number is not None and m.born is None)


def _another_sex(records: Records) -> Found:
    known = (m for m in records.members if m.born is not None and m.sex is not None)
    return (m.member_id for m in known if m.id_number is not None and sex(m.id_number) != m.sex)


def _impossible_birth(records: Records) -> Found:
    return (m.member_id for m in records.members if m.born is not None and not 0 <= _age(records, m) <= OLDEST)


def _age(records: Records, member: Member) -> float:
    return (records.today - member.born).days / 365.2425 if member.born is not None else 0.0


def _duplicate(records: Records) -> Iterator[UUID]:
    seen: set[str] = set()
    for member in records.members:
        if member.lives_elsewhere_too or member.id_number in seen:
            yield member.member_id
        if member.id_number is not None:
            seen.add(member.id_number)


# kinship and age


def _no_one_head(records: Records) -> Found:
    return HOUSEHOLD if len(records.heads) != 1 else ()


def _spouses(records: Records) -> Found:
    return HOUSEHOLD if len(records.of("spouse")) > 1 else ()


def _married_young(records: Records) -> Iterator[UUID]:
    spouses = records.of("spouse")
    married = [*spouses, *records.heads] if spouses else []
    return (m.member_id for m in married if m.born is not None and _age(records, m) < MARRIED)


def _generations(relations: tuple[str, ...], generations: int, records: Records) -> Iterator[UUID]:
    """Those who are not younger (older, where negative) than the head by that many generations."""
    head = records.head
    if head is None or head.born is None:
        return
    for member in records.of(*relations):
        if member.born is None:
            continue
        younger = (member.born - head.born).days / 365.2425
        gap = younger if generations > 0 else -younger
        if gap < abs(generations) * GENERATION:
            yield member.member_id


# sums and causes


def _facts(finds: Callable[[Facts, Records], bool], records: Records) -> Found:
    return HOUSEHOLD if records.facts is not None and finds(records.facts, records) else ()


def _unassessed(records: Records) -> Found:
    return HOUSEHOLD if records.facts is None else ()


def _wrong_count(facts: Facts, records: Records) -> bool:
    return facts.values.get("members") != sum(member.counted for member in records.members)


def _no_income(facts: Facts, _: Records) -> bool:
    return all(facts.values.get(name) is None for name in INCOMES)


def _no_main_cause(facts: Facts, _: Records) -> bool:
    return facts.main_cause not in set(CauseOfPoverty)


def _wrong_causes(facts: Facts, _: Records) -> bool:
    others = [cause for cause in facts.causes if cause != facts.main_cause]
    repeated = len(set(facts.causes)) < len(facts.causes)
    return len(others) > MOST_CAUSES or repeated or not set(others) <= set(CauseOfPoverty)


_RULES = (
    *_COMPLETENESS,
    Rule("identity.valid", "身份证号校验不通过", "The ID number fails its check", _invalid),
    Rule("identity.sex", "性别与身份证号不符", "Sex and ID number disagree", _another_sex),
    Rule("identity.birth", "身份证号中的出生日期不合理", "The ID number tells an impossible birth", _impossible_birth),
    Rule("identity.duplicate", "同一人在两户或重复录入", "The same person is recorded twice", _duplicate),
    Rule("kinship.head", "户主须有且仅有一人", "A household has exactly one head", _no_one_head),
    Rule("kinship.spouse", "户主配偶多于一人", "The head has more than one spouse", _spouses),
    Rule("kinship.spouse_age", "夫妻年龄不合理", "A husband or wife is too young", _married_young),
    Rule(
        "kinship.child_age", "子女与户主年龄差不合理", "A child is not young enough to be the head's",
        partial(_generations, ("child",), 1),
    ),
    Rule(
        "kinship.grandchild_age", "孙辈与户主年龄差不合理", "A grandchild is not young enough to be the head's",
        partial(_generations, ("grandchild",), 2),
    ),
    Rule(
        "kinship.parent_age", "父母与户主年龄差不合理", "A parent is not old enough to be the head's",
        partial(_generations, ("parent",), -1),
    ),
    Rule(
        "kinship.grandparent_age", "祖辈与户主年龄差不合理", "A grandparent is not old enough to be the head's",
        partial(_generations, ("grandparent",), -2),
    ),
    Rule("facts.assessed", "尚无入户调查数据", "The household was never assessed", _unassessed),
    Rule(
        "facts.members", "调查人口数与家庭成员数不符", "People counted and members on record differ",
        partial(_facts, _wrong_count),
    ),
    Rule("facts.income", "各项收入均未填写", "No kind of income is known", partial(_facts, _no_income)),
    Rule("causes.main", "须有且仅有一个主要致贫原因", "Exactly one main cause", partial(_facts, _no_main_cause)),
    Rule(
        "causes.others", "其他致贫原因至多两个且不得重复", "At most two other causes, each once",
        partial(_facts, _wrong_causes),
    ),
)  # fmt: skip

RULES: Mapping[str, Rule] = {rule.id: rule for rule in _RULES}

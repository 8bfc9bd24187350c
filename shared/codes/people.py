"""Codes that describe a person of a household (reading of the policy §10)."""

from shared.codes.code import Code


class Sex(Code):
    MALE = "male", "男", "Male"
    FEMALE = "female", "女", "Female"


class Relation(Code):
    """To the head of the household."""

    HEAD = "head", "户主", "Head"
    SPOUSE = "spouse", "配偶", "Spouse"
    CHILD = "child", "子女", "Child"
    CHILD_IN_LAW = "child_in_law", "儿媳女婿", "Child-in-law"
    GRANDCHILD = "grandchild", "孙子女、外孙子女", "Grandchild"
    PARENT = "parent", "父母", "Parent"
    PARENT_IN_LAW = "parent_in_law", "岳父母、公婆", "Parent-in-law"
    GRANDPARENT = "grandparent", "祖父母、外祖父母", "Grandparent"
    SIBLING = "sibling", "兄弟姐妹", "Sibling"
    OTHER = "other", "其他", "Other"


class Registration(Code):
    """The kind of hukou that a member holds (scope.registration)."""

    RURAL = "rural", "农业户口", "Rural"
    CONVERTED_IN_PLACE = "converted_in_place", "就地农转非", "Converted to urban in place"
    URBAN = "urban", "非农业户口", "Urban"


class Education(Code):
    """The highest that was completed."""

    NONE = "none", "文盲或半文盲", "None"
    PRIMARY = "primary", "小学", "Primary school"
    JUNIOR_MIDDLE = "junior_middle", "初中", "Junior middle school"
    SENIOR_MIDDLE = "senior_middle", "高中或中职", "Senior middle or vocational school"
    JUNIOR_COLLEGE = "junior_college", "大专", "Junior college"
    UNIVERSITY = "university", "本科及以上", "University"


class Schooling(Code):
    """Where a member is at school now."""

    NOT_AT_SCHOOL = "not_at_school", "非在校", "Not at school"
    PRESCHOOL = "preschool", "学前教育", "Preschool"
    PRIMARY = "primary", "小学", "Primary school"
    JUNIOR_MIDDLE = "junior_middle", "初中", "Junior middle school"
    SENIOR_MIDDLE = "senior_middle", "高中", "Senior middle school"
    VOCATIONAL = "vocational", "中职", "Vocational school"
    HIGHER = "higher", "大专及以上", "Higher education"


class Health(Code):
    HEALTHY = "healthy", "健康", "Healthy"
    CHRONIC = "chronic", "长期慢性病", "Long-term chronic disease"
    MAJOR_DISEASE = "major_disease", "患有大病", "Major disease"
    DISABLED = "disabled", "残疾", "Disabled"


class Labour(Code):
    ORDINARY = "ordinary", "普通劳动力", "Ordinary labour"
    SKILLED = "skilled", "技能劳动力", "Skilled labour"
    WEAK = "weak", "弱劳动力或半劳动力", "Weak labour"
    LOST = "lost", "丧失劳动力", "Lost the ability to work"
    NONE = "none", "无劳动力", "None: too young, too old or at school"


class MigrantWork(Code):
    """Where a member works away from home."""

    NONE = "none", "未外出务工", "Not away"
    TOWNSHIP = "township", "乡镇内", "Within the township"
    COUNTY = "county", "乡镇外县内", "Within the county"
    PROVINCE = "province", "县外省内", "Within the province"
    ELSEWHERE = "elsewhere", "省外", "Outside the province"


class MedicalInsurance(Code):
    RESIDENT = "resident", "城乡居民基本医疗保险", "Residents' basic medical insurance"
    EMPLOYEE = "employee", "职工基本医疗保险", "Employees' basic medical insurance"
    NONE = "none", "未参保", "Not insured"


class PensionInsurance(Code):
    RESIDENT = "resident", "城乡居民基本养老保险", "Residents' basic pension insurance"
    EMPLOYEE = "employee", "职工基本养老保险", "Employees' basic pension insurance"
    NONE = "none", "未参保", "Not insured"


class Kinship(Code):
    """Of an officer to a household, declared so that the officer keeps away from its case."""

    MEMBER = "member", "本户成员", "Member of the household"
    SPOUSE = "spouse", "配偶", "Spouse"
    LINEAL = "lineal", "直系血亲", "Lineal relative"
    COLLATERAL = "collateral", "三代以内旁系血亲", "Collateral relative within three generations"
    BY_MARRIAGE = "by_marriage", "近姻亲", "Close relative by marriage"

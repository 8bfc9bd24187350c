"""The codes of a member's record, each with its Chinese name, and the causes of poverty (reading of the policy §10)."""

from collections.abc import Mapping

Names = Mapping[str, str]

SEX: Names = {"male": "男", "female": "女"}
RELATION: Names = {
    "head": "户主",
    "spouse": "配偶",
    "child": "子女",
    "child_in_law": "儿媳女婿",
    "grandchild": "孙子女、外孙子女",
    "parent": "父母",
    "parent_in_law": "岳父母、公婆",
    "grandparent": "祖父母、外祖父母",
    "sibling": "兄弟姐妹",
    "other": "其他",
}
REGISTRATION: Names = {"rural": "农业户口", "converted_in_place": "就地农转非", "urban": "非农业户口"}
ETHNICITY: Names = {"han": "汉族", "tujia": "土家族", "miao": "苗族"}
EDUCATION: Names = {
    "none": "文盲或半文盲",
    "primary": "小学",
    "junior_middle": "初中",
    "senior_middle": "高中或中职",
    "junior_college": "大专",
    "university": "本科及以上",
}
SCHOOLING: Names = {
    "not_at_school": "非在校",
    "preschool": "学前教育",
    "primary": "小学",
    "junior_middle": "初中",
    "senior_middle": "高中",
    "vocational": "中职",
    "higher": "大专及以上",
}
HEALTH: Names = {"healthy": "健康", "chronic": "长期慢性病", "major_disease": "患有大病", "disabled": "残疾"}
LABOUR: Names = {
    "ordinary": "普通劳动力",
    "skilled": "技能劳动力",
    "weak": "弱劳动力或半劳动力",
    "lost": "丧失劳动力",
    "none": "无劳动力",
}
MIGRANT_WORK: Names = {
    "none": "未外出务工",
    "township": "乡镇内",
    "county": "乡镇外县内",
    "province": "县外省内",
    "elsewhere": "省外",
}
MEDICAL_INSURANCE: Names = {
    "resident": "城乡居民基本医疗保险",
    "employee": "职工基本医疗保险",
    "none": "未参保",
}
PENSION_INSURANCE: Names = {
    "resident": "城乡居民基本养老保险",
    "employee": "职工基本养老保险",
    "none": "未参保",
}
CAUSE_OF_POVERTY: Names = {
    "illness": "因病",
    "disability": "因残",
    "schooling": "因学",
    "disaster": "因灾",
    "land": "缺土地",
    "water": "缺水",
    "skills": "缺技术",
    "labour": "缺劳力",
    "capital": "缺资金",
    "transport": "交通条件落后",
    "motivation": "自身发展动力不足",
    "other": "其它",
}

CODES: Mapping[str, Names] = {
    "sex": SEX,
    "relation": RELATION,
    "registration": REGISTRATION,
    "ethnicity": ETHNICITY,
    "education": EDUCATION,
    "schooling": SCHOOLING,
    "health": HEALTH,
    "labour": LABOUR,
    "migrant_work": MIGRANT_WORK,
    "medical_insurance": MEDICAL_INSURANCE,
    "pension_insurance": PENSION_INSURANCE,
    "cause_of_poverty": CAUSE_OF_POVERTY,
}
"""The lists by the field that holds them; ``ethnicity`` only as far as the county has it."""

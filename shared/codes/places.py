"""Codes that describe divisions and households."""

from shared.codes.code import Code


class DivisionLevel(Code):
    PROVINCE = "province", "省级", "Province"
    CITY = "city", "地级", "City"
    COUNTY = "county", "县级", "County"
    TOWNSHIP = "township", "乡级", "Township"
    VILLAGE = "village", "村级", "Village"
    GROUP = "group", "村民小组", "Villagers' group"


class HouseholdStatus(Code):
    NONE = "none", "非贫困户", "Not registered"
    POOR = "poor", "贫困户", "Registered poor"
    EXITED = "exited", "脱贫户", "Exited from poverty"


class CauseOfPoverty(Code):
    ILLNESS = "illness", "因病", "Illness"
    DISABILITY = "disability", "因残", "Disability"
    SCHOOLING = "schooling", "因学", "Schooling"
    DISASTER = "disaster", "因灾", "Disaster"
    LAND = "land", "缺土地", "Lack of land"
    WATER = "water", "缺水", "Lack of water"
    SKILLS = "skills", "缺技术", "Lack of skills"
    LABOUR = "labour", "缺劳力", "Lack of labour"
    CAPITAL = "capital", "缺资金", "Lack of capital"
    TRANSPORT = "transport", "交通条件落后", "Poor transport"
    MOTIVATION = "motivation", "自身发展动力不足", "Lack of motivation"
    OTHER = "other", "其它", "Other"


class JoiningReason(Code):
    """Why somebody became a member of a household after its registration."""

    BIRTH = "birth", "新生", "Birth"
    MARRIAGE = "marriage", "婚嫁", "Marriage"
    RELOCATION = "relocation", "搬迁", "Relocation"
    CORRECTION = "correction", "更正", "Correction of the record"


class LeavingReason(Code):
    """Why somebody ceased to be a member of a household."""

    RELOCATION = "relocation", "搬迁", "Relocation"
    MARRIAGE = "marriage", "婚嫁", "Marriage"
    MOVING_AWAY = "moving_away", "外迁", "Moving away"
    DEATH = "death", "死亡", "Death"
    IMPRISONMENT = "imprisonment", "判刑收监", "Imprisonment"
    SETTLING_ABROAD = "settling_abroad", "出国定居", "Settling abroad"
    DUPLICATE = "duplicate", "重复录入", "Recorded twice"

"""Codes of who acts: roles, and the states of officers and of the systems beside them."""

from shared.codes.code import Code


class Role(Code):
    COUNTY_OFFICER = "county_officer", "县级工作人员", "County officer"
    TOWNSHIP_OFFICER = "township_officer", "乡镇干部", "Township officer"
    TOWNSHIP_CLERK = "township_clerk", "乡镇经办员", "Township clerk"
    VILLAGE_CADRE = "village_cadre", "村干部", "Village cadre"
    RESIDENT_CADRE = "resident_cadre", "驻村干部", "Resident cadre"
    HELPER = "helper", "帮扶责任人", "Helper"
    SUPERVISOR = "supervisor", "督查员", "Supervisor"
    AUDITOR = "auditor", "审计员", "Auditor"
    OPERATOR = "operator", "运维人员", "Operator"
    HOUSEHOLD_AGENT = "household_agent", "农户代办人", "Household's agent"


class OfficerState(Code):
    ACTIVE = "active", "在岗", "Active"
    SUSPENDED = "suspended", "暂停权限", "Suspended"
    LEFT = "left", "已离任", "Left"


class ClientState(Code):
    ACTIVE = "active", "有效", "Active"
    REVOKED = "revoked", "已撤销", "Revoked"

"""Every code that callers meet, with its Chinese and English name. Enumerations, so that code and data are one."""

from collections.abc import Mapping

from shared.codes.acting import ClientState, OfficerState, Role
from shared.codes.code import Code
from shared.codes.ethnicities import Ethnicity
from shared.codes.people import (
    Education,
    Health,
    Kinship,
    Labour,
    MedicalInsurance,
    MigrantWork,
    PensionInsurance,
    Registration,
    Relation,
    Schooling,
    Sex,
)
from shared.codes.places import CauseOfPoverty, DivisionLevel, HouseholdStatus, JoiningReason, LeavingReason

CODES: Mapping[str, type[Code]] = {
    "sex": Sex,
    "relation": Relation,
    "registration": Registration,
    "ethnicity": Ethnicity,
    "education": Education,
    "schooling": Schooling,
    "health": Health,
    "labour": Labour,
    "migrant_work": MigrantWork,
    "medical_insurance": MedicalInsurance,
    "pension_insurance": PensionInsurance,
    "kinship": Kinship,
    "division_level": DivisionLevel,
    "household_status": HouseholdStatus,
    "cause_of_poverty": CauseOfPoverty,
    "joining_reason": JoiningReason,
    "leaving_reason": LeavingReason,
    "role": Role,
    "officer_state": OfficerState,
    "client_state": ClientState,
}
"""The lists by name, as the API serves them."""

__all__ = [
    "CODES",
    "CauseOfPoverty",
    "ClientState",
    "Code",
    "DivisionLevel",
    "Education",
    "Ethnicity",
    "Health",
    "HouseholdStatus",
    "JoiningReason",
    "Kinship",
    "Labour",
    "LeavingReason",
    "MedicalInsurance",
    "MigrantWork",
    "OfficerState",
    "PensionInsurance",
    "Registration",
    "Relation",
    "Role",
    "Schooling",
    "Sex",
]

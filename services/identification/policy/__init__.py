"""The policy engine: facts, parameters and criteria as data, decided in the database (reading of the policy §2–3)."""

from services.identification.policy.criteria import Criteria, Criterion, Procedure, load_criteria, parse_criteria
from services.identification.policy.criteria_file import CriteriaError, Fault
from services.identification.policy.evaluation import (
    UNDETERMINED,
    Evaluation,
    Household,
    evaluate,
    find_contradictions,
)
from services.identification.policy.facts import FACTS, FactValues, Subject, parse_facts
from services.identification.policy.parameters import (
    DEFAULTS,
    PARAMETERS,
    ParameterValue,
    parse_parameters,
    render_parameters,
)
from services.identification.policy.policy import Policy
from services.identification.policy.publicity import PublicityDays

__all__ = [
    "DEFAULTS",
    "FACTS",
    "PARAMETERS",
    "UNDETERMINED",
    "Criteria",
    "CriteriaError",
    "Criterion",
    "Evaluation",
    "FactValues",
    "Fault",
    "Household",
    "ParameterValue",
    "Policy",
    "Procedure",
    "PublicityDays",
    "Subject",
    "evaluate",
    "find_contradictions",
    "load_criteria",
    "parse_criteria",
    "parse_facts",
    "parse_parameters",
    "render_parameters",
]

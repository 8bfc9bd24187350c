"""Who acts: the offices of a division, and those of the village and the township above it."""

from services.season.client import Actor
from services.season.county.policy import COUNTY
from shared.areas import ancestor

COUNTY_OFFICER = Actor("county_officer", COUNTY)
OPERATOR = Actor("operator", COUNTY)
AUDITOR = Actor("auditor", COUNTY)
PROVINCE_OFFICER = Actor("county_officer", ancestor(COUNTY, "province"))
"""Enters the divisions, which begin above the county."""


def village(division: str) -> str:
    return ancestor(division, "village")


def township(division: str) -> str:
    return ancestor(division, "township")


def household_agent(division: str) -> Actor:
    return Actor("household_agent", village(division))


def village_cadre(division: str) -> Actor:
    return Actor("village_cadre", village(division))


def resident_cadre(division: str) -> Actor:
    return Actor("resident_cadre", village(division))


def township_clerk(division: str) -> Actor:
    return Actor("township_clerk", township(division))


def township_officer(division: str, ordinal: int = 1) -> Actor:
    return Actor("township_officer", township(division), ordinal)

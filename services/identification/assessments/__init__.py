"""Assessments: a household's facts in a year, in immutable versions, and the verdicts that rest on them."""

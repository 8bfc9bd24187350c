"""The demo county's policy for 2026, and the day on which its households are pictured."""

from collections.abc import Mapping
from datetime import date

COUNTY = "500229000000"
YEAR = 2026
DAY = date(YEAR, 1, 1)

PARAMETERS: Mapping[str, str | int] = {
    "national_standard": "7500.00",
    "local_average_income": "21000.00",
    "home_cutoff": "2025-01-01",
    "away_months": 12,
    "away_income_factor": "1.5",
}

STANDARD = 7_500_00
"""National standard in fen, per head and year."""

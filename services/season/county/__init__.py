"""A demo county: made-up households that meet every rule of identification, and what departments know of them.

Begin with ``situations.py`` and ``datasets.py``: the county as data. ``generate`` makes it from a seed, the same on
every machine; ``extracts`` writes what the departments hand in.
"""

from services.season.county.extracts import Extract, extracts
from services.season.county.generation import generate
from services.season.county.records import County, Household, Member

__all__ = ["County", "Extract", "Household", "Member", "extracts", "generate"]

"""Administrative divisions, from the province to the villagers' group."""

from services.households.divisions.store import load_divisions

__all__ = ["load_divisions"]

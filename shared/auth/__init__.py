"""Who calls, from where, allowed to do what: tokens, roles, areas."""

from shared.auth.principal import Principal
from shared.auth.roles import ROLES, scopes_of

__all__ = ["ROLES", "Principal", "scopes_of"]

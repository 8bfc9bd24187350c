"""What each operation says of itself in words: what it does, who may call it, and what refuses it."""

from collections.abc import Iterable
from typing import Any

from services.wiring.contract.responses import EVERYWHERE
from services.wiring.contract.texts import texts
from shared.auth.roles import ROLES


def describe(operation: dict[str, Any], codes: Iterable[str]) -> str:
    """Chinese, then English, then what the program finds: roles, and the problems that are this operation's own."""
    english = " ".join(operation.get("description", "").replace("``", "`").split("\n\n")[0].split())
    rest = operation.get("description", "").replace("``", "`").split("\n\n")[1:]
    chinese = texts("operations").get(operation["operationId"], "")
    own = sorted(set(codes) - EVERYWHERE)
    parts = [chinese, english, *(" ".join(part.split()) for part in rest), *_callers(operation, own), *_refusals(own)]
    return "\n\n".join(part for part in parts if part)


def _callers(operation: dict[str, Any], own: Iterable[str]) -> list[str]:
    if not operation["security"]:
        return ["无须令牌 · No token is needed"]
    scopes = set(operation["security"][0]["oauth2"])
    names = texts("tags")["roles"]
    roles = [names.get(role, {"zh": role, "en": role}) for role, held in sorted(ROLES.items()) if scopes <= held]
    chinese, english = "、".join(role["zh"] for role in roles), ", ".join(role["en"] for role in roles)
    if len(roles) == len(ROLES):
        chinese, english = "任何角色", "any role"
    as_officer = ("，须为具体的工作人员", "; it must be an officer") if "officer-required" in own else ("", "")
    return [f"可调用 · Who may: {chinese}{as_officer[0]} · {english}{as_officer[1]}"]


def _refusals(own: list[str]) -> list[str]:
    return [f"拒绝 · Refused by: {', '.join(f'`{code}`' for code in own)}"] if own else []


def tags(used: Iterable[str]) -> list[dict[str, str]]:
    """Each with its description; one that is told nowhere has none, and the contract's tests say so."""
    told = texts("tags")["tags"]
    return [
        {"name": name, "description": f"{told[name]['zh']} · {told[name]['en']}"} if name in told else {"name": name}
        for name in sorted(used)
    ]

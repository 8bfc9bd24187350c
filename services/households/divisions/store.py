"""Divisions are taken in together and checked together: one upsert, whatever the number."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.households.area import parent_of
from services.households.problems import DIVISION_MALFORMED, PARENT_UNKNOWN
from shared.areas import level, significant_digits
from shared.database.transaction import Transaction
from shared.problems import Problem, ProblemType


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many divisions are new, and how many had another name."""

    added: int
    renamed: int


async def load_divisions(transaction: Transaction, rows: Sequence[tuple[str, str]]) -> Loaded:
    """Add or rename divisions, given as (code, name); a repeat changes nothing.

    Raises ``division-malformed`` and ``division-parent-unknown``, which name the rows.
    """
    codes = [code for code, _ in rows]
    _refuse(DIVISION_MALFORMED, [at for at, code in enumerate(codes) if not _names_a_level(code)])
    parents = [parent_of(code) for code in codes]
    wanted = {parent for parent in parents if parent is not None} - set(codes)
    known = await transaction.fetch("SELECT code FROM divisions WHERE code = ANY($1::text[])", list(wanted))
    missing = wanted - {row["code"] for row in known}
    _refuse(PARENT_UNKNOWN, [at for at, parent in enumerate(parents) if parent in missing])
    written = await transaction.fetch(
        """INSERT INTO divisions (code, name, level, parent)
           SELECT DISTINCT ON (code) * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
           AS given (code, name, level, parent) ORDER BY code
           ON CONFLICT (code) DO UPDATE SET name = excluded.name WHERE divisions.name <> excluded.name
           RETURNING xmax = 0 AS added""",
        codes,
        [name for _, name in rows],
        [level(code) for code in codes],
        parents,
    )
    added = sum(row["added"] for row in written)
    return Loaded(added, len(written) - added)


def _names_a_level(code: str) -> bool:
    """A group has 15 digits, everything above it 12."""
    return (len(code) == 15) == (significant_digits(code) == 15)


def _refuse(type_: ProblemType, rows: Sequence[int]) -> None:
    if rows:
        raise Problem(type_, errors=[type_.at(f"/divisions/{row}/code") for row in rows[:100]])

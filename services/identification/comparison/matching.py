"""The join of extracts with members, in DuckDB: only hits leave it.

ID numbers of extracts are normalised: blanks dropped, full-width digits and a lower-case x made ordinary. One of
15 digits (GB 11643-1989) is matched with the members born in the 1900s, whose 18 digits tell what their 15 were.
Everything here blocks and runs in a thread.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import duckdb

from services.identification.comparison.datasets import ID_NUMBER, DatasetKind, Type
from services.identification.comparison.files import quoted

NORMALISED = "upper(regexp_replace(translate({column}, '０１２３４５６７８９ｘＸ　', '0123456789XX '), '\\s', '', 'g'))"
"""Of ``{column}``."""

_VALUES = {
    Type.TEXT: "{name}",
    Type.DATE: "coalesce(try_cast({name} AS DATE), try_strptime({name}, ['%Y%m%d', '%Y年%m月%d日'])::DATE)",
    Type.AMOUNT: "try_cast(replace({name}, ',', '') AS DECIMAL(18, 2))",
}
_MEMBERS = "{household_id: 'VARCHAR', member_id: 'VARCHAR', id_number: 'VARCHAR'}"
_ROWS_TOLD = 20


@dataclass(frozen=True, slots=True)
class PolicyOfTheDay:
    """What conditions may use beside an extract's own columns; a parameter without value is unknown."""

    today: date
    home_cutoff: date | None = None
    local_average_income: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """What an extract says of a member: the rows that concern the same thing, at most twenty, without ID number."""

    kind: DatasetKind
    household_id: UUID
    member_id: UUID
    thing: str
    rows: Sequence[Mapping[str, str]]

    @property
    def fingerprint(self) -> str:
        """Equal for the same thing of the same member, whenever it is found."""
        return hashlib.sha256(f"{self.kind.name}\n{self.member_id}\n{self.thing}".encode()).hexdigest()


@dataclass
class Hits:
    """``irrelevant`` counts what matched a member and bears on no criterion."""

    bearing: list[Hit] = field(default_factory=list)
    irrelevant: int = 0


class Matching:
    """The members of one comparison: lines of JSON in a file, read into a DuckDB."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, members: Path, policy: PolicyOfTheDay) -> None:
        self._connection = connection
        connection.execute(
            """CREATE TEMP TABLE policy AS
               SELECT ?::DATE AS today, ?::DATE AS home_cutoff, ?::DECIMAL(14, 2) AS local_average_income""",
            [policy.today, policy.home_cutoff, policy.local_average_income],
        )
        connection.execute(
            f"""CREATE TEMP TABLE keys AS
                WITH members AS (
                  SELECT * FROM read_json({quoted(members)}, format = 'newline_delimited', columns = {_MEMBERS})
                  WHERE length(id_number) = 18)
                SELECT household_id, member_id, id_number AS key FROM members
                UNION ALL
                SELECT household_id, member_id, id_number[1:6] || id_number[9:17] FROM members
                WHERE id_number[7:8] = '19'"""  # noqa: S608
        )

    def hits(self, kind: DatasetKind, extract: Path) -> Hits:
        found = Hits()
        for household_id, member_id, thing, bears, told in self._connection.execute(_joined(kind, extract)).fetchall():
            if not bears:
                found.irrelevant += len(told)
                continue
            rows = [{name: value for name, value in row.items() if value is not None} for row in told[:_ROWS_TOLD]]
            found.bearing.append(Hit(kind, UUID(household_id), UUID(member_id), thing, rows))
        return found


def _joined(kind: DatasetKind, extract: Path) -> str:
    """A row for every member and thing that match: whether it bears, and what the extract says of it."""
    told = ", ".join(f"{column.name} := extract.{column.name}" for column in kind.columns)
    things = "".join(f", extract.{column.name}" for column in kind.columns if column.names)
    values = ", ".join(
        f"{_VALUES[column.type].format(name=f'extract.{column.name}')} AS {column.name}" for column in kind.columns
    )
    key = NORMALISED.format(column=ID_NUMBER)
    return f"""
        WITH extract AS (SELECT {key} AS key, * FROM read_parquet({quoted(extract)})),
        matched AS (
          SELECT household_id, member_id, concat_ws('/', ''{things}) AS thing, struct_pack({told}) AS told, {values}
          FROM extract JOIN keys USING (key)),
        judged AS (
          SELECT household_id, member_id, thing, told, ({kind.bears}) IS NOT FALSE AS bears FROM matched, policy)
        SELECT household_id, member_id, thing, bears, list_sort(list(DISTINCT told))
        FROM judged GROUP BY household_id, member_id, thing, bears ORDER BY member_id, thing"""  # noqa: S608

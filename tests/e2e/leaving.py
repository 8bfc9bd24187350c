"""All that leaves a running system, or lies outside the households service: where a name must never be found."""

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field

import asyncpg
import httpx

from services.season.county import County
from shared.embedded import EmbeddedPostgres

OWNER = "jingzhun_households"


@dataclass
class Overheard:
    """The addresses called, the headers that came back, and the texts of refusals: what proxies and logs keep."""

    texts: list[str] = field(default_factory=list)

    def hear(self, answer: httpx.Response) -> None:
        self.texts.append(str(answer.request.url))
        self.texts.extend(f"{name}: {value}" for name, value in answer.headers.items())
        if answer.is_error:
            self.texts.append(answer.text)


def personal_data(county: County) -> Iterator[str]:
    """Every name, ID number and household booklet of the county."""
    for household in county.households:
        yield household.booklet_number
        for member in household.members:
            yield member.name
            yield member.id_number


def found_in(text: str, county: County) -> set[str]:
    """What of the county's personal data stands in the text: as it is, escaped as JSON does, or in hexadecimal."""
    forms = {form: one for one in personal_data(county) for form in _forms(one)}
    return {one for form, one in forms.items() if form in text}


def _forms(text: str) -> Iterable[str]:
    return {text, text.encode("ascii", "backslashreplace").decode(), text.encode().hex()}


async def databases(server: EmbeddedPostgres) -> list[str]:
    connection = await asyncpg.connect(server.dsn("postgres"))
    try:
        rows = await connection.fetch("SELECT datname FROM pg_database WHERE datname LIKE 'jingzhun%' ORDER BY datname")
    finally:
        await connection.close()
    return [row["datname"] for row in rows]


async def tables(server: EmbeddedPostgres, database: str) -> AsyncIterator[tuple[str, str]]:
    """(table, all its rows as text) of a database, whatever schema they stand in."""
    connection = await asyncpg.connect(server.dsn(database))
    try:
        names = await connection.fetch(
            """SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
               WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"""
        )
        for (name,) in names:
            rows = await connection.fetch(f"SELECT whole::text AS row FROM {name} AS whole")
            yield name, "\n".join(row["row"] for row in rows)
    finally:
        await connection.close()

"""The auditor reads every database with the administrator's right, from outside the system."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg

from services.notifications.domain import assigned
from services.topology import BY_NAME, SERVICES
from services.wiring.definitions import definition_of
from shared.database.database import prepare_connection
from shared.events import Envelope, parse
from shared.events.received import Received as ReceivedEvent
from tests.chaos.ledger import statements
from tests.chaos.ledger.rows import (
    Archived,
    Command,
    KeptAnswer,
    Ledger,
    Received,
    Standing,
    Task,
    Told,
    Unfinished,
    Version,
)

Dsn = Callable[[str], str]
"""From a service to its database, as the administrator."""
_NAMES = tuple(service.name for service in SERVICES)


async def set_up_witnesses(dsn: Dsn) -> None:
    """Before anything happens: the tables and triggers of the schema ``chaos``."""
    for service in _NAMES:
        async with _connected(dsn(service)) as connection:
            await connection.execute(statements.WITNESSES)
            if service == "notifications":
                await connection.execute(statements.TASK_WITNESS)
                await connection.execute(statements.TASK_INDEX)


async def read_ledger(
    dsn: Dsn, commands: Sequence[Command], contradicted: Sequence[str], more_unfinished: Sequence[Unfinished]
) -> Ledger:
    rows = {service: await _read_service(dsn(service), service) for service in _NAMES}
    told = [event for service in _NAMES for event in rows[service]["told"]]
    identification, households = rows["identification"], rows["households"]
    return Ledger(
        commands=commands,
        contradicted=contradicted,
        kept=[each for service in _NAMES for each in rows[service]["kept"]],
        made={table: ids for service in _NAMES for table, ids in rows[service]["made"].items()},
        told=told,
        archived=[Archived(**row) for row in rows["audit"]["archived"]],
        received=[each for service in _NAMES for each in rows[service]["received"]],
        versions=[each for service in _NAMES for each in rows[service]["versions"]],
        consumed={service: _concerns(service, told) for service in _NAMES if BY_NAME[service].consumes},
        tasks_due=rows["identification"]["tasks_due"],
        tasks=[Task(**row) for row in rows["notifications"]["tasks"]],
        registrations=_standings(identification["registrations"]),
        statuses=_standings(households["statuses"]),
        households=_standings(households["households"]),
        known_households=_standings(identification["known_households"]),
        unfinished=[*(each for service in _NAMES for each in rows[service]["unfinished"]), *more_unfinished],
    )


async def _read_service(dsn: str, service: str) -> dict[str, Any]:
    async with _connected(dsn) as connection:
        told = [dict(row) for row in await connection.fetch(statements.TOLD)]
        found: dict[str, Any] = {
            "told": [_told(service, row) for row in told],
            "kept": [KeptAnswer(service, row["key"], row["status"]) for row in await connection.fetch(statements.KEPT)],
            "received": [Received(service, *row) for row in await connection.fetch(statements.RECEIVED)],
            "made": {
                table: frozenset(row[0] for row in await connection.fetch(statement))
                for table, statement in statements.MADE.get(service, {}).items()
            },
            "versions": await _versions(connection, service),
            "unfinished": [
                Unfinished(service, what, await connection.fetchval(statement))
                for what, statement in statements.unfinished(service).items()
            ],
        }
        for name, statement in _OWN.get(service, {}).items():
            found[name] = [dict(row) for row in await connection.fetch(statement)]
        if service == "identification":
            found["tasks_due"] = _tasks_due(told)
        return found


_OWN = {
    "audit": {"archived": statements.ARCHIVED},
    "households": {"statuses": statements.STATUSES, "households": statements.HOUSEHOLDS},
    "identification": {
        "registrations": statements.REGISTRATIONS,
        "known_households": statements.KNOWN_HOUSEHOLDS,
    },
    "notifications": {"tasks": statements.TASKS},
}


def _told(service: str, row: dict[str, Any]) -> Told:
    headers = row["headers"]
    return Told(
        service=service,
        event_id=UUID(headers["ce_id"]),
        topic=row["topic"],
        name=headers["ce_type"].split(".")[2],
        subject=headers["ce_subject"],
        sequence=int(headers["ce_sequence"]),
        trace=headers["ce_correlationid"],
    )


async def _versions(connection: Any, service: str) -> list[Version]:
    statement = statements.VERSIONS.get(service)
    rows = await connection.fetch(statement) if statement else []
    return [Version(service, BY_NAME[service].topic, row["subject"], row["version"]) for row in rows]


def _concerns(service: str, told: Sequence[Told]) -> frozenset[tuple[str, str]]:
    """(topic, event) upon which the service acts; a service that takes everything raw acts upon everything."""
    definition, topics = definition_of(service), {BY_NAME[one].topic for one in BY_NAME[service].consumes}
    if definition.raw_handler is not None:
        return frozenset((event.topic, event.name) for event in told if event.topic in topics)
    types = (model.type().split(".") for model in definition.handlers)
    return frozenset((BY_NAME[owner].topic, name) for _, owner, name, _ in types)


def _tasks_due(told: Sequence[dict[str, Any]]) -> list[Task]:
    """What notifications' own rules, which are pure, make of identification's events."""
    envelopes = [Envelope.read(row["headers"], row["value"]) for row in told]
    due = assigned([ReceivedEvent(parse(envelope), envelope) for envelope in envelopes])
    return [Task(task.cause.envelope.id, task.kind, task.office) for task in due]


def _standings(rows: Sequence[dict[str, Any]]) -> list[Standing]:
    return [Standing(household_id, tuple(facts)) for household_id, *facts in (row.values() for row in rows)]


@asynccontextmanager
async def _connected(dsn: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    connection = await asyncpg.connect(dsn)
    try:
        await prepare_connection(connection)
        yield connection
    finally:
        await connection.close()

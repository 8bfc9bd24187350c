"""Identifiers: UUIDv7, so that keys of rows written together lie together."""

from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    return UUID(int=uuid_utils.uuid7().int)


def is_time_ordered(value: UUID) -> bool:
    return value.version == 7

"""Tasks come and go with what identification tells."""

from collections.abc import Sequence

from services.notifications.domain import assigned, cancelled, settled, waves
from services.notifications.notices import follow_notices
from services.notifications.rules import EVENTS
from services.notifications.store import cancel, create, settle
from shared.database.transaction import Transaction
from shared.delivery.consumer import Handlers, Received
from shared.events import Event


async def apply_rules(transaction: Transaction, received: Sequence[Received[Event]]) -> None:
    for wave in waves(received):
        await settle(transaction, settled(wave))
        await cancel(transaction, cancelled(wave))
        await create(transaction, assigned(wave))
        await follow_notices(transaction, wave)


HANDLERS: Handlers = dict.fromkeys(EVENTS, apply_rules)

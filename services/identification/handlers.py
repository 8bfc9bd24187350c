"""What identification does when households tell of a change."""

from collections.abc import Sequence

from services.identification.households import KnownHousehold, learn
from shared.database.transaction import Transaction
from shared.delivery.consumer import Handlers, Received
from shared.events.households import HouseholdEvent, HouseholdMoved, HouseholdRegistered, MembershipChanged
from shared.rebuild import Projection, Rows


async def learn_households(transaction: Transaction, received: Sequence[Received[HouseholdEvent]]) -> None:
    await learn(
        transaction,
        [
            KnownHousehold(
                id=one.event.household_id,
                division=one.envelope.division,
                in_scope=one.event.in_scope,
                version=one.envelope.sequence,
            )
            for one in received
        ],
    )


HANDLERS: Handlers = {
    HouseholdRegistered: learn_households,
    MembershipChanged: learn_households,
    HouseholdMoved: learn_households,
}
KNOWN_HOUSEHOLDS = Projection(
    name="known-households",
    zh="识别所知的农户",
    en="households as identification knows them",
    shape=Rows(table="known_households", key="id"),
    events=frozenset(HANDLERS),
)
"""An application may enter a household before its event: what it knew first, the event tells again."""

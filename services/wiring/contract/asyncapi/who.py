"""Who publishes which events, and who takes them."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from services.topology import SERVICES, ServiceTopology
from services.wiring.definitions import definition_of
from shared.delivery.decisions import Decisions
from shared.events import Event, delivery

Models: TypeAlias = Sequence[type[Event]]
_TOLD_BY_CONSUMERS = delivery.__name__.rpartition(".")[2]
OWNERS = (*(service.name for service in SERVICES), _TOLD_BY_CONSUMERS)
CONTRACTS: Mapping[str, type[Event]] = {
    model.type(): model for owner in OWNERS for model in Event.contracts().values() if model.service() == owner
}
"""By owner, and then in the order of their modules, which is that of the policy."""


def publishers_of(model: type[Event]) -> list[str]:
    """The owner; what befell an event in a consumer is told by every consumer."""
    if model.service() == _TOLD_BY_CONSUMERS:
        return [service.name for service in SERVICES if service.consumes]
    return [model.service()]


def published_by(service: ServiceTopology) -> Models:
    return [model for model in CONTRACTS.values() if service.name in publishers_of(model)]


def taken_by(service: ServiceTopology, producer: ServiceTopology) -> Models:
    """Of a producer's topic: all where everything is taken as it comes, else what has a handler."""
    definition, published = definition_of(service.name), published_by(producer)
    if definition.raw_handler is not None:
        return published
    handled = Decisions(service.name).beside(definition.handlers)
    return [model for model in published if model in handled]


def title_of(owner: str) -> str:
    return "死信 · Dead letters" if owner == _TOLD_BY_CONSUMERS else definition_of(owner).title

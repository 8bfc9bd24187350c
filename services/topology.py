"""The whole system on one page, as data: who publishes, who consumes what, who asks whom, and where.

``__main__`` wires it. No service imports this module: a service does not know how it is run.
"""

from dataclasses import dataclass

from shared.bus.topics import dead_letter_topic


@dataclass(frozen=True, slots=True)
class ServiceTopology:
    name: str
    consumes: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    partitions: int = 4
    outbox_shards: int = 2
    port_offset: int = 0

    @property
    def topic(self) -> str:
        return f"jingzhun.{self.name}.v1"


SERVICES = (
    ServiceTopology(
        "households",
        consumes=("identification", "audit"),
        asks=("audit", "gateway"),
        resources=(
            "divisions",
            "households",
            "household-imports",
        ),
        port_offset=1,
    ),
    ServiceTopology(
        "identification",
        consumes=("households", "audit"),
        asks=("households", "audit", "gateway"),
        resources=(
            "announcements",
            "application-imports",
            "applications",
            "appraisals",
            "assessments",
            "cases",
            "comparison-datasets",
            "comparisons",
            "data-cleanings",
            "evidence",
            "objections",
            "policies",
            "publicities",
            "registration-imports",
            "registrations",
            "survey-imports",
            "suspects",
            "township-reviews",
            "workflows",
        ),
        partitions=8,
        port_offset=2,
    ),
    ServiceTopology(
        "notifications",
        consumes=("identification", "audit"),
        asks=("gateway",),
        resources=("tasks",),
        port_offset=3,
    ),
    ServiceTopology(
        "audit",
        consumes=("households", "identification", "notifications", "audit", "gateway"),
        asks=("gateway",),
        resources=("dead-letters", "events", "timelines"),
        partitions=1,
        port_offset=4,
    ),
    ServiceTopology(
        "gateway",
        resources=("api-clients", "codes", "event-flow", "me", "officers", "sandbox", "sessions"),
        partitions=1,
        port_offset=0,
    ),
)

BY_NAME = {service.name: service for service in SERVICES}
TOPICS = {service.topic: service.partitions for service in SERVICES} | {
    dead_letter_topic(BY_NAME[producer].topic, consumer.name): 1
    for consumer in SERVICES
    for producer in consumer.consumes
}
OWNER_OF_RESOURCE = {resource: service.name for service in SERVICES for resource in service.resources}

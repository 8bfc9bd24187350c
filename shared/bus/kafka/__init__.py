"""The bus on Apache Kafka: for many machines, CloudEvents in Kafka's binary binding."""

from shared.bus.kafka.bus import KafkaBus
from shared.bus.kafka.cluster import Cluster

__all__ = ["Cluster", "KafkaBus"]

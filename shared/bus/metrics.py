"""What a bus tells about itself. Labels never hold a key or an id."""

from prometheus_client import Counter, Gauge

rebalances = Counter("jingzhun_bus_rebalances", "Times a service's shards were shared out anew", ("service",))
shards_held = Gauge("jingzhun_bus_shards_held", "Shards that this process receives for a service", ("service",))
publish_errors = Counter("jingzhun_bus_publish_errors", "Attempts to publish that failed", ("error",))

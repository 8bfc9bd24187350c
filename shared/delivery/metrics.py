"""What delivery tells about itself, labelled by service. Labels never hold a key or an id."""

from prometheus_client import Counter, Gauge, Histogram

_SERVICE = ("service",)
_BATCH_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

outbox_depth = Gauge("jingzhun_outbox_depth", "Events decided and not yet on the bus", _SERVICE)
outbox_age = Gauge("jingzhun_outbox_age_seconds", "Age of the oldest event in the outbox", _SERVICE)
relayed = Counter("jingzhun_relayed_events", "Events moved from the outbox to the bus", _SERVICE)

consumer_lag = Gauge("jingzhun_consumer_lag", "Messages not yet acknowledged", ("service", "topic"))
handled = Counter("jingzhun_handled_events", "Events whose effects were committed", _SERVICE)
skipped = Counter("jingzhun_skipped_events", "Events that are none of the service's business", _SERVICE)
duplicates = Counter("jingzhun_duplicate_events", "Events received again and dropped by the inbox", _SERVICE)
batch_seconds = Histogram(
    "jingzhun_batch_seconds", "From receiving a batch to its commit", _SERVICE, buckets=_BATCH_BUCKETS
)

handler_failures = Counter("jingzhun_handler_failures", "Failed attempts to handle one event", ("service", "error"))
dead_letters = Counter("jingzhun_dead_letters", "Events given up until an operator decides", ("service", "error"))
parked_keys = Gauge("jingzhun_parked_keys", "Keys whose events wait", _SERVICE)
dead_keys = Gauge("jingzhun_dead_keys", "Parked keys that wait for an operator", _SERVICE)
retention_exceeded = Gauge(
    "jingzhun_retention_exceeded", "1 while the service refuses to go on because messages are missing", _SERVICE
)

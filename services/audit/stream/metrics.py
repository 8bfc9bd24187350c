"""What the streams tell about themselves. Labels never hold a reader."""

from prometheus_client import Counter, Gauge

open_streams = Gauge("jingzhun_event_streams", "Streams of events that are open")
streamed = Counter("jingzhun_streamed_events", "Events handed to the readers of streams")
ended = Counter("jingzhun_event_streams_ended", "Streams that have ended, and why", ("reason",))

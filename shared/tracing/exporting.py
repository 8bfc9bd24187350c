"""Where spans go. Nothing of OpenTelemetry's SDK is loaded unless some are made."""

import asyncio
import os
from typing import TYPE_CHECKING, Literal

import structlog

from shared.ids import new_id
from shared.tracing.tracer import NO_SPANS, Tracer

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.sdk.trace.sampling import Sampler

log = structlog.get_logger()
Choice = Literal["none", "otlp", "console"]
_CLOSE_SECONDS = 5.0
_SYSTEMS = {"kafka": "kafka", "postgres": "postgresql"}


class Tracing:
    """The spans of all services of this process go through one processor, each with its own service's name."""

    def __init__(self, processor: "SpanProcessor | None", *, ratio: float, bus: str, version: str) -> None:
        self._processor = processor
        self._ratio = ratio
        self._bus = bus
        self._version = version
        self._instance = str(new_id())

    def of(self, service: str, *, outermost: bool = False) -> Tracer:
        """What the ``outermost`` service is told of sampling comes from anybody: the ratio alone decides there."""
        if self._processor is None:
            return NO_SPANS
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider

        resource = Resource.create(
            {
                "service.name": service,
                "service.namespace": "jingzhun",
                "service.version": self._version,
                "service.instance.id": self._instance,
            }
        )
        provider = TracerProvider(self._sampler(outermost), resource, shutdown_on_exit=False)
        provider.add_span_processor(self._processor)
        return Tracer(provider.get_tracer("jingzhun", self._version), _SYSTEMS[self._bus])

    def _sampler(self, outermost: bool) -> "Sampler | None":
        """None leaves it to ``OTEL_TRACES_SAMPLER``, where that is set."""
        from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

        if "OTEL_TRACES_SAMPLER" in os.environ:
            return None
        by_ratio = TraceIdRatioBased(self._ratio)
        return by_ratio if outermost else ParentBased(by_ratio)

    async def close(self) -> None:
        """What was not sent yet is sent, unless the collector takes too long."""
        if self._processor is not None:
            try:
                await asyncio.wait_for(asyncio.to_thread(self._processor.shutdown), _CLOSE_SECONDS)
            except TimeoutError:
                log.warning("spans not sent")


def processor_for(choice: Choice) -> "SpanProcessor | None":
    if choice == "none":
        return None
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    return BatchSpanProcessor(_exporter(choice))


def _exporter(choice: Choice) -> "SpanExporter":
    """``OTEL_EXPORTER_OTLP_…`` say where to and how; the protocol is HTTP with protobuf."""
    if choice == "console":
        from shared.tracing.console import console_exporter

        return console_exporter()
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return OTLPSpanExporter()

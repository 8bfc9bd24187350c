"""The services of this process, all five or one of them, and the application that stands at its door."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from math import inf

from starlette.types import ASGIApp

from services.gateway.front import Front
from services.gateway.gate import Gate, say
from services.gateway.neighbours import NEIGHBOURS
from services.gateway.passage import Passage, resource_of
from services.gateway.proxy import Proxy
from services.gateway.refusals import ledger_of
from services.topology import BY_NAME, OWNER_OF_RESOURCE
from services.wiring.addresses import addresses_of
from services.wiring.assembly import assemble
from services.wiring.buses import bus_of
from services.wiring.databases import Databases
from services.wiring.definitions import definition_of
from services.wiring.migration import ALL
from services.wiring.readiness import Elsewhere
from services.wiring.secrets import secrets_of
from services.wiring.servers import DatabaseServer
from services.wiring.transport import NearestTransport
from shared.auth.keys import KeyRing
from shared.auth.principal import Principal
from shared.auth.tokens import GATEWAY
from shared.context import ServiceContext
from shared.delivery.trimming import Trimmer
from shared.http.app import VERSION
from shared.http.edge import Edge
from shared.http.following import RouteOf, route_of
from shared.runtime.runtime import ServiceRuntime
from shared.runtime.standing import Standing
from shared.settings import Settings
from shared.tracing.exporting import Tracing, processor_for

_KEEPER = "audit"
"""The service beside which the bus is trimmed: it has archived what goes."""


def databases_of(settings: Settings, server: DatabaseServer) -> Databases:
    return Databases(server, secrets_of(settings))


class System:
    """Builds the named services at once; ``start`` opens them together, ``stop`` ends them together."""

    def __init__(
        self,
        settings: Settings,
        server: DatabaseServer,
        services: Sequence[str] = ALL,
        tracing: Tracing | None = None,
    ) -> None:
        self._settings = settings
        self._tracing = tracing or tracing_of(settings)
        self._databases = databases_of(settings, server)
        self._keys = key_ring(settings, services)
        self._urls = addresses_of(settings)
        self._whole = set(services) == set(ALL)
        self._transport = NearestTransport(self._urls)
        self._elsewhere = Elsewhere(self._urls)
        self._bus = bus_of(settings, self._databases)
        self._proxies: dict[str, Proxy] = {}
        self._stop = asyncio.Event()
        self._trimming: asyncio.Task[None] | None = None
        self.services: dict[str, ServiceRuntime] = {name: self._build(name) for name in services}

    def _build(self, name: str) -> ServiceRuntime:
        runtime = assemble(
            definition_of(name),
            self._settings,
            self._keys,
            dsn=self._databases.dsn(name),
            bus=self._bus,
            transport=self._transport,
            in_one_process=self._whole,
            tracer=self._tracing.of(name, outermost=name == GATEWAY),
        )
        self._transport.place(name, runtime.application)
        if name == GATEWAY:
            runtime.context.extras[NEIGHBOURS] = self
        return runtime

    @property
    def application(self) -> ASGIApp:
        """The gateway's front where the gateway is here, else the only service's own application."""
        if GATEWAY not in self.services:
            (runtime,) = self.services.values()
            return runtime.application
        destinations = {name: self._destination(name) for name in BY_NAME}
        own = destinations[GATEWAY]
        return Front(OWNER_OF_RESOURCE, destinations, own, gate=self._gate(), answering=self._edge(say))

    def _gate(self) -> Gate:
        context = self._gateway

        async def verify(token: str) -> Principal:
            return (await context.verifier.authenticate(token)).principal

        return Gate(self._settings, verify, ledger_of(context))

    def _destination(self, name: str) -> ASGIApp:
        if name in self.services:
            return self._here(name)
        tracer = self._gateway.database.tracer
        return self._edge(self._proxies.setdefault(name, Proxy(name, self._urls[name], tracer)), resource_of)

    def _edge(self, application: ASGIApp, route: RouteOf = route_of) -> Edge:
        """Before what is not a service of this process. A service behind a proxy keeps the time itself."""
        return Edge(
            application,
            service=GATEWAY,
            settings=self._settings,
            answer_seconds=inf,
            tracer=self._gateway.database.tracer,
            route_of=route,
        )

    def _here(self, name: str) -> ASGIApp:
        application, tracer = self.services[name].application, self._gateway.database.tracer
        return Passage(application, tracer) if tracer.active and name != GATEWAY else application

    @property
    def _gateway(self) -> ServiceContext:
        return self.services[GATEWAY].context

    async def start(self) -> None:
        """All of them, or none: whatever fails stops those already started."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for runtime in self.services.values():
                    tasks.create_task(runtime.start())
        except BaseException:
            await self.stop()
            raise
        if _KEEPER in self.services:
            trimmer = Trimmer(self._bus, timedelta(days=self._settings.bus_retention_days))
            self._trimming = asyncio.create_task(trimmer.run(self._stop))

    def leave(self) -> None:
        """Not ready from now on; what is under way is still finished."""
        self._stop.set()
        for runtime in self.services.values():
            runtime.leave()
        for proxy in self._proxies.values():
            proxy.leave()

    async def stop(self) -> None:
        self.leave()
        if self._trimming is not None:
            await self._trimming
        await asyncio.gather(*(runtime.stop() for runtime in self.services.values()))
        await asyncio.gather(self._bus.close(), self._transport.close(), self._elsewhere.close())
        await asyncio.gather(*(each.close() for each in self._proxies.values()))
        await self._tracing.close()

    async def standings(self) -> Mapping[str, Standing]:
        """Of every service, here or elsewhere."""
        found = await asyncio.gather(*(self._standing(name) for name in BY_NAME))
        return dict(zip(BY_NAME, found, strict=True))

    async def _standing(self, name: str) -> Standing:
        if name in self.services:
            return await self.services[name].standing()
        return await self._elsewhere.standing(name)

    async def refresh_metrics(self) -> None:
        for runtime in self.services.values():
            await runtime.refresh_metrics()


def tracing_of(settings: Settings) -> Tracing:
    return Tracing(processor_for(settings.traces), ratio=settings.traces_ratio, bus=settings.bus, version=VERSION)


def key_ring(settings: Settings, services: Sequence[str]) -> KeyRing:
    """With the keys of the services here and no other's: what one of them signs can be checked from the first on."""
    keys = KeyRing(settings.keys)
    for service in services:
        keys.private(service)
    return keys

"""One service, joined to its database, the bus, its keys and those it may ask."""

from collections.abc import Callable
from datetime import datetime, timedelta

from services.topology import BY_NAME, SERVICES, ServiceTopology
from shared.auth.external import ClaimNames, ExternalIssuer
from shared.auth.issuer_keys import IssuerKeys
from shared.auth.keys import KeyRing
from shared.auth.revocations import Revocations
from shared.auth.tokens import API, GATEWAY, TokenIssuer
from shared.auth.verifier import TokenVerifier
from shared.bus.port import Bus
from shared.clock import PolicyClock, system_now
from shared.context import ServiceContext
from shared.database.database import Database
from shared.peers.client import Peers, Transport
from shared.runtime.definition import Definition
from shared.runtime.runtime import ServiceRuntime
from shared.settings import Settings
from shared.tracing import NO_SPANS, Tracer

_TOKEN_LIFETIME = timedelta(minutes=10)
_RENEWED_BEFORE_END = timedelta(minutes=5)


def assemble(
    definition: Definition,
    settings: Settings,
    keys: KeyRing,
    *,
    dsn: str,
    bus: Bus,
    transport: Transport,
    in_one_process: bool = True,
    tracer: Tracer = NO_SPANS,
) -> ServiceRuntime:
    """``in_one_process``: the whole system runs here, so that nobody else moves the sandbox's clock."""
    topology = BY_NAME[definition.name]
    clock, issuer, revocations = PolicyClock(), TokenIssuer(keys, definition.name), Revocations()
    database = Database(
        definition.name,
        dsn,
        clock,
        outbox_shards=topology.outbox_shards,
        connections=settings.database_connections,
        clock_moved_elsewhere=settings.sandbox and not in_one_process,
        tracer=tracer,
    )
    context = ServiceContext(
        name=definition.name,
        settings=settings,
        database=database,
        clock=clock,
        bus=bus,
        keys=keys,
        verifier=TokenVerifier(
            keys,
            audience=API,
            issuers=frozenset({GATEWAY}),
            revocations=revocations,
            external=external_issuer(settings),
        ),
        internal_verifier=TokenVerifier(keys, audience=definition.name, issuers=callers_of(definition.name)),
        issuer=issuer,
        peers=Peers(transport, _tokens(issuer, definition.name), _asked_by(topology), tracer),
        revocations=revocations,
        consumes=tuple(BY_NAME[producer].topic for producer in topology.consumes),
    )
    return ServiceRuntime(definition, context)


def external_issuer(settings: Settings) -> ExternalIssuer | None:
    """The OIDC issuer that the settings trust for officers, if any."""
    if settings.oidc_issuer is None:
        return None
    names = ClaimNames(settings.oidc_role_claim, settings.oidc_division_claim, settings.oidc_roles)
    return ExternalIssuer(settings.oidc_issuer, settings.oidc_audience, names, IssuerKeys(settings.oidc_issuer))


def callers_of(name: str) -> frozenset[str]:
    """Who may ask the service: those of the topology, and the gateway for the sandbox's clock."""
    return frozenset({GATEWAY, *(service.name for service in SERVICES if name in service.asks)})


def _asked_by(topology: ServiceTopology) -> frozenset[str]:
    return frozenset(BY_NAME) if topology.name == GATEWAY else frozenset(topology.asks)


def _tokens(issuer: TokenIssuer, name: str) -> Callable[[str], str]:
    """Short-lived tokens, each for one service alone, signed anew well before they end."""
    kept: dict[str, tuple[datetime, str]] = {}

    def token_for(service: str) -> str:
        renewal, token = kept.get(service, (system_now(), ""))
        if renewal <= system_now():
            token = issuer.issue(subject=name, audience=service, lifetime=_TOKEN_LIFETIME)
            kept[service] = (system_now() + _TOKEN_LIFETIME - _RENEWED_BEFORE_END, token)
        return token

    return token_for

"""Where each service is reached: at the URLs of its replicas, by the settings or beside the gateway."""

from services.topology import BY_NAME
from shared.settings import Settings


class UnknownService(LookupError):
    """A name that the topology does not have; the text names it, and those that there are."""


def addresses_of(settings: Settings) -> dict[str, tuple[str, ...]]:
    """The URLs of every service. Raises ``UnknownService``."""
    unknown = settings.service_urls.keys() - BY_NAME.keys()
    if unknown:
        raise UnknownService(f"{', '.join(sorted(unknown))} ({', '.join(BY_NAME)})")
    return {name: settings.service_urls.get(name) or (_beside_gateway(name, settings),) for name in BY_NAME}


def url_of(service: str, settings: Settings) -> str:
    """One URL of the service. Raises ``UnknownService``."""
    return addresses_of(settings)[service][0]


def _beside_gateway(service: str, settings: Settings) -> str:
    return f"http://{settings.host}:{settings.port + BY_NAME[service].port_offset}"

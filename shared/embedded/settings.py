"""The server's settings: durable, and sized for one machine of 2 cores that it shares with the services."""

from collections.abc import Mapping
from pathlib import Path

from shared.embedded.runtime import PORT

DEFAULTS: Mapping[str, str] = {
    "cluster_name": "jingzhun",
    "max_connections": "300",
    "shared_buffers": "256MB",
    "effective_cache_size": "4GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "2GB",
    # Where many commit at once, one write to disk may wait a millisecond for the others; a lone one never does.
    "commit_delay": "1000",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # A failing statement's text and values are personal data; whoever sent it is told, the log is not.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


def command_line(settings: Mapping[str, str], sockets: Path) -> list[str]:
    """The server's options. Where it listens is not a setting: on the private socket, never on the network."""
    listening = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
    }
    merged = {**DEFAULTS, **settings, **listening}
    return [word for name, value in merged.items() for word in ("-c", f"{name}={value}")]

"""Questions between services."""

from shared.peers.client import Peers

__all__ = ["Peers"]

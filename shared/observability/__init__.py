"""What operators see of a running system: logs."""

from shared.observability.failures import places
from shared.observability.logs import configure_logging
from shared.observability.scene import doing

__all__ = ["configure_logging", "doing", "places"]

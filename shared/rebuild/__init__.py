"""Making a projection anew from the archive while its service serves.

The service's own handlers are applied to every archived event in a shadow of the projection's table. Then the
service's consumers are held off for a moment, what they have handled meanwhile is caught up, and the differing rows
are put right in one transaction.
"""

from shared.rebuild.errors import RebuildRefused
from shared.rebuild.projection import Columns, Projection, Rows
from shared.rebuild.rebuilding import Rebuild, Report

__all__ = ["Columns", "Projection", "Rebuild", "RebuildRefused", "Report", "Rows"]

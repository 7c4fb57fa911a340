"""The method: serial schedule generation with insertion, large-neighbourhood search, a time-indexed bound, reasons, and planning again."""

from sild.cores.evacuation.method.again import Disruption, disrupted
from sild.cores.evacuation.method.solve import Effort, Progress, evacuate

__all__ = ["Disruption", "Effort", "Progress", "disrupted", "evacuate"]

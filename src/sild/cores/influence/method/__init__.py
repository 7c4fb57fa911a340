"""The method: what the calendar expects, where statements might have stood, the test, its interval, its power."""

from sild.cores.influence.method.study import study

__all__ = ["study"]

"""The benchmark's generator and independent referee from beside the checkout; tests that need them skip where they are absent."""

from __future__ import annotations

import importlib.util
from types import ModuleType

from tests.beside import beside


def instances() -> ModuleType:
    """The module, or a skip with one line."""
    spec = importlib.util.spec_from_file_location("allocation_instances", beside("bench", "allocation_instances.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

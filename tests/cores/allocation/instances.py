"""The benchmark's generator and independent referee from beside the checkout; tests that need them skip where they are absent."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

PLACE = Path(__file__).resolve().parents[4] / "shared" / "bench" / "allocation_instances.py"


def instances() -> ModuleType:
    """The module, or a skip with one line."""
    if not PLACE.exists():
        pytest.skip(f"the allocation instances are not beside this checkout ({PLACE.parent.name}/{PLACE.name})")
    spec = importlib.util.spec_from_file_location("allocation_instances", PLACE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

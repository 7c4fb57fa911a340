"""The made calendars of the bench, for tests: the generator lies there because people measure with it too."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).resolve().parents[3] / "bench" / "influence_worlds.py"


@pytest.fixture(scope="session")
def worlds() -> ModuleType:
    """`worlds.world(seed, worlds.World(...))` is a problem whose truth is known."""
    spec = importlib.util.spec_from_file_location("influence_worlds", BENCH)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["influence_worlds"] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module

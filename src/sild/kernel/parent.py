"""Processes that belong to another: they end when it is gone, also when it was killed and could not tell them."""

from __future__ import annotations

import os
import signal
import threading
import time
from importlib import import_module
from typing import Any

LOOK_EVERY_S = 0.5
PATIENCE_S = 10.0


def loaded(parent: int, name: str) -> Any:
    """What stands under a dotted name ("module.thing"), in a process of its own that ends with `parent`.

    Lives here because a spawned process imports this module before the framework is started.
    """
    end_with(parent)
    module, _, thing = name.rpartition(".")
    return getattr(import_module(module), thing)


def end_with(parent: int) -> None:
    """Let this process be told to end (SIGTERM) as soon as `parent` is no longer its parent; and end at once if it does not listen."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_EVERY_S)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE_S)
        os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()

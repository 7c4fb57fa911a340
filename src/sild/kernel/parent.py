"""Processes that belong to another: they end when it is gone, also when it was killed and could not tell them."""

from __future__ import annotations

import os
import signal
import threading
import time

LOOK_EVERY_S = 0.5
PATIENCE_S = 10.0


def end_with(parent: int) -> None:
    """Let this process be told to end (SIGTERM) as soon as `parent` is no longer its parent; and end at once if it does not listen."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_EVERY_S)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE_S)
        os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()

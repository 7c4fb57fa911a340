"""`sild serve`: the desk in the browser, with its database, its worker and its sequencer. What dies is started again.

When it ends, nothing that it started goes on.
"""

from __future__ import annotations

import functools
import ipaddress
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from typing import Annotated

import typer
from django.conf import settings
from django.db import connections
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from sild.cli.children import Keeper
from sild.kernel import house, terminal
from sild.kernel.accounts import Account
from sild.kernel.log import write_lines
from sild.kernel.parent import loaded
from sild.kernel.refusals import Refused

LINES = logging.getLogger("sild.serve")
CHILDREN = ("worker", "sequencer")
CRASHED_WAIT_S = 5.0
PORTS_TRIED = 100
MOST_AT_ONCE = 40
"""Of the 60 connections of the embedded database; worker, sequencer and commands need some too."""
MOST_WORKERS, MOST_THREADS = 64, 64

HostOption = Annotated[str, typer.Option("--host", help="Address to listen on; beyond this machine only behind a TLS proxy.")]
PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")]
WorkersOption = Annotated[int, typer.Option("--workers", min=1, max=MOST_WORKERS, help="Server processes.")]
ThreadsOption = Annotated[int, typer.Option("--threads", min=1, max=MOST_THREADS, help="Requests at once in each of them.")]


def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    workers: WorkersOption = 2,
    threads: ThreadsOption = 4,
    web_only: Annotated[
        bool, typer.Option("--web-only", help="Without worker and sequencer, where other services run them (see docs/how-to/serve.md).")
    ] = False,
) -> None:
    """Open the desk in the browser. Ends at Ctrl-C or SIGTERM, with everything that it started."""
    refuse_too_many(workers, threads)
    with closing(claimed(host, port)), house.opened():
        refuse_demo_people_abroad(host)
        keep_serving(host, port, workers=workers, threads=threads, web_only=web_only, told=_say_ready)


def keep_serving(host: str, port: int, *, workers: int, threads: int, web_only: bool, told: Callable[[str], None]) -> None:
    """Serve the opened house until this process is told to end; `told` gets the address once it answers."""
    os.environ["SILD_BIND"] = f"{_shown(host)}:{port}"
    write_lines("serve")
    # this process only watches; it keeps no session at the database
    connections.close_all()
    keeper = Keeper(verbs=() if web_only else _children(), ensure=house.ensure)
    keeper.start()
    threading.Thread(target=_tell_when_ready, args=(host, port, told), name="ready", daemon=True).start()
    try:
        while _serve_web(host, port, workers, threads):
            LINES.error("the web processes ended by themselves too often; they are started again in %.0f s", CRASHED_WAIT_S)
            time.sleep(CRASHED_WAIT_S)
    finally:
        keeper.stop()


def _children() -> tuple[str, ...]:
    """The processes beside the pages; a folder is watched where one is named, and a standby guarded where there is one."""
    more = {"watch": "SILD_WATCH", "guard": "SILD_STANDBY"}
    return (*CHILDREN, *(verb for verb, named in more.items() if os.environ.get(named, "").strip()))


def _serve_web(host: str, port: int, workers: int, threads: int) -> bool:
    """Run the server processes; returns whether they are to be run again, False when we were told to end."""
    multiprocessing.set_start_method("spawn", force=True)  # a forked child would share our connections and locks
    server = MPServer(
        target="sild",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        blocking_threads_idle_timeout=600,
        backpressure=max(64, 16 * threads),
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=10,
        log_level=LogLevels.error,
    )
    write_lines("serve")
    load = functools.partial(loaded, os.getpid(), settings.WSGI_APPLICATION)
    try:
        server.serve(target_loader=load, wrap_loader=False)
    except SystemExit:
        return not server.interrupt_signal
    finally:
        # the server's own handlers note a signal for a loop that no longer runs
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler)
    return False


def refuse_too_many(workers: int, threads: int) -> None:
    """Raise Refused where requests would wait for a connection that the embedded database does not give."""
    if workers * threads > MOST_AT_ONCE and not os.environ.get("DATABASE_URL", "").strip():
        raise Refused(
            f"{workers} processes with {threads} threads would hold {workers * threads} connections; the embedded database gives the pages "
            f"{MOST_AT_ONCE}. Take fewer, or a cluster of your own: see docs/how-to/own-cluster.md."
        )


def claimed(host: str, port: int) -> socket.socket:
    """The port, ours until the returned socket is closed, also before anything listens there. Raises Refused where it is not to be had.

    The server processes share their port with whoever of the same user asks to share it, so on Linux two desks that begin in one moment
    would both get it and answer by turns. A name that the kernel gives once, and takes back when its holder ends, keeps them apart.
    """
    claim = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        if sys.platform == "linux":
            claim.bind(f"\0sild serves at port {port}")
        _try(host, port)
    except OSError as problem:
        claim.close()
        raise Refused(
            f"Port {port} of {host} cannot be used: {problem.strerror}. "
            f"End the program that listens there, or name another one: --port {port + 1}."
        ) from problem
    return claim


def _try(host: str, port: int) -> None:
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def first_claimed(host: str, first: int) -> tuple[int, socket.socket]:
    """The first port from `first` on that nobody has, and the claim to it. Raises Refused when there is none among the next hundred."""
    for port in range(first, first + PORTS_TRIED):
        try:
            return port, claimed(host, port)
        except Refused:
            continue
    raise Refused(f"All ports of {host} from {first} to {first + PORTS_TRIED - 1} are taken. End a program that listens there.")


def refuse_demo_people_abroad(host: str) -> None:
    """Demo people have known passwords: a desk that holds them is for this machine alone."""
    if not on_this_machine(host) and Account.objects.filter(demo=True).exists():
        raise Refused(
            f"This home holds demo people, whose passwords are printed by the demo: it is not served on {host}. "
            "Serve it on 127.0.0.1, or make a home of your own: see docs/how-to/serve.md."
        )


def on_this_machine(host: str) -> bool:
    """Whether only this machine reaches the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _tell_when_ready(host: str, port: int, told: Callable[[str], None]) -> None:
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    while True:
        try:
            with closing(socket.create_connection((reached, port), timeout=1)):
                told(f"http://{_shown(reached)}:{port}/")
                return
        except OSError:
            time.sleep(0.1)


def _say_ready(address: str) -> None:
    terminal.console().print(f"The desk is open at {address} (Ctrl-C ends it)", markup=False)

"""The worker: takes jobs from the queue as they come, and takes back those whose worker died. Ends when it is told to."""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from contextlib import suppress
from dataclasses import asdict
from typing import Any

import psycopg
from django import db
from procrastinate import PsycopgConnector, exceptions, jobs
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from sild.kernel import clock
from sild.kernel.hourly import OFTEN_S, run_hourly, run_often
from sild.kernel.sweeping import Swept, sweep

LINES = logging.getLogger("sild.jobs")
AT_ONCE = 2
LOOK_EVERY_S = 2.0
"""How often the queue is looked at; a new job is told by the database at once."""
HEARTBEAT_S, DEAD_AFTER_S = 5.0, 30.0
"""A solver may keep the whole process busy for ten seconds; a worker that is silent for longer than three of these is dead."""
RESCUE_EVERY_S, GRACE_S = 5.0, 10.0
SWEEP_EVERY_S = 3600.0
FAILED_KEPT_HOURS = 30 * 24
AGAIN_AFTER_S = 1.0
END_WITHIN_S = 8.0
"""How long a job may go on when the worker is told to end; one that is not done by then is broken off, and done again later."""


def work() -> None:
    """Do jobs until SIGTERM or SIGINT. A database that dies is waited for."""
    asyncio.run(_work())


async def _work() -> None:
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, over.set)
    while not over.is_set():
        try:
            await _work_while_the_database_lives(over)
        except (exceptions.ConnectorException, psycopg.Error, OSError) as fault:
            LINES.warning("the queue is out of reach (%s); it is tried again", type(fault).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), AGAIN_AFTER_S)


async def _work_while_the_database_lives(over: asyncio.Event) -> None:
    # a queue of its own: a job that asks for another job does so on its own connection, in its own transaction
    connector = PsycopgConnector(kwargs=connector_params())
    async with app.with_connector(connector).open_async() as queue:
        ended: dict[int, float] = {}
        worker = asyncio.create_task(
            queue.run_worker_async(
                concurrency=AT_ONCE,
                fetch_job_polling_interval=LOOK_EVERY_S,
                update_heartbeat_interval=HEARTBEAT_S,
                stalled_worker_timeout=DEAD_AFTER_S,
                shutdown_graceful_timeout=END_WITHIN_S,
                delete_jobs="successful",
                install_signal_handlers=False,
                worker_middleware=[_noting(ended)],
            )
        )
        told = asyncio.create_task(over.wait())
        rescue = asyncio.create_task(_rescue(queue, ended))
        sweeping, ticking = asyncio.create_task(_sweep()), asyncio.create_task(_tick())
        try:
            await asyncio.wait({worker, told, rescue, sweeping, ticking}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (ticking, sweeping, rescue, told, worker):
                task.cancel()
            for task in (ticking, sweeping, rescue, worker):
                with suppress(asyncio.CancelledError):
                    await task


async def _sweep() -> None:
    """Remove what is over, at the beginning and every hour; a fault of it is told and holds up no job."""
    while True:
        try:
            swept = asdict(await asyncio.to_thread(_swept))
            if any(swept.values()):
                LINES.info("swept: %s", ", ".join(f"{count} {what}" for what, count in swept.items()))
        except Exception as fault:
            # whatever it is: jobs go on, and it is tried again
            LINES.warning("sweeping failed (%s); it is tried again", type(fault).__name__)
        await asyncio.sleep(SWEEP_EVERY_S)


async def _tick() -> None:
    """What the clock does every few seconds; a fault of it is told and holds up no job."""
    while True:
        try:
            await asyncio.to_thread(_ticked)
        except Exception as fault:
            # whatever it is: jobs go on, and it is tried again
            LINES.warning("the clock failed (%s); it goes on", type(fault).__name__)
        await asyncio.sleep(OFTEN_S)


def _ticked() -> None:
    try:
        run_often()
    finally:
        db.connections.close_all()


def _swept() -> Swept:
    """One sweep, and what the clock does beside it, on a connection of its own."""
    try:
        run_hourly()
        return sweep()
    finally:
        db.connections.close_all()


def _noting(ended: dict[int, float]) -> Any:
    """Note in `ended` which jobs this process has done with, and when."""

    async def noted(call_next: Any, context: Any, _worker: Any) -> Any:
        ended.pop(context.job.id, None)
        try:
            return await call_next()
        finally:
            ended[context.job.id] = time.monotonic()

    return noted


async def _rescue(queue: Any, ended: dict[int, float]) -> None:
    """Put back jobs whose worker died, and those of ours whose end could not be written down; forget failed ones after a month."""
    await queue.job_manager.delete_old_jobs(FAILED_KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True)
    while True:
        await put_back_what_stalled(queue, ended)
        await asyncio.sleep(RESCUE_EVERY_S)


async def put_back_what_stalled(queue: Any, ended: dict[int, float]) -> None:
    """One round: jobs of dead workers, and those of ours (`ended`: when, by number) that still stand as being done."""
    stalled = list(await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_S))
    now = time.monotonic()
    unwritten = {identity for identity, at in ended.items() if now - at > GRACE_S}
    if unwritten:
        running = await queue.job_manager.list_jobs_async(status="doing")
        stalled += [job for job in running if job.id in unwritten]
        for identity in unwritten:
            ended.pop(identity, None)
    for job in stalled:
        await _put_back(queue, job)


async def _put_back(queue: Any, job: jobs.Job) -> None:
    identity = job.id or 0
    try:
        await queue.job_manager.retry_job_by_id_async(job_id=identity, retry_at=clock.now())
        LINES.warning("a job was broken off; it is done again")
    except exceptions.UniqueViolation:
        # the same job waits already: that one does the work
        await queue.job_manager.finish_job_by_id_async(job_id=identity, status=jobs.Status.FAILED, delete_job=True)

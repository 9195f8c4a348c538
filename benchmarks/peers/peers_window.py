"""Stock bots that echo, announce and remind, for window.py.

`python -m benchmarks.peers.peers_window WAY ADDRESS PEOPLE RATE TELL_AT REMIND_AT` runs until it is killed; moments are
in seconds since 1970. Knows nothing of Ciclo, so that any Python with the peers in it can run it.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from telegram.ext import Application, CallbackContext, JobQueue, MessageHandler, filters

from benchmarks.peers.peers_echo import echo
from benchmarks.peers.peers_sending import application, by_gather, by_workers, need, ptb_once

Context = CallbackContext[Any, Any, Any, Any]
App = Application[Any, Any, Any, Any, Any, Any]
Plan = Callable[["JobQueue[Any]", int, datetime], None]


async def _remind(context: Context) -> None:
    assert context.job is not None
    await ptb_once(context.bot)(int(context.job.data))  # type: ignore[call-overload] # what _each put there


def _each(jobs: "JobQueue[Any]", people: int, at: datetime) -> None:
    """Plans a job for each person, as the examples of PTB have it."""
    for number in range(1, people + 1):
        jobs.run_once(_remind, at, data=number)


def _all(jobs: "JobQueue[Any]", people: int, at: datetime) -> None:
    """Plans one job that reminds everybody."""

    async def everybody(context: Context) -> None:
        await by_gather(ptb_once(context.bot), people)

    jobs.run_once(everybody, at)


def run(plan: Plan, address: str, people: int, rate: float, tell_at: datetime, remind_at: datetime) -> None:  # noqa: PLR0917 - the command line's
    """Runs until it is killed."""
    app: App = application(address, rate)
    app.add_handler(MessageHandler(filters.ALL, echo))

    async def tell(context: Context) -> None:
        send = ptb_once(context.bot)
        await by_workers(lambda number: send(people + number), people)

    assert app.job_queue is not None
    app.job_queue.run_once(tell, tell_at)
    plan(app.job_queue, people, remind_at)
    app.run_polling()


WAYS: dict[str, Plan] = {"job-each": _each, "one-job": _all}

if __name__ == "__main__":
    need("aiolimiter")
    moments = [datetime.fromtimestamp(float(each), UTC) for each in sys.argv[5:7]]
    run(WAYS[sys.argv[1]], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), *moments)

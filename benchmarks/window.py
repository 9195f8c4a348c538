"""Reminders promised for one moment, while an announcement is running: `python -m benchmarks window [PEOPLE]`.

In real time, every contender beside the others: so many people are to be reminded an hour before a session, as many
others are told something from four minutes earlier on; 30 a second are permitted, 2 % refused; people ask meanwhile.
"""

import asyncio
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.echo import QUESTIONS, answers, silent
from benchmarks.servers.processes import Contender, Server, served
from benchmarks.servers.rules import Rules
from reminders.clock import SystemClock

PEOPLE, WRITERS, WRITES_A_SECOND, TOLERANCE = 10_000, 200, 4, 300.0
CONTENDERS = (
    Contender("Ciclo, all of it", "benchmarks.ours.our_window", python=sys.executable),
    Contender("PTB limiter, a job each", "benchmarks.peers.peers_window", ("job-each",)),
    Contender("PTB limiter, one job", "benchmarks.peers.peers_window", ("one-job",)),
)
_RULES = Rules(rate=30, random_429=0.02)
_START_SECONDS, _IDLE_SECONDS, _TOLD_EARLIER, _AFTER = 20.0, 30.0, 240.0, 20.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What happens when, in seconds since 1970."""

    people: int
    idle_from: float
    tell_at: float
    remind_at: float

    @property
    def until(self) -> float:
        """When the last reminder should be there; the promised moment and the tolerance."""
        return self.remind_at + TOLERANCE


async def window(people: int = PEOPLE) -> None:
    """Measures all of them at once: each has a server of its own."""
    idle_from = SystemClock().now().timestamp() + _START_SECONDS
    tell_at = idle_from + _IDLE_SECONDS
    plan = Plan(people, idle_from, tell_at, tell_at + _TOLD_EARLIER)
    told = f"{people} to remind, {people} told something from {_TOLD_EARLIER:.0f} s before on"
    print(f"window     {told}; {len(CONTENDERS)} contenders side by side; load {os.getloadavg()[0]:.1f}", flush=True)
    await asyncio.gather(*(_one(each, plan) for each in CONTENDERS))


async def _one(contender: Contender, plan: Plan) -> None:
    wanted = (plan.people, _RULES.rate, plan.tell_at, plan.remind_at)
    async with served(_RULES) as server, contender.running(server.address, *wanted) as process:
        await server.control("trickle", people=1, first=WRITERS, rate=2, seconds=0.5)
        if not await answers(server, process):
            print(f"window     {contender.name:<24} {silent(process)}")
            return
        idle = await _asked(server, plan.idle_from, plan.tell_at - 2)
        busy = await _asked(server, plan.tell_at, plan.until + _AFTER)
        span = {"since": plan.remind_at - TOLERANCE, "until": plan.until}
        landed = await server.control("landed", first=1, last=plan.people, **span)
        told = await server.control("landed", first=plan.people + 1, last=2 * plan.people, **span)
    _print(contender, plan, landed, told, idle, busy)


async def _asked(server: Server, since: float, until: float) -> Mapping[str, Any]:
    """Returns how long people waited for a reply between those moments."""
    await asyncio.sleep(since - SystemClock().now().timestamp())
    await server.control("forget")
    seconds = until - since
    await server.control("trickle", people=WRITERS, first=0, rate=WRITES_A_SECOND, seconds=seconds, text=QUESTIONS)
    await asyncio.sleep(seconds + 1)
    totals = await server.control("totals")
    waits: Mapping[str, Any] = totals["waits"]
    return waits


def _print(  # noqa: PLR0917 - what one line says
    contender: Contender,
    plan: Plan,
    landed: Mapping[str, Any],
    told: Mapping[str, Any],
    idle: Mapping[str, Any],
    busy: Mapping[str, Any],
) -> None:
    due = plan.remind_at + landed["ahead"]
    ends = [f"{(landed[end] - due) / 60:+.1f}" if landed[end] is not None else "never" for end in ("first", "last")]
    ratio = busy["p50"] / idle["p50"] if idle["p50"] else 0.0
    print(
        f"window     {contender.name:<24} within 5 min {landed['within']:>6} of {plan.people} "
        f"(from {ends[0]} to {ends[1]} min), later {landed['after']}, "
        f"not there {plan.people - landed['chats']}, twice {landed['twice']}; announcement {told['chats']}; "
        f"replies p50 {idle['p50'] * 1000:.0f} ms idle, {busy['p50'] * 1000:.0f} ms sending (ratio {ratio:.1f}), "
        f"p99 {busy['p99'] * 1000:.0f} ms, unanswered {busy['unanswered']}",
        flush=True,
    )

"""How long replies take while thousands of reminders leave, and when none: `python -m benchmarks latency [SECONDS]`."""

import asyncio
import os
import sys
from collections.abc import Mapping
from typing import Any

from benchmarks.echo import QUESTIONS, answers, silent
from benchmarks.servers.processes import Contender, served
from benchmarks.servers.rules import Rules

SUBSCRIBERS, WRITERS, WRITES_A_SECOND = 10_000, 200, 4
_WAVE = 3_000  # reminders due at one moment
OURS = Contender("Ciclo, all of it", "benchmarks.ours.our_bot", python=sys.executable)
_PEERS = "benchmarks.peers.peers_latency"
CONTENDERS = (
    OURS,
    Contender("PTB limiter, gather", _PEERS, ("limiter-gather",)),
    Contender("PTB limiter, 32", _PEERS, ("limiter-workers",)),
    Contender("PTB no limiter, 32", _PEERS, ("no-limiter",)),
    Contender("aiogram, 32", _PEERS, ("aiogram",)),
)
_WARM_SECONDS = 2.0
_SERVERS = {
    "replies are free of the limit": Rules(rate=30, random_429=0.02),
    "replies count too": Rules(rate=30, random_429=0.02, replies_count=True),
}


async def latency(seconds: float) -> None:
    """Measures every bot, idle and sending; the server takes 30 a second and refuses 2 % of the reminders anyway."""
    for name, rules in _SERVERS.items():
        writing = f"{WRITES_A_SECOND} people a second write for {seconds:.0f} s"
        print(f"latency    {SUBSCRIBERS} subscribers, {writing}; {name}; load {os.getloadavg()[0]:.1f}")
        for contender in CONTENDERS:
            idle = await _one(contender, rules, seconds, 0)
            busy = await _one(contender, rules, seconds, SUBSCRIBERS) if idle is not None else None
            if idle is not None and busy is not None:
                _print(contender.name, idle, busy)
        print()


async def wave(seconds: float) -> None:
    """Measures how long our replies take, idle and while a wave of reminders leaves."""
    rules = Rules(rate=30)
    idle = await _one(OURS, rules, seconds, 0)
    busy = await _one(OURS, rules, seconds, _WAVE)
    if idle is not None and busy is not None:
        was, waits = idle["waits"], busy["waits"]
        times = [f"{kind} {waits[kind] * 1000:.0f} ms (idle {was[kind] * 1000:.0f} ms)" for kind in ("p50", "p95")]
        print(f"wave       {_WAVE} reminders leave, load {os.getloadavg()[0]:.1f}: replies {', '.join(times)}")


async def _one(contender: Contender, rules: Rules, seconds: float, subscribers: int) -> Mapping[str, Any] | None:
    """Returns the server's totals; None where it is not installed."""
    async with served(rules) as server, contender.running(server.address, subscribers, rules.rate) as process:
        # What is measured begins when the bot is there, and sends.
        await server.control("trickle", people=1, first=WRITERS, rate=2, seconds=0.5)
        if not await answers(server, process):
            print(f"latency    {contender.name:<22} {silent(process)}")
            return None
        await asyncio.sleep(_WARM_SECONDS)
        await server.control("forget")
        await server.control("trickle", people=WRITERS, first=0, rate=WRITES_A_SECOND, seconds=seconds, text=QUESTIONS)
        await asyncio.sleep(seconds + 1)
        return await server.control("totals", window=seconds)


def _print(name: str, idle: Mapping[str, Any], busy: Mapping[str, Any]) -> None:
    was, waits, bulk = idle["waits"], busy["waits"], busy["bulk"]
    rate = bulk["ok"] / bulk["span"] if bulk["span"] else 0.0
    print(
        f"latency    {name:<22} idle p50 {was['p50'] * 1000:>6.1f} p99 {was['p99'] * 1000:>6.1f} ms   "
        f"sending p50 {waits['p50'] * 1000:>8.1f} p99 {waits['p99'] * 1000:>8.1f} ms  "
        f"p50 ratio {waits['p50'] / was['p50'] if was['p50'] else 0:>6.1f}  unanswered {waits['unanswered']} "
        f"of {waits['answered'] + waits['unanswered']}  bulk {rate:.1f}/s, 429 {bulk['refused']}",
        flush=True,
    )

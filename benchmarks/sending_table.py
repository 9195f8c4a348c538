"""A broadcast by each way against servers that permit more or less: `python -m benchmarks sending [SECONDS [MODE]]`."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.servers.processes import Contender, served
from benchmarks.servers.rules import Rules

OURS = Contender("ours, outbox included", "benchmarks.ours.sending", python=sys.executable)
_PEERS = "benchmarks.peers.peers_sending"
CONTENDERS = (
    OURS,
    Contender("PTB Bot, loop of 50", _PEERS, ("ptb-loop",)),
    Contender("PTB Bot, 32, pool of 32", _PEERS, ("ptb-tuned",)),
    Contender("PTB JobQueue+limiter, gather", _PEERS, ("ptb-gather",)),
    Contender("PTB JobQueue+limiter, 32", _PEERS, ("ptb-workers",)),
    Contender("aiogram, loop of 32", _PEERS, ("aiogram-loop",)),
)
# Enough that nobody runs out of messages before the time is up.
_MORE = 1.05


@dataclass(frozen=True, slots=True)
class Mode:
    """A server, and how long it is sent to."""

    name: str
    rules: Rules
    messages: int
    seconds: float
    patience: float  # how long a contender may take altogether


def modes(seconds: float) -> tuple[Mode, ...]:
    """Returns the rules of the server: those of a real one, and random refusals."""

    def mode(name: str, rules: Rules, span: float, patience: float) -> Mode:
        return Mode(name, rules, int((rules.rate * span + rules.burst) * _MORE), span, patience)

    lenient = Rules(rate=30, burst=30)
    return (
        mode("30/s, burst of 30 forgiven", lenient, seconds, seconds * 1.4 + 10),
        mode("30/s, a burst is punished for 3 s", Rules(30, burst=1.5, punish_seconds=3), seconds, seconds * 1.4 + 10),
        # Not even a millisecond early: who sends at exactly the permitted rate meets it too, and has to learn.
        mode("30/s to the millisecond, punished", Rules(30, burst=1, punish_seconds=3), seconds, seconds * 1.4 + 10),
        mode("30/s, 2 % refused at random", Rules(30, burst=30, random_429=0.02), seconds, seconds * 2.5 + 10),
        mode("1000/s", Rules(rate=1000, burst=100), seconds / 3, seconds),
        Mode("no limit, 50 ms latency", Rules(latency=0.05), int(50 * seconds), seconds, seconds * 1.5),
    )


async def sending(seconds: float, only: str = "") -> None:
    """Measures every way against every server."""
    for mode in modes(seconds):
        if only not in mode.name:
            continue
        permitted = f"{mode.seconds:.0f} s at {mode.rules.rate:.0f}/s" if mode.rules.rate else "no limit"
        print(f"sending    {mode.name}: {mode.messages} messages, {permitted}; load {os.getloadavg()[0]:.1f}")
        ours = 0.0
        for contender in CONTENDERS:
            rate = await _one(mode, contender)
            ours = ours or rate
            if contender is not OURS and rate:
                print(f"sending      ratio ours/that {ours / rate:.2f}")
        print()


async def _one(mode: Mode, contender: Contender) -> float:
    """Returns messages taken a second; 0 where it is not installed."""
    async with served(mode.rules) as server:
        wanted = server.address, mode.messages, mode.rules.rate, mode.patience
        spent = await contender.finish(mode.patience, *wanted)
        totals = await server.control("totals", expected=mode.messages, window=mode.seconds)
    if spent is None:
        print(f"sending    {contender.name:<30} not installed, see BENCH_PEERS in benchmarks/servers/processes.py")
        return 0.0
    bulk = totals["bulk"]
    rate = _rate(bulk, mode.seconds)
    print(f"sending    {contender.name:<30}{rate:>8.1f}/s {_share(rate, mode)}  {_figures(bulk, spent)}", flush=True)
    return rate


def _rate(bulk: Mapping[str, Any], window: float) -> float:
    """Returns messages a second over the window; who was done with everything earlier is measured until then."""
    span = window if bulk["lost"] else min(window, bulk["span"])
    return float(bulk["in_window"] / span) if span else 0.0


def _share(rate: float, mode: Mode) -> str:
    return f"{rate / mode.rules.rate:>6.1%} of permitted" if mode.rules.rate else ""


def _figures(bulk: Mapping[str, Any], spent: Mapping[str, Any]) -> str:
    refused = bulk["refused"] / bulk["calls"] if bulk["calls"] else 0.0
    per_message = spent["cpu"] * 1000 / max(bulk["ok"], 1) if spent else 0.0
    cost = f"{per_message:.2f} ms CPU a message, {spent['memory']:.0f} MB" if spent else "killed"
    return (
        f"429 {refused:>6.2%} of {bulk['calls']} calls  lost {bulk['lost']:>5}  twice {bulk['duplicates']:>3}  "
        f"all in {bulk['span']:.1f} s  {cost}"
    )

"""Ciclo under a steady load with faults: `python -m benchmarks.long.soak [MINUTES]`.

People ask and reminders leave all the time; 2 % of the calls are refused, 1 % answered with 502, 0.2 % never answered.
Each half minute: memory, tasks, how long replies took, what waits. At its end, the last third beside the middle one.
"""

import asyncio
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from benchmarks.echo import QUESTIONS, answers, silent
from benchmarks.servers.processes import Contender, Server, served
from benchmarks.servers.rules import Rules
from tests.support.telegram.webhook_bots import free_port

MINUTES, WRITERS, WRITES_A_SECOND, EVERY_SECONDS = 20.0, 500, 10, 30.0
_MEMORY = {"process_resident_memory_bytes"}
_RULES = Rules(rate=30, random_429=0.02, random_429_replies=0.005, broken=0.01, lost=0.002, latency=0.05)


@dataclass(frozen=True, slots=True)
class Sample:
    """How it stood at one moment."""

    minute: float
    memory: float  # MB
    tasks: int
    p50: float  # seconds, of the half minute before
    p99: float
    waiting: int  # updates not done with
    lag: float  # seconds since what is due was last looked up
    sent: int

    def line(self) -> str:
        """Returns the line of the table."""
        return (
            f"soak  {self.minute:>5.1f} min  {self.memory:>6.1f} MB  {self.tasks:>4} tasks  "
            f"replies p50 {self.p50 * 1000:>5.0f} p99 {self.p99 * 1000:>6.0f} ms  inbox {self.waiting:>3}  "
            f"scheduler {self.lag:>4.1f} s  sent {self.sent}"
        )


async def soak(minutes: float) -> None:
    """Runs it, prints as it goes, and compares at the end."""
    port, seconds = free_port(), minutes * 60
    people = int(seconds * _RULES.rate)
    with tempfile.TemporaryDirectory() as folder:
        contender = Contender(
            "Ciclo", "benchmarks.ours.our_soak", (str(Path(folder)), str(port)), python=sys.executable
        )
        async with served(_RULES) as server, contender.running(server.address, people, _RULES.rate) as process:
            await server.control("trickle", people=1, first=WRITERS, rate=2, seconds=0.5)
            if not await answers(server, process):
                print(f"soak  {silent(process)}")
                return
            print(f"soak  {people} to remind, {WRITES_A_SECOND} questions a second, {minutes:.0f} min; load {_load()}")
            await server.control(
                "trickle", people=WRITERS, first=0, rate=WRITES_A_SECOND, seconds=seconds, text=QUESTIONS
            )
            samples: list[Sample] = []
            while len(samples) < seconds / EVERY_SECONDS:
                await server.control("forget")
                await asyncio.sleep(EVERY_SECONDS)
                samples.append(await _sample(server, port, (len(samples) + 1) * EVERY_SECONDS / 60))
                print(samples[-1].line(), flush=True)
    _compare(samples)


async def _sample(server: Server, port: int, minute: float) -> Sample:
    totals = await server.control("totals")
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{port}/metrics") as page:
        families = list(text_string_to_metric_families(await page.text()))
    found = {each.name: each.value for family in families for each in family.samples if not each.labels}
    memory = next(each.value for family in families for each in family.samples if each.name in _MEMORY) / 2**20
    waits = totals["waits"]
    gauges = (int(found["ciclo_inbox_waiting"]), found["ciclo_scheduler_lag_seconds"], int(totals["bulk"]["ok"]))
    return Sample(minute, memory, int(found["ciclo_tasks"]), waits["p50"], waits["p99"], *gauges)


def _compare(samples: list[Sample]) -> None:
    """Compares the second third with the last; the first is for warming up."""
    third = max(len(samples) // 3, 1)
    middle, last = samples[third : 2 * third], samples[2 * third :]
    for name in ("memory", "tasks", "p50", "p99", "waiting"):
        was, now = (sum(getattr(each, name) for each in part) / len(part) for part in (middle, last))
        print(f"soak  {name:<8} middle third {was:>8.3f}  last third {now:>8.3f}  x {now / was if was else 0:.2f}")
    # It is looked up every half minute, and so are these samples taken: a lag below that is where the two meet.
    print(f"soak  lag      at most {max(each.lag for each in samples):.1f} s of the 30 between two looks")


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    asyncio.run(soak(float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES))

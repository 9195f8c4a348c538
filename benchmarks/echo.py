"""Updates a second by long polling, echo bots beside the whole of Ciclo: `python -m benchmarks echo [SECONDS]`."""

import asyncio
import os
import sys
from asyncio.subprocess import Process

from benchmarks.processes import NOT_INSTALLED, Contender, Server, served
from benchmarks.rules import Rules

PEOPLE = 512  # who write at once, each again as soon as they are answered
QUESTIONS = ("¿cuándo es la sesión 2?", "/sesiones", "¿y en Lima?", "objetivo 5", "hola", "buenas prácticas de remesas")
OURS = Contender("Ciclo, all of it", "benchmarks.our_bot", python=sys.executable)
_PEERS = "benchmarks.peers_echo"
CONTENDERS = (
    Contender("PTB echo, one by one", _PEERS, ("ptb-1",)),
    Contender("PTB echo, 32 at once", _PEERS, ("ptb-32",)),
    Contender("PTB echo, 256 at once", _PEERS, ("ptb-256",)),
    Contender("aiogram echo", _PEERS, ("aiogram",)),
)
_WARM_SECONDS, _START_SECONDS = 2.0, 30.0


async def echo(seconds: float) -> None:
    """Every bot against a server that answers at once, and against one that takes its time."""
    for latency in (0.0, 0.05):
        load = os.getloadavg()[0]
        print(f"echo       {PEOPLE} people, {latency * 1000:.0f} ms latency, {seconds:.0f} s each; load {load:.1f}")
        ours = await _one(OURS, latency, seconds, 0, 28)
        for contender in CONTENDERS:
            if rate := await _one(contender, latency, seconds):
                print(f"echo         ratio ours/that {ours / rate:.2f}")
        print()


async def _one(contender: Contender, latency: float, seconds: float, *more: object) -> float:
    """Updates answered a second, once it is warm; 0 where it is not installed."""
    async with served(Rules(latency=latency)) as server, contender.running(server.address, *more) as process:
        await server.control("crowd", people=PEOPLE, text=QUESTIONS)
        if not await answers(server, process):
            print(f"echo       {contender.name:<24} {silent(process)}")
            return 0.0
        await asyncio.sleep(_WARM_SECONDS)
        before = await server.control("totals")
        await asyncio.sleep(seconds)
        after = await server.control("totals")
        rate = float((after["waits"]["answered"] - before["waits"]["answered"]) / (after["now"] - before["now"]))
    waits = after["waits"]
    waited = f"waited p50 {waits['p50']:.3f} s  p99 {waits['p99']:.3f} s"
    print(f"echo       {contender.name:<24}{rate:>8.1f} updates/s  {waited}", flush=True)
    return rate


async def answers(server: Server, process: Process) -> bool:
    """Waits until it has sent something; False where it ended before, or never does."""
    for _ in range(int(_START_SECONDS / 0.1)):
        if process.returncode is not None:
            return False
        totals = await server.control("totals")
        if totals["waits"]["answered"] or totals["bulk"]["calls"]:
            return True
        await asyncio.sleep(0.1)
    return False


def silent(process: Process) -> str:
    """Why it said nothing."""
    missing = process.returncode == NOT_INSTALLED
    return "not installed, see BENCH_PEERS in benchmarks/processes.py" if missing else "answered nobody"

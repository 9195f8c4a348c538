"""Updates a second, echo bots beside the whole of Ciclo by polling and webhook: `python -m benchmarks echo [SECONDS]`.

Beside the rate: the processor's time for each update, which holds better than the rate on a machine that is busy; how
long from the start of the process until it asks for updates; and the most memory it ever had.
"""

import asyncio
import os
import socket
import sys
import tempfile
from asyncio.subprocess import Process
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.peers.peers_sending import TOKEN
from benchmarks.servers.processes import NOT_INSTALLED, Contender, Server, served
from benchmarks.servers.rules import Rules

PEOPLE = 512  # who write at once, each again as soon as they are answered
QUESTIONS = ("¿cuándo es la sesión 2?", "/sesiones", "¿y en Lima?", "objetivo 5", "hola", "buenas prácticas de remesas")
_PEERS = "benchmarks.peers.peers_echo"
_STOCK = (
    Contender("PTB echo, one by one", _PEERS, ("ptb-1",)),
    Contender("PTB echo, 32 at once", _PEERS, ("ptb-32",)),
    Contender("PTB echo, 256 at once", _PEERS, ("ptb-256",)),
)
_AIOGRAM = Contender("aiogram echo", _PEERS, ("aiogram",))
_OURS = {
    "Ciclo by polling": "",
    "Ciclo by webhook": "[telegram.webhook]\nurl = 'http://127.0.0.1:{port}/telegram'\nport = {port}\n",
}
HALL = 1_500  # who write once
_WARM_SECONDS, _START_SECONDS = 2.0, 30.0
_LOOK_SECONDS, _LONGEST_SECONDS = 0.05, 120.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one bot: updates a second, milliseconds of processor an update, seconds until it asked, megabytes at most."""

    rate: float = 0.0
    cpu: float = 0.0
    start: float = 0.0
    memory: float = 0.0
    waits: Mapping[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        waited = f"p50 {self.waits['p50']:.3f} s  p99 {self.waits['p99']:.3f} s"
        cost = f"{self.cpu:.2f} ms CPU each  {self.start:.2f} s to start  {self.memory:.0f} MB"
        return f"{self.rate:>8.1f} updates/s  {cost}  {waited}"


async def echo(seconds: float, latency: float | None = None) -> None:
    """Measures every bot against a server that answers at once, and against one that takes its time."""
    for each in (0.0, 0.05) if latency is None else (latency,):
        load = os.getloadavg()[0]
        print(f"echo       {PEOPLE} people, {each * 1000:.0f} ms latency, {seconds:.0f} s each; load {load:.1f}")
        ours = {name: await _ours(name, each, seconds) for name in _OURS}
        stock = [await _one(contender, each, seconds) for contender in _STOCK]
        aiogram = await _one(_AIOGRAM, each, seconds)
        for name, mine in ours.items():
            _compare(name, mine, "stock PTB, the best", max(stock, key=lambda found: found.rate))
            _compare(name, mine, "aiogram", aiogram)
        print()


async def first_contact(people: int = HALL) -> None:
    """Measures how many are answered a second when a full hall writes for the first time in the same moment."""
    print(f"first      {people} people who each write for the first time; load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.toml"
        ours = Contender("Ciclo by polling", "bot", ("run", "--config", str(config)), python=sys.executable)
        async with served(Rules()) as server:
            await asyncio.to_thread(config.write_text, _config(ours.name, server.address, folder), "utf-8")
            mine = await _met(ours, server, people)
    stock = []
    for contender in _STOCK[:2]:
        async with served(Rules()) as server:
            stock.append(await _met(contender, server, people, server.address))
    if mine and max(stock):
        print(f"first        ratio {ours.name} / stock PTB, the best: people met a second {mine / max(stock):.2f}\n")


async def _met(contender: Contender, server: Server, people: int, *words: object) -> float:
    """Returns people a second, from the first question to the last answer."""
    async with contender.running(*words) as process:
        await server.control("trickle", people=1, first=0, rate=10, seconds=0.1)
        if not await answers(server, process):
            print(f"first      {contender.name:<24} {silent(process)}")
            return 0.0
        await asyncio.sleep(_WARM_SECONDS)
        spent, began = _spent(process), (await server.control("forget"))["now"]
        await server.control("trickle", people=people, first=1, rate=people * 10, seconds=0.1, text=QUESTIONS)
        totals = await server.control("totals")
        while totals["waits"]["answered"] < people and totals["now"] < began + _LONGEST_SECONDS:
            await asyncio.sleep(_LOOK_SECONDS)
            totals = await server.control("totals")
        answered = int(totals["waits"]["answered"])
        rate = answered / float(totals["now"] - began)
        cost = (_spent(process) - spent) / max(answered, 1) * 1000
        memory = _most_memory(process)
    print(f"first      {contender.name:<24}{rate:>8.1f} people/s  {cost:.2f} ms CPU each  {memory:.0f} MB", flush=True)
    return rate


def _compare(name: str, mine: Figures, whom: str, other: Figures) -> None:
    if mine.rate and other.rate:
        ratios = f"updates a second {mine.rate / other.rate:.2f}, CPU an update {mine.cpu / other.cpu:.2f}"
        print(f"echo         ratio {name} / {whom}: {ratios}")


async def _ours(name: str, latency: float, seconds: float) -> Figures:
    """Starts the real `bot run`, with a configuration of its own."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.toml"
        contender = Contender(name, "bot", ("run", "--config", str(config)), python=sys.executable)
        async with served(Rules(latency=latency)) as server:
            await asyncio.to_thread(config.write_text, _config(name, server.address, folder), "utf-8")
            return await _measured(contender, server, seconds)


def _config(name: str, address: str, folder: str) -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return (
        f"[telegram]\ntoken = '{TOKEN}'\nbase_url = '{address}'\n{_OURS[name].format(port=port)}"
        f"[database]\nurl = 'sqlite:///{folder}/bench.db'\n"
        "[limits]\nmessages = 1000000\n"  # nobody here is a flood, however fast they are answered
    )


async def _one(contender: Contender, latency: float, seconds: float) -> Figures:
    async with served(Rules(latency=latency)) as server:
        return await _measured(contender, server, seconds, server.address)


async def _measured(contender: Contender, server: Server, seconds: float, *words: object) -> Figures:
    """Measures what it does once it is warm; prints nothing where it is not installed."""
    began = asyncio.get_running_loop().time()  # the same clock as the server's: the machine's
    async with contender.running(*words) as process:
        await server.control("crowd", people=PEOPLE, text=QUESTIONS)
        if not await answers(server, process):
            print(f"echo       {contender.name:<24} {silent(process)}")
            return Figures()
        await asyncio.sleep(_WARM_SECONDS)
        before, spent = await server.control("totals"), _spent(process)
        await asyncio.sleep(seconds)
        after, used = await server.control("totals"), _spent(process) - spent
        figures = _figures(before, after, used, after["asked_for"] - began, _most_memory(process))
    print(f"echo       {contender.name:<24}{figures}", flush=True)
    return figures


def _figures(before: Mapping[str, Any], after: Mapping[str, Any], used: float, start: float, memory: float) -> Figures:
    answered = after["waits"]["answered"] - before["waits"]["answered"]
    rate = answered / (after["now"] - before["now"])
    return Figures(rate, used / max(answered, 1) * 1000, start, memory, after["waits"])


def _spent(process: Process) -> float:
    """Returns the seconds of processor time used so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _most_memory(process: Process) -> float:
    """Returns the most memory that was used, in megabytes."""
    lines = Path(f"/proc/{process.pid}/status").read_text("ascii").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


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
    """Tells why it printed nothing."""
    missing = process.returncode == NOT_INSTALLED
    return "not installed, see BENCH_PEERS in benchmarks/servers/processes.py" if missing else "answered nobody"

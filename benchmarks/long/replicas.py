"""`python -m benchmarks.long.replicas --replicas 4 --updates 100000`: every update once, every chat in order, how fast.

Real processes on a real PostgreSQL, called by webhook as Telegram calls: one chat after the other, many at once, again
until it is acknowledged. `--kill` ends one of them with kill -9 a third of the way, and starts it anew.
"""

import argparse
import asyncio
import contextlib
import json
import random
import re
import socket
import sys
import tempfile
import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.servers.bot_api import TOKEN, FastApi
from tests.support.world.databases import PostgresServer, postgres_address

ROOT = Path(__file__).parents[2]
CONNECTIONS = 40  # to each replica
_NOW = 1_729_609_200  # when the bots' clock starts: what was written long before would be answered once a chat
_SESSION = re.compile(r"Sesión \d")


@dataclass
class Chats:
    """What people say, and what was acknowledged."""

    lanes: dict[int, deque[bytes]]
    said: dict[int, list[str]]
    ready: deque[int] = field(default_factory=deque)
    refused: int = 0

    @classmethod
    def of(cls, people: int, updates: int) -> "Chats":
        """Makes updates by chance, the same for each seed."""
        chance = random.Random(1)  # noqa: S311 - a benchmark's dice
        lanes: defaultdict[int, deque[bytes]] = defaultdict(deque)
        said: defaultdict[int, list[str]] = defaultdict(list)
        for number in range(1, updates + 1):
            chat, session = chance.randint(1, people), chance.randint(1, 4)
            who = {"id": chat, "is_bot": False, "first_name": "P", "language_code": "es"}
            message = {"message_id": number, "date": _NOW, "chat": {"id": chat, "type": "private", "first_name": "P"}}
            message |= {"from": who, "text": f"/start s{session}"}
            lanes[chat].append(json.dumps({"update_id": number, "message": message}).encode())
            said[chat].append(f"Sesión {session}")
        return cls(dict(lanes), dict(said), deque(lanes))

    @property
    def total(self) -> int:
        """How many updates there are."""
        return sum(map(len, self.said.values()))

    async def carry(self, port: int, secret: str) -> None:
        """Keeps one connection to one replica, until nothing is left or it is gone."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while self.lanes:
            if not self.ready:
                await asyncio.sleep(0.001)
                continue
            chat = self.ready.popleft()
            try:
                taken = await self._post(reader, writer, self.lanes[chat][0], secret)
            except (OSError, asyncio.IncompleteReadError):
                self.ready.append(chat)
                raise
            if taken:
                self.lanes[chat].popleft()
            else:
                self.refused += 1
                await asyncio.sleep(0.05)
            if self.lanes[chat]:
                self.ready.append(chat)
            else:
                del self.lanes[chat]
        writer.close()

    @staticmethod
    async def _post(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes, secret: str) -> bool:
        writer.write(
            b"POST /hook HTTP/1.1\r\nhost: x\r\nx-telegram-bot-api-secret-token: %b\r\ncontent-length: %d\r\n\r\n%b"
            % (secret.encode(), len(body), body)
        )
        head = await reader.readuntil(b"\r\n\r\n")
        length = head.lower().split(b"content-length:")
        if len(length) > 1:
            await reader.readexactly(int(length[1].split(b"\r")[0]))
        return head.startswith(b"HTTP/1.1 200")


async def keep_carrying(chats: Chats, port: int, api: FastApi) -> None:
    """Carries on again after a replica was gone."""
    while chats.lanes:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await chats.carry(port, api.hook)
        await asyncio.sleep(0.05)


async def start(folder: Path, address: str, database: str, port: int) -> asyncio.subprocess.Process:
    """Starts `python -m bot run`."""
    config = folder / f"{port}.toml"
    config.write_text(
        f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "{address}"\n'
        f'[telegram.webhook]\nurl = "http://127.0.0.1:{port}/hook"\nport = {port}\n'
        f'[database]\nurl = "{database}"\n[clock]\nstart = 2024-10-22T12:00:00-03:00\n'
        "[limits]\nmessages = 1000000\n"  # a hundred messages a second from one person are meant here
    )
    with (folder / "log").open("ab") as log:
        command = (sys.executable, "-m", "bot", "run", "--config", str(config))
        return await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=log, stderr=log)


async def reachable(port: int) -> None:
    """Waits until it is ready."""
    while True:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            well = (await reader.readline()).startswith(b"HTTP/1.1 200")
            writer.close()
            if well:
                return
        await asyncio.sleep(0.1)


def verdict(chats: Chats, api: FastApi) -> tuple[int, int, int]:
    """Counts chats with an unexpected answer, answers that are missing, and answers that came twice."""
    wrong = twice = missing = 0
    for chat, expected in chats.said.items():
        told = [found[0] if (found := _SESSION.search(text)) else "" for text in api.told[chat]]
        missing += (Counter(expected) - Counter(told)).total()
        twice += (Counter(told) - Counter(expected)).total()
        wrong += told != expected
    return wrong, missing, twice


async def measured(number: int, chats: Chats, api: FastApi, database: str, *, kill: bool) -> float:
    """Returns the seconds from the first call until everything was answered."""
    with tempfile.TemporaryDirectory() as name:
        async with api.served() as address:
            ports = [free_port() for _ in range(number)]
            bots = [await start(Path(name), address, database, port) for port in ports]
            for port in ports:
                await reachable(port)
            began = time.perf_counter()
            async with asyncio.TaskGroup() as group:
                for port in ports:
                    for _ in range(CONNECTIONS):
                        group.create_task(keep_carrying(chats, port, api))
                if kill:
                    await answered(api, chats.total // 3)
                    bots[0].kill()
                    bots[0] = await start(Path(name), address, database, ports[0])
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(60):
                    await answered(api, chats.total)
            taken = time.perf_counter() - began
            for bot in bots:
                bot.terminate()
                await bot.wait()
    return taken


async def answered(api: FastApi, number: int) -> None:
    """Waits for so many answers."""
    while api.sent < number:  # noqa: ASYNC110 - what is measured are other processes
        await asyncio.sleep(0.01)


def free_port() -> int:
    """Finds a port that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def once(server: PostgresServer, number: int, args: argparse.Namespace) -> None:
    """Measures one run with so many replicas."""
    chats, api = Chats.of(args.people, args.updates), FastApi(args.latency)
    with server.fresh() as database:
        taken = asyncio.run(measured(number, chats, api, database.replace("+asyncpg", ""), kill=args.kill))
    wrong, missing, twice = verdict(chats, api)
    rate = f"{args.updates / taken:>6.0f} updates/s, {args.updates} of {args.people} chats in {taken:.1f} s"
    print(
        f"replicas   {number}: {rate}; chats out of order, incomplete or doubled {wrong}, "
        f"answers missing {missing}, twice {twice}, "
        f"told to come again {chats.refused}",
        flush=True,
    )


def main() -> None:
    """Prints one line for each number of replicas."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicas", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--updates", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds that a call of the Bot API takes")
    parser.add_argument("--kill", action="store_true")
    args = parser.parse_args()
    with postgres_address() as address:
        server = PostgresServer(address)
        for number in args.replicas:
            once(server, number, args)
        server.close()


if __name__ == "__main__":
    main()

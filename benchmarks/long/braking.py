"""An announcement to 5,000 people in the rehearsal, braked: `python -m benchmarks.long.braking [PEOPLE]`."""

import asyncio
import sys
import tempfile
import time
from datetime import timedelta

from bot.app import build
from bot.config.settings import DatabaseSettings, DeliverySettings, Organizers, Settings
from rehearsal.clock import TurnableClock
from rehearsal.telegram.request import RehearsalRequest
from rehearsal.telegram.telegram import Limits, Telegram
from rehearsal.world import Rehearsal, running
from tests.support.world.announcements import allow, card, states
from tests.support.world.crowd import registered, someone
from tests.support.world.people import START, TOKEN, Person, World
from tests.support.world.team import OWNER, owner

_CROWD = 5_000_000
_BRAKES = {"pause": "an:h:1", "go on": "an:r:1", "stop": "an:x:1"}


class Listening(Telegram):
    """Notes when each message of the announcement leaves."""

    left: list[float]

    async def call(self, token: str, method: str, params: object, *more: object, **others: object) -> object:  # type: ignore[override] # as Telegram's own
        """Passes the call on and notes when it came."""
        to = int(params.get("chat_id") or 0) if hasattr(params, "get") else 0
        if method.lower() == "sendmessage" and to >= _CROWD:
            self.left.append(time.perf_counter())
        return await super().call(token, method, params, *more, **others)  # type: ignore[arg-type]


def _world(folder: str, rate: float) -> World:
    settings = Settings(
        telegram={"token": TOKEN},  # type: ignore[arg-type] # pydantic reads the plain values
        database=DatabaseSettings(url=f"sqlite:///{folder}/braking.db"),
        delivery=DeliverySettings(rate=rate, per_chat=1),
        organizers=Organizers(ids=(OWNER,), confirm_above=0),
    )
    clock = TurnableClock(START, speed=1)
    telegram = Listening(token=TOKEN, now=clock.now, limits=Limits(enforced=False))
    telegram.left = []
    return World(Rehearsal(telegram, clock, build(settings, clock=clock, request=RehearsalRequest(telegram))), settings)


async def _brake(world: World, olga: Person, name: str, seconds: float) -> None:
    """Presses, and says when the last message left, counted from the press."""
    telegram = world.telegram
    assert isinstance(telegram, Listening)
    before, pressed = len(telegram.left), time.perf_counter()
    shown = next(each.id for each in reversed(olga.chat) if "En total" in each.text)
    telegram.forges_press(olga.id, shown, _BRAKES[name])
    await asyncio.sleep(seconds)
    after = telegram.left[before:]
    last = f"last one after {after[-1] - pressed:.3f} s" if after else "none after the press"
    print(f"  {name:<6} {len(after):>5} messages left within {seconds:.0f} s of the press; {last}", flush=True)


async def braking(people: int, rate: float) -> None:
    """Sends, pauses, goes on, stops."""
    with tempfile.TemporaryDirectory() as folder:
        world = _world(folder, rate)
        async with running(world.rehearsal):
            olga = owner(world)
            await olga.says("/start")
            await registered(world, [someone(each) for each in range(people)])
            await allow(world)
            for words in ("/anunciar", None, "La sesión 2 tiene sala nueva."):
                await (olga.says(words) if words else olga.presses("Nuevo anuncio"))
            await olga.presses("Enviar")
            print(f"{people} people, {rate:g} a second")
            world.rehearsal.clock.jump(world.rehearsal.clock.now() + timedelta(seconds=61))
            await asyncio.sleep(2 + 0.02 * people / rate)
            for name in _BRAKES:
                await _brake(world, olga, name, 3.0)
            await asyncio.sleep(4)
            print(f"  rows: {await states(world)}\n  card: {card(olga).splitlines()[2:]}", flush=True)


if __name__ == "__main__":
    for each in (28, 500):
        asyncio.run(braking(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000, each))

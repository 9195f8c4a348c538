"""Sessions as they are in the database; they are moved and called off."""

from datetime import timedelta

from db.programme import live_programme
from db.programme.live_programme import LiveSession
from tests.support.world.people import Person, World


async def session(world: World, number: int) -> LiveSession:
    """Returns the session as everybody sees it now."""
    async with world.rehearsal.app.database.transaction() as tx:
        return (await live_programme.programme(tx, "pmm-2024"))[number]


async def moves(world: World, number: int, *, by: timedelta) -> None:
    """As an organizer would."""
    live, now = await session(world, number), world.rehearsal.clock.now()
    async with world.rehearsal.app.database.transaction() as tx:
        await live_programme.move(tx, live.id, live.starts_at + by, live.ends_at + by, now=now)
    world.rehearsal.app.work.scheduler.refresh()
    await world.settle()


async def is_called_off(world: World, number: int) -> None:
    """Calls it off, as an organizer would."""
    live = await session(world, number)
    async with world.rehearsal.app.database.transaction() as tx:
        await live_programme.cancel(tx, live.id, now=world.rehearsal.clock.now())
    world.rehearsal.app.work.scheduler.refresh()
    await world.settle()


async def lives(person: Person, zone: str) -> None:
    """Chooses a time zone by its IANA name."""
    await person.says("/start")
    await person.forges(f"z:{zone}")


async def asks_for_a_time(olga: Person, number: int = 3) -> None:
    """Goes as far as the question for a new day or hour."""
    await olga.says(f"/session {number}")
    await olga.presses("Cambiar día u hora")

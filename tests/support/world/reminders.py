"""Somebody asks for reminders; those that came."""

from db.delivery import outbox
from tests.support.world.people import Person, World


async def subscribes(person: Person) -> None:
    """Asks for reminders of all sessions."""
    await person.says("/reminders")
    await person.presses("Activar en todas las sesiones")


def reminders(person: Person) -> list[str]:
    """The first two lines of each reminder that came."""
    texts = [each.text.split("\n") for each in person.chat if each.from_bot]
    return [" / ".join(lines[:2]) for lines in texts if lines[0].startswith(("Recordatorio", "La sesión"))]


async def totals(world: World) -> dict[str, int]:
    """How many messages of the outbox are in each state."""
    async with world.rehearsal.app.database.transaction() as tx:
        return await outbox.totals(tx)

"""Says who is offered a certificate after a session: who came, where the team has turned certificates on."""

from collections.abc import Collection

from sqlalchemy import select

from db.engine.database import Tx
from db.people import presences
from db.programme import cycle_switches
from db.tables import participants
from locales.reply import Button, text


async def certificate_offers(tx: Tx, cycle: str, session: int, people: Collection[int]) -> frozenset[int]:
    """Returns those of these people who came to the session of that number, and may ask for a certificate."""
    if not people or not await cycle_switches.is_on(tx, cycle, cycle_switches.CERTIFICATES):
        return frozenset()
    ids = select(participants.c.id).where(participants.c.id.in_(people))
    known = await presences.presences_of_people(tx, cycle, ids)
    return frozenset(id_ for id_, found in known.items() if session in found and found[session].came)


def certificate_button() -> Button:
    """Returns the button to one's certificate, for a message that the bot sends first."""
    return Button(text("certificate.button"), "+cert")

"""Says who is offered a certificate after a session: who came, where the team has turned certificates on."""

from db.engine.database import Tx
from db.people import presences
from db.programme import cycle_switches
from locales.reply import Button, text


async def is_offered(tx: Tx, cycle: str, session: int, person: int) -> bool:
    """Returns whether that person came to the session of that number, and may ask for a certificate."""
    if not await cycle_switches.is_on(tx, cycle, cycle_switches.CERTIFICATES):
        return False
    known = await presences.presences_of_person(tx, person, cycle)
    return session in known and known[session].came


def certificate_button() -> Button:
    """Returns the button to one's certificate, for a message that the bot sends first."""
    return Button(text("certificate.button"), "+cert")

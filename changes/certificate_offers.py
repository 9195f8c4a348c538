"""Says who is offered a certificate after a session: who came, where the team has turned certificates on."""

from datetime import datetime, timedelta

from db.engine.database import Tx
from db.people import presences
from db.people.certificates import AttendedSession
from db.programme import cycle_switches, live_programme
from locales.reply import Button, text

_A_MINUTE = timedelta(minutes=1)


async def is_offered(tx: Tx, cycle: str, session: int, person: int) -> bool:
    """Returns whether that person came to the session of that number, and may ask for a certificate."""
    if not await cycle_switches.is_on(tx, cycle, cycle_switches.CERTIFICATES):
        return False
    known = await presences.presences_of_person(tx, person, cycle)
    return session in known and known[session].came


async def attended_sessions(tx: Tx, cycle: str, person: int, *, now: datetime) -> tuple[AttendedSession, ...]:
    """Returns the sessions that a certificate states: they came to them, and they are over and were not called off."""
    live = await live_programme.programme(tx, cycle)
    over = {number: each for number, each in live.items() if each.ends_at <= now and not each.cancelled}
    known = await presences.presences_of_person(tx, person, cycle) if over else {}
    return tuple(
        AttendedSession(number, over[number].starts_at, (over[number].ends_at - over[number].starts_at) // _A_MINUTE)
        for number, each in known.items()
        if each.came and number in over
    )


def certificate_button() -> Button:
    """Returns the button to one's certificate, for a message that the bot sends first."""
    return Button(text("certificate.button"), "+cert")

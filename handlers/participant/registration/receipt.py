"""The end of a registration: where they have a place, at what hour where they are, and what one does next."""

from collections.abc import Collection

from db.people import attendances
from handlers.participant.keyboards import home_row
from handlers.participant.programme.clock_change_notes import clock_changes_ahead
from handlers.participant.programme.programme import zone_line
from handlers.participant.registration import my_registration
from handlers.participant.registration.session_choice import open_sessions
from handlers.turn import Turn
from locales.reply import Button, Day, Hour, Reply, Value, reply, text


async def show_receipt(turn: Turn) -> Reply:
    """Where they have a place, when that is for them, and what one does next."""
    going = await attendances.sessions_of_person(turn.tx, turn.person.id, turn.cycle.key)
    lines = (
        text("registration.done"),
        *my_registration.attendance_lines(going),
        "",
        *await _session_hours(turn, going),
    )
    changes = await clock_changes_ahead(turn, turn.person.zone)
    after = (Button(text("menu.reminders"), "+rem"), Button(text("menu.calendar"), "+cal"))
    last = (Button(text("menu.mine"), "+mine"), *home_row())
    said = (*lines, *changes, "", text("registration.after"))
    return reply(*said, keyboard=(after, *_zone_button(turn), last))


async def _session_hours(turn: Turn, numbers: Collection[int]) -> tuple[Value, ...]:
    """Each session's day and hour, and whose hours they are."""
    live = await open_sessions(turn)
    times = [
        text("zone.session", number=number, day=Day(each.starts_at), hour=Hour(each.starts_at))
        for number, each in live.items()
        if number in numbers
    ]
    return (*times, *zone_line(turn))


def _zone_button(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    return () if turn.person.zone else ((Button(text("menu.timezone"), "zone"),),)

"""The registration someone has: shown, changed, cancelled; sessions joined and left, whose place then goes on."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from changes import waiting_list
from db.people import attendances, consents, registrations
from db.people.attendances import GOING, WAITING
from db.practices import meetings
from db.programme.live_programme import LiveSession
from handlers.participant.keyboards import certificate_row, home_row
from handlers.participant.programme import session_calendar
from handlers.participant.registration.registration_form import CHANGEABLE, open_sessions, registration_summary
from handlers.turn import Turn
from locales.reply import Button, Keyboard, Listing, Reply, Value, reply, rows, text


async def join_session(turn: Turn, live: LiveSession) -> str:
    """Gives a place in that session, or one on its waiting list; returns which."""
    capacity = await turn.capacity(live.number)
    return await attendances.join(turn.tx, turn.person.id, live.id, capacity, now=turn.now)


async def leave_session(turn: Turn, live: LiveSession) -> bool:
    """Gives the place back; whether there was one."""
    left = await attendances.leave(turn.tx, turn.person.id, live.id)
    if left:
        await fill_free_places(turn, live)
    return left


async def fill_free_places(turn: Turn, live: LiveSession) -> None:
    """Gives free places to who waits; they are told through the outbox."""
    capacity = await turn.capacity(live.number)
    await waiting_list.move_up(turn.tx, live, capacity, now=turn.now)


async def set_sessions(turn: Turn, numbers: Collection[int]) -> Mapping[int, str]:
    """Sets exactly those of the sessions that are not over; returns what became of each."""
    for number, live in (await turn.live()).items():
        if turn.now >= live.ends_at:
            continue
        await (join_session(turn, live) if number in numbers else leave_session(turn, live))
    return await attendances.sessions_of_person(turn.tx, turn.person.id, turn.cycle.key)


async def leave_all_sessions(turn: Turn) -> None:
    """Gives every place back."""
    for live in (await turn.live()).values():
        await leave_session(turn, live)


async def show_my_registration(turn: Turn, toast: Value | None = None) -> Reply:
    """Shows all of it on one card, with what can be done (/myregistration)."""
    answers = await registration_answers(turn)
    if answers is None:
        return reply(text("mine.none"), keyboard=((Button(text("menu.register"), "reg"),), home_row()), toast=toast)
    where = attendance_lines(await attendances.sessions_of_person(turn.tx, turn.person.id, turn.cycle.key))
    shown = registration_summary({**answers, "sessions": ()})
    return reply(text("mine.heading"), *shown, *where, keyboard=await _registration_buttons(turn), toast=toast)


async def registration_answers(turn: Turn) -> dict[str, Any] | None:
    """Returns the answers of the registration, as the conversation keeps them; None without one."""
    found = await registrations.registration_of_person(turn.tx, turn.person.id, turn.cycle.key)
    if found is None:
        return None
    going = await attendances.sessions_of_person(turn.tx, turn.person.id, turn.cycle.key)
    return {each: getattr(found, each) for each in registrations.FIELDS} | {"sessions": list(going)}


def attendance_lines(attending_: Mapping[int, str]) -> tuple[Value, ...]:
    """Returns where there is a place, and where they wait for one."""
    found: list[Value] = []
    for state, key in ((GOING, "mine.going"), (WAITING, "mine.waiting")):
        numbers = tuple(str(number) for number, each in attending_.items() if each == state)
        if numbers:
            found.append(text(key, n=len(numbers), numbers=Listing(numbers)))
    return tuple(found) or (text("mine.nowhere"),)


async def _registration_buttons(turn: Turn) -> Keyboard:
    going = await attendances.sessions_of_person(turn.tx, turn.person.id, turn.cycle.key)
    switches = [_session_switch(number, on=number in going) for number in await open_sessions(turn)]
    change = (Button(text("registration.change"), "mine:change"), Button(text("mine.consents"), "con"))
    last = (Button(text("mine.cancel"), "mine:off"), *home_row())
    return (*rows(*switches, of=2), *await certificate_row(turn), change, last)


def _session_switch(number: int, *, on: bool) -> Button:
    label, switch = ("registration.session.on", "off") if on else ("registration.session.off", "on")
    return Button(text(label, number=number), f"mine:s:{number}:{switch}")


async def choose_answer_to_change(turn: Turn) -> Reply:
    """Asks which answer to change."""
    if await registration_answers(turn) is None:
        return await show_my_registration(turn)
    fields = [each for each in CHANGEABLE if each != "sessions"]  # those have their switches on the card
    buttons = rows(*(Button(text(f"registration.field.{each}"), f"mine:c:{each}") for each in fields), of=2)
    return reply(text("registration.which"), keyboard=(*buttons, (Button(text("button.back"), "mine"), *home_row())))


async def save_changed_answer(turn: Turn, field: str, value: Any) -> Reply:  # noqa: ANN401 - whatever that answer is
    """Saves the new answer."""
    if await registration_answers(turn) is None:
        return await show_my_registration(turn)
    if field == "sessions":
        await set_sessions(turn, value)
    else:
        await registrations.change_field(turn.tx, turn.person.id, turn.cycle.key, field, value, now=turn.now)
    return await show_my_registration(turn, text("mine.saved"))


async def switch_session(turn: Turn, number: str, switch: str) -> Reply:
    """Adds or removes one session; pressing twice changes nothing."""
    live = (await open_sessions(turn)).get(int(number))
    if live is None or await registration_answers(turn) is None:
        return await show_my_registration(turn, text("registration.session_over") if live is None else None)
    if switch == "off":
        await leave_session(turn, live)
        return replace(
            await show_my_registration(turn, text("mine.left", number=live.number)),
            then=await session_calendar.cancel_dropped_sessions(turn, [live]),
        )
    state = await join_session(turn, live)
    return await show_my_registration(turn, text("mine.joined" if state == GOING else "mine.waits", number=live.number))


async def ask_to_cancel_registration(turn: Turn) -> Reply:
    """Asks once more, before the registration is gone."""
    if await registration_answers(turn) is None:
        return await show_my_registration(turn)
    yes = (Button(text("mine.cancel.yes"), "mine:off:yes"),)
    return reply(text("mine.cancel.ask"), keyboard=(yes, (Button(text("mine.cancel.no"), "mine"),)))


async def ask_to_leave_session(turn: Turn, number: int) -> Reply:
    """Offers one tap to give the place back: "Ya no voy a la sesión 3"."""
    going = await attendances.sessions_of_person(turn.tx, turn.person.id, turn.cycle.key)
    if number not in going:
        return await show_my_registration(turn)
    yes = (Button(text("place.leave", number=number), f"mine:s:{number}:off"),)
    return reply(text("mine.leave.ask", number=number), keyboard=(yes, (Button(text("mine.cancel.no"), "mine"),)))


async def cancel_registration(turn: Turn) -> Reply:
    """Cancels the registration, and its places are free; reminders stay as they are."""
    await leave_all_sessions(turn)
    await consents.forget(turn.tx, turn.person.id)
    await meetings.withdraw(turn.tx, turn.cycle.key, turn.person.id)
    await registrations.cancel(turn.tx, turn.person.id, turn.cycle.key)  # tapped twice, it is just as true
    again = (Button(text("menu.register"), "reg"), Button(text("menu.reminders"), "rem"))
    off = await session_calendar.cancel_dropped_sessions(turn, (await turn.live()).values())
    return replace(reply(text("mine.cancelled"), keyboard=(again, home_row())), then=off)

"""Tells somebody how they stand: registered or waiting, their next reminder, what has moved, the way into a session."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from db.people import attendances, registrations, subscriptions
from db.people.attendances import WAITING
from db.programme.live_programme import LiveSession
from handlers.participant.asking import ask
from handlers.participant.keyboards import home_row
from handlers.participant.programme import session_details
from handlers.participant.registration import my_registration
from handlers.participant.reminders.subscriptions import is_paused, quiet_lines
from handlers.turn import Turn
from knowledge.programme.cards import progress
from knowledge.time.lead_time import due_at, parse_lead_time
from locales.reply import Button, Day, Hour, Reply, Value, reply, text


async def tell_registration(turn: Turn) -> Reply:
    """Says first whether they are registered, or have a place in the session that is named; then all their places."""
    registered = await registrations.registration_of_person(turn.tx, turn.person.id, turn.cycle.key)
    states, knows = await _states(turn), await turn.services.published(turn.tx)
    named = knows.sessions_named(turn.words, await ask.make_situation(turn))
    there = len(named) != 1 or states.get(named[0], WAITING) != WAITING
    return _yes_or_no(states, yes=registered is not None and there)


async def tell_waiting(turn: Turn) -> Reply:
    """Says first whether they wait for a place in any session."""
    states = await _states(turn)
    return _yes_or_no(states, yes=WAITING in states.values())


async def _states(turn: Turn) -> Mapping[int, str]:
    return await attendances.sessions_of_person(turn.tx, turn.person.id, turn.cycle.key)


def _yes_or_no(states: Mapping[int, str], *, yes: bool) -> Reply:
    lines = my_registration.attendance_lines(states) if states else (text("mine.none"),)
    row = (Button(text("menu.mine"), "mine"),) if states else (Button(text("menu.register"), "reg"),)
    return reply(text("answer.yes.alone" if yes else "answer.no.alone"), *lines, keyboard=(row, home_row()))


async def tell_next_reminder(turn: Turn) -> Reply:
    """Says when their next reminder is due, in their own hours; that none is, where none is on."""
    keyboard = ((Button(text("menu.reminders"), "rem"),), home_row())
    moments = await _due_reminders(turn)
    if not moments or is_paused(turn):
        return reply(text("standing.no_reminder"), *quiet_lines(turn), keyboard=keyboard)
    due, number = min(moments)
    zone = turn.person.zone or turn.cycle.zone
    sentence = text("standing.next_reminder", number=number, day=Day(due, zone), hour=Hour(due, zone))
    return reply(sentence, *quiet_lines(turn), keyboard=keyboard)


async def _due_reminders(turn: Turn) -> list[tuple[datetime, int]]:
    """Returns the moment of each reminder that is on and still to come, with its session's number."""
    live = await turn.live()
    on = await subscriptions.subscriptions_of_person(turn.tx, turn.person.id, turn.cycle.key)
    muted = await subscriptions.muted_sessions(turn.tx, turn.person.id, turn.cycle.key)
    zone = turn.person.zone or turn.cycle.zone
    open_ones = [(live[number], code) for number, code in on if number not in muted and live[number].is_ahead(turn.now)]
    moments = [(due_at(parse_lead_time(code), each.starts_at, zone), each.number) for each, code in open_ones]
    return [(due, number) for due, number in moments if due > turn.now]


async def tell_changes(turn: Turn) -> Reply:
    """Says which sessions are not as they were planned: moved, or called off."""
    lines = [line for each in (await turn.live()).values() for line in _change_lines(turn, each)]
    first = text("standing.changes") if lines else text("standing.no_changes")
    return reply(first, *lines, keyboard=((Button(text("menu.sessions"), "sessions"),), home_row()))


def _change_lines(turn: Turn, live: LiveSession) -> Iterator[Value]:
    title, zone = turn.cycle.session(live.number).title, turn.person.zone or turn.cycle.zone
    if live.cancelled:
        yield text("standing.off", number=live.number, title=title)
    elif live.starts_at != turn.cycle.session(live.number).starts_at:
        start = live.starts_at
        yield text("standing.moved", number=live.number, title=title, day=Day(start, zone), hour=Hour(start, zone))


async def help_to_enter(turn: Turn) -> Reply:
    """Gives the link of the session that is named, or on, or next, as this person may see it, and whom to ask."""
    ahead = [each for each in (await turn.live()).values() if each.is_open(turn.now)]
    knows = await turn.services.published(turn.tx)
    named = knows.sessions_named(turn.words, await ask.make_situation(turn))
    ahead = [each for each in ahead if (each.number,) == named] or ahead
    team = (Button(text("ask.team"), "team"),)
    if not ahead:
        return reply(text("reminders.over"), keyboard=(team, home_row()))
    found = min(ahead, key=lambda each: each.starts_at)
    shown = await session_details.show_session_detail(turn, str(found.number), "link")
    zone = turn.person.zone or turn.cycle.zone
    state = "standing.on" if found.starts_at <= turn.now else "standing.ahead"
    day, hours = Day(found.starts_at, zone), {"start": Hour(found.starts_at, zone), "end": Hour(found.ends_at, zone)}
    since: dict[str, Value] = {} if state == "standing.ahead" else {"progress": progress(found.starts_at, turn.now)}
    *ways, back = shown.keyboard
    return reply(
        text(state, number=found.number, day=day, **hours, **since), "", *shown.lines, "", text("standing.ask_team"),
        keyboard=(*ways, team, back),
    )  # fmt: skip

"""Tells somebody how they stand: registered or waiting, their next reminder, what has moved, the way into a session."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from db.people import attendances, registrations, subscriptions
from db.people.attendances import GOING, WAITING
from db.programme.live_programme import LiveSession
from handlers.participant.asking import ask
from handlers.participant.keyboards import home_row
from handlers.participant.programme import session_details
from handlers.participant.registration import my_registration
from handlers.participant.reminders.subscriptions import is_paused, quiet_lines
from handlers.turn import Turn
from knowledge.answers.answer_models import Answer
from knowledge.answers.session_answers import hours_in_places, one_session, timed_sessions
from knowledge.programme.cards import progress
from knowledge.time.lead_time import due_at, parse_lead_time
from knowledge.wishes.wish_words import asks_whether
from locales.reply import Button, Day, Hour, Reply, Value, reply, text


async def tell_registration(turn: Turn) -> Reply:
    """Says whether they are registered, or have a place in the session that is named; then all their places.

    "Yes" and "no" only where that is what they asked: to "must I go to all that I chose?" they would be wrong.
    """
    registered = await registrations.registration_of_person(turn.tx, turn.person.id, turn.cycle.key)
    states, knows = await _states(turn), await turn.services.published(turn.tx)
    named = knows.sessions_named(turn.words, await ask.make_situation(turn))
    there = len(named) != 1 or states.get(named[0], WAITING) != WAITING
    only_waits = set(states.values()) == {WAITING}
    asked = asks_whether(turn.words, "registered", turn.language) and not (only_waits and there)
    return _standing(states, yes=registered is not None and there if asked else None)


async def tell_waiting(turn: Turn) -> Reply:
    """Says whether they wait for a place in any session, where they ask that; then all their places."""
    states, asked = await _states(turn), asks_whether(turn.words, "waiting", turn.language)
    return _standing(states, yes=WAITING in states.values() if asked else None)


async def tell_own_sessions(turn: Turn, asked: Answer) -> Reply | None:
    """Tells when the sessions are in which they have a place: those to come, else all; None where they have none.

    `asked`: the answer about the cycle's sessions, for its language and its places.
    """
    states, at = await _states(turn), replace(await ask.make_situation(turn), language=asked.language)
    own = [number for number in at.in_order() if states.get(number) == GOING and number not in at.cancelled]
    if not own:
        return None
    ahead = [number for number in own if number in at.ahead()] or own
    if asked.query.where:
        told = hours_in_places(at, ahead, asked.query.where)
    else:
        told = one_session(at, ahead[0]) if len(ahead) == 1 else timed_sessions(at, ahead)
    lines = (*my_registration.attendance_lines(states), "", *told.lines)
    return await ask.reply_with_answers(turn, [replace(told, lines=lines, language=asked.language)], turn.words)


async def _states(turn: Turn) -> Mapping[int, str]:
    return await attendances.sessions_of_person(turn.tx, turn.person.id, turn.cycle.key)


def _standing(states: Mapping[int, str], *, yes: bool | None) -> Reply:
    lines = my_registration.attendance_lines(states) if states else (text("mine.none"),)
    row = (Button(text("menu.mine"), "mine"),) if states else (Button(text("menu.register"), "reg"),)
    first = () if yes is None else (text("answer.yes.alone" if yes else "answer.no.alone"),)
    return reply(*first, *lines, keyboard=(row, home_row()))


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

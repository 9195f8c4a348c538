"""Puts sessions into somebody's own calendar: a file that any calendar takes, and links for two of them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from db.people import attendances, subscriptions
from db.programme import calendars
from db.programme.live_programme import LiveSession
from handlers.participant.keyboards import Row, home_row, is_number
from handlers.turn import Turn
from knowledge.programme.calendar_file import CalendarEntry, build_calendar, google_link, outlook_link
from knowledge.programme.session_details import NO_DETAILS
from locales.reply import Button, Document, Keyboard, Reply, Say, reply, rows, text

_FILE_NAME = "ciclo.ics"


async def send_calendar(turn: Turn) -> Reply:
    """Sends the sessions they are registered for or reminded of; all that are to come if there are none (/calendar)."""
    ahead, chosen = await _open_sessions(turn), await _chosen_sessions(turn)
    return await _calendar_reply(turn, {number: each for number, each in ahead.items() if number in chosen} or ahead)


async def _chosen_sessions(turn: Turn) -> frozenset[int]:
    """Returns the sessions they have a place in or are reminded of; who waits for a place may not come."""
    on = await subscriptions.subscriptions_of_person(turn.tx, turn.person.id, turn.cycle.key)
    states = await attendances.sessions_of_person(turn.tx, turn.person.id, turn.cycle.key)
    going = {number for number, state in states.items() if state == attendances.GOING}
    return frozenset({*going, *(number for number, _ in on)})


async def _open_sessions(turn: Turn) -> Mapping[int, LiveSession]:
    return {number: each for number, each in (await turn.live()).items() if each.is_open(turn.now)}


async def send_session_calendar(turn: Turn, number: str) -> Reply:
    """Sends one session for the calendar."""
    live = (await _open_sessions(turn)).get(int(number))
    return await (send_calendar(turn) if live is None else _calendar_reply(turn, {live.number: live}))


async def calendar_by_words(turn: Turn, words: str) -> Reply:
    """Sends that session for "/calendar 3"; the usual ones for anything else."""
    return await (send_session_calendar(turn, words) if is_number(words) else send_calendar(turn))


async def _calendar_reply(turn: Turn, live: Mapping[int, LiveSession]) -> Reply:
    if not live:
        return reply(text("calendar.over"), keyboard=(home_row(),))
    entries = await _calendar_entries(turn, live.values())
    links = tuple(_calendar_links(turn, each) for each in entries)
    more = _single_files(entries) if len(entries) > 1 else (_work_link(turn, entries[0]),)
    off = (Button(text("calendar.off"), "cal:off"),)
    answer = reply(text("calendar.here", n=len(entries)), keyboard=(*links, *more, off, home_row()))
    return replace(answer, document=_calendar_document(turn, entries), fresh=True)


async def _calendar_entries(turn: Turn, live: Iterable[LiveSession]) -> list[CalendarEntry]:
    given = list(live)
    sequences = await calendars.record_sessions(turn.tx, turn.person.id, given)
    on, details = (
        await subscriptions.subscriptions_of_person(turn.tx, turn.person.id, turn.cycle.key),
        await turn.details(),
    )
    alarms = {each.number: _alarms(turn, each.number, on) for each in given}
    return [
        CalendarEntry(n, each.starts_at, each.ends_at, sequences[each.id], alarms[n], details.get(n, NO_DETAILS))
        for n, each in ((each.number, each) for each in given)
    ]


def _alarms(turn: Turn, number: int, on: frozenset[tuple[int, str]]) -> tuple[timedelta, ...]:
    return tuple(lead.before for lead in turn.services.leads if lead.before is not None and (number, lead.code) in on)


def _calendar_document(turn: Turn, entries: list[CalendarEntry], *, cancelled: bool = False) -> Document:
    def write(say: Say) -> bytes:
        return build_calendar(turn.cycle, entries, say, language=turn.language, now=turn.now, cancelled=cancelled)

    return Document(_FILE_NAME, write)


def _calendar_links(turn: Turn, entry: CalendarEntry) -> Row:
    google = Button(text("calendar.google", number=entry.number), link=lambda say: google_link(turn.cycle, entry, say))
    outlook = Button(
        text("calendar.outlook", number=entry.number), link=lambda say: outlook_link(turn.cycle, entry, say)
    )
    return google, outlook


def _work_link(turn: Turn, entry: CalendarEntry) -> Row:
    label = text("calendar.outlook_work", number=entry.number)
    return (Button(label, link=lambda say: outlook_link(turn.cycle, entry, say, at_work=True)),)


def _single_files(entries: Iterable[CalendarEntry]) -> Keyboard:
    """Returns buttons for one session a file, for phones that take one event at a time."""
    return rows(*(Button(text("calendar.only", number=each.number), f"+cal:{each.number}") for each in entries), of=2)


async def cancel_calendar(turn: Turn) -> Reply:
    """Takes what they were given off their calendar again: a file that cancels it."""
    nothing = reply(text("calendar.none"), keyboard=((Button(text("menu.calendar"), "cal"),), home_row()))
    return await _cancellation_reply(turn, (await _open_sessions(turn)).values()) or nothing


async def cancel_dropped_sessions(turn: Turn, sessions: Iterable[LiveSession]) -> Reply | None:
    """Removes the dropped sessions from their calendar, unless they are still reminded of them."""
    kept, ahead = await _chosen_sessions(turn), await _open_sessions(turn)
    return await _cancellation_reply(
        turn, [each for each in sessions if each.number in ahead and each.number not in kept]
    )


async def _cancellation_reply(turn: Turn, sessions: Iterable[LiveSession]) -> Reply | None:
    ids = {each.id: each for each in sessions}
    sequences = await calendars.cancel_sessions(turn.tx, turn.person.id, ids)
    if not sequences:
        return None
    gone = [
        CalendarEntry(ids[number].number, ids[number].starts_at, ids[number].ends_at, sequence)
        for number, sequence in sequences.items()
    ]
    again = f"cal:{gone[0].number}" if len(gone) == 1 else "cal"
    answer = reply(
        text("calendar.cancel", n=len(gone)),
        keyboard=((Button(text("calendar.again", n=len(gone)), again),), home_row()),
    )
    return replace(answer, document=_calendar_document(turn, gone, cancelled=True), fresh=True)

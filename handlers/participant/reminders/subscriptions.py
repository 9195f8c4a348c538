"""Shows and switches reminders: of which session, how long before; and when they keep quiet."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from db.people import attendances, subscriptions
from db.programme.live_programme import LiveSession
from handlers.participant.keyboards import home_row, is_number
from handlers.participant.programme.sessions import clock_changes_ahead
from handlers.turn import Turn
from knowledge.time.lead_time import LeadTime
from knowledge.time.quiet_hours import parse_quiet_hours
from locales.reply import Button, Day, Hour, Keyboard, Listing, Reply, Value, reply, text

# No cycle lasts that long: until they say otherwise.
NO_END = datetime(2999, 12, 31, tzinfo=UTC)
ActiveReminders = frozenset[tuple[int, str]]


def is_paused(turn: Turn) -> bool:
    """Returns whether reminders are kept back now."""
    return turn.person.paused_until is not None and turn.now < turn.person.paused_until


def quiet_lines(turn: Turn) -> tuple[Value, ...]:
    """Returns the pause, if there is one, and the quiet hours."""
    quiet = parse_quiet_hours(turn.person.quiet)
    hours = text("silence.quiet", since=f"{quiet.since:%H:%M}", until=f"{quiet.until:%H:%M}") if quiet else None
    return (*_pause_lines(turn), hours or text("silence.quiet.none"))


def _pause_lines(turn: Turn) -> tuple[Value, ...]:
    until = turn.person.paused_until
    if until is None or until <= turn.now:
        return ()
    if until == NO_END:
        return (text("silence.paused.always"),)
    return (text("silence.paused", day=Day(until), hour=Hour(until)),)


def quiet_buttons(turn: Turn) -> Keyboard:
    """Returns the pause and the quiet hours: the buttons under the list of reminders."""
    pausing = (
        Button(text("silence.pause.end"), "pause:end") if is_paused(turn) else Button(text("silence.pause"), "pause")
    )
    return ((pausing, Button(text("silence.quiet.button"), "quiet")),)


async def show_reminders(turn: Turn, toast: Value | None = None) -> Reply:
    """Shows what is on, and one button that turns on every session (/reminders)."""
    ahead = await _sessions_ahead(turn)
    if not ahead:
        return reply(text("reminders.over"), keyboard=(home_row(),), toast=toast)
    on = await subscriptions.subscriptions_of_person(turn.tx, turn.person.id, turn.cycle.key)
    silent = await subscriptions.muted_sessions(turn.tx, turn.person.id, turn.cycle.key)
    lines = _lines_of_sessions([_reminder_lines(turn, each, on, silent) for each in ahead.values()])
    changes = await clock_changes_ahead(turn, turn.person.zone)
    more = (*changes, "", *quiet_lines(turn)) if on else changes
    keyboard = _reminder_buttons(turn, ahead, on)
    return reply(text("reminders.heading"), *zone_line(turn), *lines, *more, keyboard=keyboard, toast=toast)


async def _sessions_ahead(turn: Turn) -> Mapping[int, LiveSession]:
    return {number: each for number, each in (await turn.live()).items() if each.is_ahead(turn.now)}


def _lines_of_sessions(sessions: Sequence[tuple[Value, Value]]) -> list[Value]:
    """Returns when each session is and its reminders; what is the same for all of them is said once."""
    whens, states = [when for when, _ in sessions], [state for _, state in sessions]
    if len(sessions) > 1 and states.count(states[0]) == len(states):
        return ["", *whens, "", states[0]]
    return [line for when, state in sessions for line in ("", when, state)]


def _reminder_lines(turn: Turn, live: LiveSession, on: ActiveReminders, silent: frozenset[int]) -> tuple[Value, Value]:
    leads = tuple(lead.label for lead in turn.services.leads if (live.number, lead.code) in on)
    when = text("reminders.session", number=live.number, day=Day(live.starts_at), hour=Hour(live.starts_at))
    if not leads:
        return when, text("reminders.off")
    return when, text("silence.muted" if live.number in silent else "reminders.on", leads=Listing(leads))


def zone_line(turn: Turn) -> tuple[Value, ...]:
    """Returns whose zone the hours are in, where theirs is not known."""
    return () if turn.person.zone else (text("sessions.hours.cycle", place=turn.cycle.zone_name),)


def _reminder_buttons(turn: Turn, ahead: Mapping[int, LiveSession], on: ActiveReminders) -> Keyboard:
    every = (Button(text("reminders.all_on"), "rem:all:on"),)
    each = tuple((Button(text("reminders.choose", number=number), f"rem:{number}"),) for number in ahead)
    off = ((Button(text("reminders.all_off"), "rem:all:off"),),) if on else ()
    quiet = quiet_buttons(turn) if on else ()
    return (every, *each, *quiet, *off, (Button(text("menu.timezone"), "zone"), *home_row()))


async def switch_all_reminders(turn: Turn, switch: str) -> Reply:
    """Turns on the usual reminders of every session still to come; or turns all off."""
    ahead = await _sessions_ahead(turn)
    ids = [each.id for each in ahead.values()]
    if switch == "on":
        await subscriptions.turn_on(turn.tx, turn.person.id, ids, usual_leads(turn), now=turn.now)
        return await show_reminders(turn, text("reminders.all_on.done"))
    await subscriptions.turn_off(turn.tx, turn.person.id, [each.id for each in (await turn.live()).values()])
    return await show_reminders(turn, text("reminders.all_off.done"))


async def remind_of_my_sessions(turn: Turn) -> Reply:
    """Turns on the usual reminders of every session to come in which they have a place."""
    ahead = await _sessions_ahead(turn)
    states = await attendances.sessions_of_person(turn.tx, turn.person.id, turn.cycle.key)
    ids = [each.id for number, each in ahead.items() if states.get(number) == attendances.GOING]
    await subscriptions.turn_on(turn.tx, turn.person.id, ids, usual_leads(turn), now=turn.now)
    return await show_reminders(turn, text("reminders.all_on.done") if ids else None)


def usual_leads(turn: Turn) -> list[str]:
    """Returns the usual lead times.

    Those at an hour of the day, and that of the start, are for who wants them: they are not turned on unasked.
    """
    before = [lead.code for lead in turn.services.leads if lead.before is not None and not lead.at_start]
    return before or [lead.code for lead in turn.services.leads]


async def show_session_reminders(turn: Turn, number: str, toast: Value | None = None) -> Reply:
    """Shows one session's reminders, a switch each."""
    live = (await _sessions_ahead(turn)).get(int(number))
    if live is None:
        return await show_reminders(turn, toast or text("reminders.session_over"))
    on = await subscriptions.subscriptions_of_person(turn.tx, turn.person.id, turn.cycle.key)
    title = text("session.short", number=live.number, title=turn.cycle.session(live.number).title)
    when = text("reminders.session", number=live.number, day=Day(live.starts_at), hour=Hour(live.starts_at))
    switches = tuple(
        (_lead_switch(lead, live.number, on=(live.number, lead.code) in on),) for lead in turn.services.leads
    )
    silent = live.number in await subscriptions.muted_sessions(turn.tx, turn.person.id, turn.cycle.key)
    last = (Button(text("reminders.all_sessions"), "rem"), *home_row())
    muted = (text("silence.muted.session"),) if silent else ()
    lines = (title, when, *zone_line(turn), "", *muted, text("reminders.explain"))
    return reply(*lines, keyboard=(*switches, *_session_switches(live.number, on, silent=silent), last), toast=toast)


async def reminders_by_words(turn: Turn, words: str) -> Reply:
    """Shows that session's switches for "/reminders 3"; all of them for anything else."""
    return await (show_session_reminders(turn, words) if is_number(words) else show_reminders(turn))


def _lead_switch(lead: LeadTime, number: int, *, on: bool) -> Button:
    key, other = ("reminders.lead.on", "off") if on else ("reminders.lead.off", "on")
    return Button(text(key, lead=lead.label), f"rem:{number}:{lead.code}:{other}")


def _session_switches(number: int, on: ActiveReminders, *, silent: bool) -> Keyboard:
    if not any(session == number for session, _ in on):
        return ((Button(text("reminders.start", number=number), f"rem:{number}:on"),),)
    key, switch = ("silence.unmute", "off") if silent else ("silence.mute", "on")
    mute = Button(text(key, number=number), f"mute:{number}:{switch}")
    return ((mute,), (Button(text("reminders.stop", number=number), f"rem:{number}:off"),))


async def switch_session_reminders(turn: Turn, number: str, switch: str) -> Reply:
    """Turns the usual reminders of one session on, or all of them off."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await show_reminders(turn)
    if switch == "off":
        await subscriptions.turn_off(turn.tx, turn.person.id, [live.id])
        return await show_session_reminders(turn, number, text("reminders.stopped", number=live.number))
    await subscriptions.turn_on(turn.tx, turn.person.id, [live.id], usual_leads(turn), now=turn.now)
    return await show_session_reminders(turn, number, text("reminders.started", number=live.number))


async def switch_lead(turn: Turn, number: str, lead: str, switch: str) -> Reply:
    """Turns one reminder on or off; pressing twice changes nothing."""
    live = (await turn.live()).get(int(number))
    if live is None or lead not in {each.code for each in turn.services.leads}:
        return await show_reminders(turn)
    if switch == "on":
        await subscriptions.turn_on(turn.tx, turn.person.id, [live.id], [lead], now=turn.now)
    else:
        await subscriptions.turn_off(turn.tx, turn.person.id, [live.id], [lead])
    return await show_session_reminders(turn, number, text(f"reminders.saved.{switch}"))

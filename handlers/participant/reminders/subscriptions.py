"""Which reminders someone gets, of which session, how long before."""

from collections.abc import Mapping

from db.people import subscriptions
from db.programme.live_programme import LiveSession
from handlers.participant.keyboards import home, is_number
from handlers.participant.programme.clock_change_notes import changes_ahead
from handlers.participant.reminders.quiet_hours_card import buttons, state
from handlers.turn import Turn
from knowledge.time.lead import Lead
from locales.reply import Button, Day, Hour, Keyboard, Listing, Reply, Value, reply, text

On = frozenset[tuple[int, str]]


async def reminders(turn: Turn, toast: Value | None = None) -> Reply:
    """/reminders: what is on, and one button that turns on every session."""
    ahead = await _ahead(turn)
    if not ahead:
        return reply(text("reminders.over"), keyboard=(home(),), toast=toast)
    on = await subscriptions.subscriptions_of_person(turn.tx, turn.person.id, turn.cycle.key)
    silent = await subscriptions.muted_sessions(turn.tx, turn.person.id, turn.cycle.key)
    lines = [line for each in ahead.values() for line in ("", *_state(turn, each, on, silent))]
    changes = await changes_ahead(turn, turn.person.zone)
    more = (*changes, "", *state(turn)) if on else changes
    keyboard = _switches(turn, ahead, on)
    return reply(text("reminders.heading"), *whose_hours(turn), *lines, *more, keyboard=keyboard, toast=toast)


async def _ahead(turn: Turn) -> Mapping[int, LiveSession]:
    return {number: each for number, each in (await turn.live()).items() if each.is_ahead(turn.now)}


def _state(turn: Turn, live: LiveSession, on: On, silent: frozenset[int]) -> tuple[Value, ...]:
    leads = tuple(lead.label for lead in turn.services.leads if (live.number, lead.code) in on)
    when = text("reminders.session", number=live.number, day=Day(live.starts_at), hour=Hour(live.starts_at))
    if not leads:
        return when, text("reminders.off")
    return when, text("silence.muted" if live.number in silent else "reminders.on", leads=Listing(leads))


def whose_hours(turn: Turn) -> tuple[Value, ...]:
    """Whose zone the hours are in, where theirs is not known."""
    return () if turn.person.zone else (text("sessions.hours.cycle", place=turn.cycle.zone_name),)


def _switches(turn: Turn, ahead: Mapping[int, LiveSession], on: On) -> Keyboard:
    every = (Button(text("reminders.all_on"), "rem:all:on"),)
    each = tuple((Button(text("reminders.choose", number=number), f"rem:{number}"),) for number in ahead)
    off = ((Button(text("reminders.all_off"), "rem:all:off"),),) if on else ()
    quiet = buttons(turn) if on else ()
    return (every, *each, *quiet, *off, (Button(text("menu.timezone"), "zone"), *home()))


async def all_(turn: Turn, switch: str) -> Reply:
    """Every session still to come, with the usual reminders; or none at all."""
    ahead = await _ahead(turn)
    ids = [each.id for each in ahead.values()]
    if switch == "on":
        await subscriptions.turn_on(turn.tx, turn.person.id, ids, usual(turn), now=turn.now)
        return await reminders(turn, text("reminders.all_on.done"))
    await subscriptions.turn_off(turn.tx, turn.person.id, [each.id for each in (await turn.live()).values()])
    return await reminders(turn, text("reminders.all_off.done"))


def usual(turn: Turn) -> list[str]:
    """Hours of the day are for who wants them: they are not turned on unasked."""
    before = [lead.code for lead in turn.services.leads if lead.before is not None]
    return before or [lead.code for lead in turn.services.leads]


async def of_session(turn: Turn, number: str, toast: Value | None = None) -> Reply:
    """One session's reminders, a switch each."""
    live = (await _ahead(turn)).get(int(number))
    if live is None:
        return await reminders(turn, toast or text("reminders.session_over"))
    on = await subscriptions.subscriptions_of_person(turn.tx, turn.person.id, turn.cycle.key)
    title = text("session.short", number=live.number, title=turn.cycle.session(live.number).title)
    when = text("reminders.session", number=live.number, day=Day(live.starts_at), hour=Hour(live.starts_at))
    switches = tuple((_switch(lead, live.number, on=(live.number, lead.code) in on),) for lead in turn.services.leads)
    silent = live.number in await subscriptions.muted_sessions(turn.tx, turn.person.id, turn.cycle.key)
    last = (Button(text("reminders.all_sessions"), "rem"), *home())
    muted = (text("silence.muted.session"),) if silent else ()
    lines = (title, when, *whose_hours(turn), "", *muted, text("reminders.explain"))
    return reply(*lines, keyboard=(*switches, *_whole(live.number, on, silent=silent), last), toast=toast)


async def named(turn: Turn, words: str) -> Reply:
    """/reminders 3: that session's switches; all of them for anything else."""
    return await (of_session(turn, words) if is_number(words) else reminders(turn))


def _switch(lead: Lead, number: int, *, on: bool) -> Button:
    key, other = ("reminders.lead.on", "off") if on else ("reminders.lead.off", "on")
    return Button(text(key, lead=lead.label), f"rem:{number}:{lead.code}:{other}")


def _whole(number: int, on: On, *, silent: bool) -> Keyboard:
    if not any(of == number for of, _ in on):
        return ((Button(text("reminders.start", number=number), f"rem:{number}:on"),),)
    key, switch = ("silence.unmute", "off") if silent else ("silence.mute", "on")
    mute = Button(text(key, number=number), f"mute:{number}:{switch}")
    return ((mute,), (Button(text("reminders.stop", number=number), f"rem:{number}:off"),))


async def whole_session(turn: Turn, number: str, switch: str) -> Reply:
    """The usual reminders of one session on, or all of them off."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await reminders(turn)
    if switch == "off":
        await subscriptions.turn_off(turn.tx, turn.person.id, [live.id])
        return await of_session(turn, number, text("reminders.stopped", number=live.number))
    await subscriptions.turn_on(turn.tx, turn.person.id, [live.id], usual(turn), now=turn.now)
    return await of_session(turn, number, text("reminders.started", number=live.number))


async def one_lead(turn: Turn, number: str, lead: str, switch: str) -> Reply:
    """One reminder on or off; pressing twice changes nothing."""
    live = (await turn.live()).get(int(number))
    if live is None or lead not in {each.code for each in turn.services.leads}:
        return await reminders(turn)
    if switch == "on":
        await subscriptions.turn_on(turn.tx, turn.person.id, [live.id], [lead], now=turn.now)
    else:
        await subscriptions.turn_off(turn.tx, turn.person.id, [live.id], [lead])
    return await of_session(turn, number, text(f"reminders.saved.{switch}"))

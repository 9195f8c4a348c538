"""Moves, cancels and restores a session: first a dry run, then all of it in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from changes import session_time as follow_up
from changes.reach import Reach, split_change
from changes.session_time import Affected
from db.people import dialogs
from db.programme import live_programme
from db.programme.live_programme import LiveSession
from handlers.organizer.reach_lines import reach_lines
from handlers.organizer.sessions import sessions
from handlers.organizer.sessions.sessions import session_hours
from handlers.organizer.sessions.typed_datetime import (
    bare_hour_note,
    error_sentence,
    parse_typed_moment,
    unusual_length_warnings,
    unusual_time_warnings,
)
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from knowledge.programme.session_details import LONGEST_REASON, REASON
from knowledge.time.datetime_parser import DatetimeParseError
from knowledge.time.zones import utc_offset, zone_label
from knowledge.wishes.team_words import read_shift
from locales.reply import Button, Day, Keyboard, Reply, Value, reply, text
from locales.time_zone import time_zone

Zones = Sequence[tuple[str | None, int]]
_MOST_ZONES = 8
# The conversation in which a new time is typed; it keeps the session's number.
TIME_DIALOG = "sessiontime"
_WHY, _LOOKING = "why", "looking"
_MINUTE = timedelta(minutes=1)
_LONGEST = timedelta(days=1)
_STEPS = (("minus_day", -1440), ("plus_day", 1440), ("minus_hour", -60), ("plus_hour", 60))


def earliest_and_latest_clocks(turn: Turn, would: LiveSession, zones: Zones) -> Iterable[Value]:
    """Yields the earliest and latest clock of those who come or are reminded, where they are not the cycle's own.

    Who has not told their zone has the cycle's.
    """
    known = {zone or turn.cycle.zone for zone, _ in zones}
    if not known:
        return
    west = min(sorted(known), key=lambda zone: utc_offset(zone, would.starts_at))
    east = max(sorted(known), key=lambda zone: utc_offset(zone, would.starts_at))
    here = utc_offset(turn.cycle.zone, would.starts_at)
    clocks = (("desk.west", west), ("desk.east", east)) if west != east else (("desk.in", west),)
    for key, zone in clocks:
        if utc_offset(zone, would.starts_at) != here:
            yield text(key, place=zone_label(zone, turn.language), **session_hours(would, zone))


def day_changes(turn: Turn, live: LiveSession, would: LiveSession, zones: Zones) -> Iterable[Value]:
    """Yields for how many people it falls on another day where they are, the most first."""
    changed: dict[str, int] = {}
    for zone, people in zones:
        name = zone or turn.cycle.zone
        here = time_zone(name)
        if live.starts_at.astimezone(here).date() != would.starts_at.astimezone(here).date():
            changed[name] = changed.get(name, 0) + people
    if not changed:
        return
    yield from ("", text("desk.days", n=sum(changed.values())))
    order = sorted(changed, key=lambda name: (-changed[name], name))
    for name in order[:_MOST_ZONES]:
        was, will_be = Day(live.starts_at, name, "short"), Day(would.starts_at, name, "short")
        place = zone_label(name, turn.language)
        yield text("desk.day", place=place, n=changed[name], was=was, will_be=will_be)
    if len(order) > _MOST_ZONES:
        yield text("desk.other_zones", n=sum(changed[name] for name in order[_MOST_ZONES:]))


async def ask_session_time(turn: Turn, number: str) -> Reply:
    """Asks when it will be: typed, or a step from where it is."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await sessions.show_sessions(turn)
    await dialogs.begin(turn.tx, turn.person.id, TIME_DIALOG, "moment", now=turn.now, number=live.number)
    return reply(
        sessions.session_heading(turn, live),
        *sessions.clock_lines(turn, live),
        "",
        text("desk.ask_time", place=turn.cycle.zone_name),
        keyboard=(*_step_buttons(live.number, live.starts_at, _length_in_minutes(live)), _back_to_session(live.number)),
    )


def _length_in_minutes(live: LiveSession) -> int:
    return (live.ends_at - live.starts_at) // _MINUTE


def _minutes(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


def _step_buttons(number: int, start: datetime, length: int) -> Keyboard:
    """Returns buttons for a day or an hour earlier and later; pressed again they go on from there."""
    buttons = [Button(text(f"desk.{key}"), f"se:at:{number}:{_minutes(start) + by}:{length}") for key, by in _STEPS]
    return tuple(buttons[:2]), tuple(buttons[2:])


def _back_to_session(number: int) -> tuple[Button, ...]:
    return (Button(text("desk.back", number=number), f"se:{number}"), *home_row())


async def session_time_input(turn: Turn) -> Reply:
    """Takes a moment in the cycle's hours: what it would mean is shown before anything is done."""
    state = await dialogs.get(turn.tx, turn.person.id, TIME_DIALOG)
    live = (await turn.live()).get(int(state.answers["number"])) if state is not None else None
    if live is None or state is None:
        return await sessions.show_sessions(turn)
    if state.step == _WHY:
        return await _reason_input(turn, live, state.answers)
    if (shift := read_shift(turn.words)) is not None:
        return await propose_shift(turn, live, shift)
    try:
        found = parse_typed_moment(turn, live.starts_at)
    except DatetimeParseError as error:
        how = text("desk.not_understood", place=turn.cycle.zone_name)
        return reply(error_sentence(error), how, keyboard=(_back_to_session(live.number),))
    ends = found.ends_at or found.starts_at + (live.ends_at - live.starts_at)
    proposed = await _time_proposal(turn, live, found.starts_at, ends)
    return replace(proposed, lines=(*proposed.lines, *bare_hour_note(found, turn.cycle.zone)))


async def propose_session_time(turn: Turn, number: str, moment: str, minutes: str) -> Reply:
    """Shows what that time would mean; nothing is changed yet."""
    live = (await turn.live()).get(int(number))
    starts = datetime.fromtimestamp(int(moment) * 60, UTC)
    length = timedelta(minutes=int(minutes))
    if live is None or not length or length > _LONGEST:
        return await sessions.show_sessions(turn)
    return await _time_proposal(turn, live, starts, starts + length)


async def propose_shift(turn: Turn, live: LiveSession, shift: timedelta) -> Reply:
    """Shows what it would mean so much later, or earlier below zero; nothing is changed yet."""
    return await _time_proposal(turn, live, live.starts_at + shift, live.ends_at + shift)


async def _time_proposal(turn: Turn, live: LiveSession, starts: datetime, ends: datetime) -> Reply:
    would = replace(live, starts_at=starts, ends_at=ends, cancelled=False)
    length = _length_in_minutes(would)
    steps = _step_buttons(live.number, starts, length)
    if problem := _time_problem(turn, live, would):
        return reply(sessions.session_heading(turn, live), problem, keyboard=(*steps, _back_to_session(live.number)))
    address = f"se:at:{live.number}:{_minutes(starts)}:{length}:{live.version}"
    confirm = (Button(text("desk.confirm"), address),)
    reason = await _typed_reason(turn, live)
    why = _reason_button(f"se:r:{live.number}:{_minutes(starts)}:{length}", reason)
    dry = await _dry_run(turn, live, would)
    return reply(*dry, *_reason_lines(reason), keyboard=(confirm, why, *steps, _back_to_session(live.number)))


def _reason_button(address: str, reason: str | None) -> tuple[Button, ...]:
    return (Button(text("desk.reason.add" if reason is None else "desk.reason.change"), address),)


def _reason_lines(reason: str | None) -> tuple[Value, ...]:
    return () if reason is None else ("", text("moved.reason", reason=reason))


async def _typed_reason(turn: Turn, live: LiveSession) -> str | None:
    """Returns the reason that was typed for the change that is looked at."""
    state = await dialogs.get(turn.tx, turn.person.id, TIME_DIALOG)
    same_session = state is not None and state.answers.get("number") == live.number
    return str(state.answers["reason"]) if same_session and state is not None and state.answers.get("reason") else None


async def ask_time_reason(turn: Turn, number: str, moment: str, minutes: str) -> Reply:
    """Asks why it moves: what is typed next goes into what people get."""
    return await _ask_reason(turn, number, moment=int(moment), minutes=int(minutes))


async def ask_action_reason(turn: Turn, number: str, act: str) -> Reply:
    """Asks why it is called off, or is back."""
    return await _ask_reason(turn, number, act=act)


async def _ask_reason(turn: Turn, number: str, **change: object) -> Reply:
    live = (await turn.live()).get(int(number))
    if live is None:
        return await sessions.show_sessions(turn)
    await dialogs.begin(turn.tx, turn.person.id, TIME_DIALOG, _WHY, now=turn.now, number=live.number, **change)
    asks = text("desk.reason.ask", most=LONGEST_REASON)
    return reply(sessions.session_heading(turn, live), asks, keyboard=(_back_to_session(live.number),))


async def _reason_input(turn: Turn, live: LiveSession, change: Mapping[str, Any]) -> Reply:
    """Takes one line, and shows the change again, with it."""
    words = " ".join(turn.words.split())
    if not words or len(words) > LONGEST_REASON:
        asks = text("desk.reason.ask", most=LONGEST_REASON)
        return reply(sessions.session_heading(turn, live), asks, keyboard=(_back_to_session(live.number),))
    kept = {**change, "reason": words}
    await dialogs.begin(turn.tx, turn.person.id, TIME_DIALOG, _LOOKING, now=turn.now, **kept)
    if act := change.get("act"):
        return await _action_proposal(turn, live, str(act))
    return await propose_session_time(turn, str(live.number), str(change["moment"]), str(change["minutes"]))


async def _keep_reason(turn: Turn, before: LiveSession, changed: LiveSession) -> None:
    """Keeps the reason with the version that it explains; the reason of an earlier one goes."""
    reason = await _typed_reason(turn, before)
    kept = (await live_programme.details_by_session_id(turn.tx, [changed.id])).get(changed.id, {})
    if reason is None and REASON not in kept:
        return
    newest = await live_programme.latest_detail_version(turn.tx, changed.id)
    value = None if reason is None else {"version": changed.version, "words": reason}
    await live_programme.set_detail(turn.tx, changed.id, REASON, value, expected=newest, now=turn.now)


def _time_problem(turn: Turn, live: LiveSession, would: LiveSession) -> Value | None:
    if would.starts_at <= turn.now:
        return text("desk.past", place=turn.cycle.zone_name, **sessions.session_hours(would, turn.cycle.zone))
    same = (live.starts_at, live.ends_at, live.cancelled) == (would.starts_at, would.ends_at, False)
    return text("desk.same") if same else None


async def _dry_run(turn: Turn, live: LiveSession, would: LiveSession) -> list[Value]:
    """Returns what it would mean, in numbers; nothing is changed yet."""
    found = await follow_up.count_affected(turn.tx, live, now=turn.now)
    lines = [sessions.session_heading(turn, live), text("desk.dry_run"), ""]
    if would.cancelled:
        lines.append(text("desk.would_cancel"))
    else:
        lines += [
            text("desk.would_be"),
            *sessions.clock_lines(turn, would),
            *earliest_and_latest_clocks(turn, would, found.zones),
        ]
        others = (await turn.live()).values()
        lines += unusual_time_warnings(turn, would.starts_at)
        lines += unusual_length_warnings(live.ends_at - live.starts_at, would.ends_at - would.starts_at)
        lines += _out_of_order(others, would, turn.cycle.zone)
    reach = await split_change(turn.tx, live, would, now=turn.now, zone=turn.cycle.zone)
    return [*lines, "", *_impact_lines(found, reach), *day_changes(turn, live, would, found.zones)]


def _out_of_order(others: Iterable[LiveSession], would: LiveSession, zone: str) -> Iterable[Value]:
    """Yields the sessions at the same time, and those it would come before or after, other than their numbers say."""
    for each in others:
        if each.cancelled or each.number == would.number:
            continue
        day = Day(each.starts_at, zone)
        if each.starts_at < would.ends_at and would.starts_at < each.ends_at:
            yield text("typed.together", number=each.number, **session_hours(each, zone))
        elif each.number < would.number and would.starts_at < each.starts_at:
            yield text("typed.before", number=each.number, day=day)
        elif each.number > would.number and would.starts_at > each.starts_at:
            yield text("typed.after", number=each.number, day=day)


def _impact_lines(found: Affected, reach: Reach) -> Iterable[Value]:
    yield text("desk.told", n=reach.now + reach.later)
    yield from reach_lines(reach, "desk.now")
    yield text("desk.people", going=found.going, waiting=found.waiting, reminded=found.reminded)
    yield text("desk.corrected", n=found.delivered)


async def confirm_session_time(turn: Turn, number: str, moment: str, minutes: str, version: str) -> Reply:
    """Moves it, tells everybody, corrects what was said: all of it or nothing."""
    live = (await turn.live()).get(int(number))
    starts = datetime.fromtimestamp(int(moment) * 60, UTC)
    ends = starts + timedelta(minutes=int(minutes))
    if live is None or str(live.version) != version or starts <= turn.now or not _MINUTE <= ends - starts <= _LONGEST:
        return await _stale_button(turn, number)
    done = await _set_time(turn, live, starts, ends)
    return await _apply_consequences(turn, live, "session_moved", done=done)


async def _set_time(turn: Turn, live: LiveSession, starts: datetime, ends: datetime) -> bool:
    """Sets that time; where it is the programme's own, later versions of the programme may change it again."""
    planned = turn.cycle.session(live.number)
    is_planned = (starts, ends) == (planned.starts_at, planned.ends_at)
    change = live_programme.reset if is_planned else live_programme.move
    return await change(turn.tx, live.id, starts, ends, now=turn.now, expected=live.version)


async def _stale_button(turn: Turn, number: str) -> Reply:
    return replace(await sessions.show_session_card(turn, number), toast=text("desk.stale"))


async def _apply_consequences(turn: Turn, live: LiveSession, action: str, *, done: bool) -> Reply:
    """Does what follows from the change, in the transaction that made it; then wakes delivery and scheduler."""
    changed = await live_programme.by_id(turn.tx, live.id)
    if not done or changed is None:
        return await _stale_button(turn, str(live.number))
    await _keep_reason(turn, live, changed)
    reach = await split_change(turn.tx, live, changed, now=turn.now, zone=turn.cycle.zone)
    told = reach.now + reach.later
    done_for = await follow_up.follow_up(turn.tx, turn.cycle.key, changed, now=turn.now)
    await turn.note(action, session=live.number, messages=told + done_for.corrected)
    await dialogs.end(turn.tx, turn.person.id, TIME_DIALOG)
    card = await sessions.show_session_card(turn, str(live.number))
    corrected = (text("desk.done.corrected", n=done_for.corrected),) if done_for.corrected else ()
    happened = (text("desk.done.told", n=told), *reach_lines(reach, "desk.now"), *corrected)
    return replace(card, lines=(*happened, "", *card.lines))


def _session_after(turn: Turn, live: LiveSession, act: str) -> LiveSession | None:
    """Returns the session after that act; None where it makes no sense now."""
    planned = turn.cycle.session(live.number)
    match act:
        case "cancel" if not live.cancelled:
            return replace(live, cancelled=True) if turn.now < live.ends_at else None
        case "restore" if live.cancelled:
            return replace(live, cancelled=False) if turn.now < live.ends_at else None
        case "reset" if sessions.can_go_back(turn, live):
            return replace(live, starts_at=planned.starts_at, ends_at=planned.ends_at, cancelled=False)
        case _:
            return None


async def ask_session_action(turn: Turn, number: str, act: str) -> Reply:
    """Shows what calling off, restoring or resetting would mean; nothing is changed yet."""
    live = (await turn.live()).get(int(number))
    await dialogs.end(turn.tx, turn.person.id, TIME_DIALOG)  # a reason that was typed for another change
    if live is None:
        return replace(await sessions.show_session_card(turn, number), toast=text("desk.impossible"))
    return await _action_proposal(turn, live, act)


async def _action_proposal(turn: Turn, live: LiveSession, act: str) -> Reply:
    would = _session_after(turn, live, act)
    if would is None:
        return replace(await sessions.show_session_card(turn, str(live.number)), toast=text("desk.impossible"))
    yes = Button(text(f"desk.{act}.yes"), f"se:x:{live.number}:{act}:{live.version}")
    reason = await _typed_reason(turn, live)
    why = _reason_button(f"se:r:{live.number}:{act}", reason)
    lines = (*await _dry_run(turn, live, would), *_reason_lines(reason))
    return reply(*lines, keyboard=((yes,), why, _back_to_session(live.number)))


async def do_session_action(turn: Turn, number: str, act: str, version: str) -> Reply:
    """Does it, with everything that follows."""
    live = (await turn.live()).get(int(number))
    would = _session_after(turn, live, act) if live is not None else None
    if live is None or would is None or str(live.version) != version:
        return await _stale_button(turn, number)
    if act == "cancel":
        done = await live_programme.cancel(turn.tx, live.id, now=turn.now, expected=live.version)
    else:
        done = await _set_time(turn, live, would.starts_at, would.ends_at)
    return await _apply_consequences(turn, live, f"session_{act}", done=done)

"""The words for a session that has moved or is called off, and for somebody who was away meanwhile."""

from datetime import datetime

from changes import session_time
from db.delivery import outbox
from db.people import subscriptions
from db.programme import live_programme
from db.programme.live_programme import LiveSession
from knowledge.programme.cards import When, when_lines
from locales.reply import Button, Day, Hour, Keyboard, Reply, Value, reply, text
from reminders.delivery.outcome import Outcome
from reminders.messages.message_context import MessageContext, hold_back


async def write_move(writing: MessageContext) -> Reply | Outcome:
    """From when to when, where they are; nothing where they were told so already."""
    live = await _as_it_is(writing)
    if isinstance(live, Outcome):
        return live
    before = await session_time.last_version_told(writing.tx, writing.person.id, live)
    if before is None or (before.starts_at, before.cancelled) == (live.starts_at, live.cancelled):
        return Outcome(outbox.CANCELLED, reason="it is as they were told")
    soonest = min(live.starts_at, before.starts_at)
    return hold_back(writing, soonest) or reply(*_change(writing, live, before), keyboard=_buttons(live))


async def write_move_correction(writing: MessageContext) -> Reply | Outcome:
    """What takes the place of a message that said the old time."""
    live = await _as_it_is(writing)
    if isinstance(live, Outcome):
        return live
    said = await live_programme.earlier_versions(writing.tx, live.id)
    return reply(*_change(writing, live, said[-1] if said else live), keyboard=_buttons(live))


async def _as_it_is(writing: MessageContext) -> LiveSession | Outcome:
    live = await live_programme.by_id(writing.tx, writing.letter.session_id or 0)
    if live is None or live.version != writing.letter.payload["version"]:
        return Outcome(outbox.CANCELLED, reason="it was moved again")
    return live


def _change(writing: MessageContext, live: LiveSession, before: LiveSession) -> tuple[Value, ...]:
    title = text("reminder.title", title=writing.cycle.session(live.number).title)
    was: dict[str, Value] = {"day": Day(before.starts_at), "hour": Hour(before.starts_at)}
    if live.cancelled:
        return text("moved.cancelled", number=live.number), title, "", text("moved.planned", **was)
    when = When(live.starts_at, live.ends_at, writing.person.zone, writing.person.language)
    if before.cancelled:
        return text("moved.restored", number=live.number), title, "", *when_lines(writing.cycle, when)
    heading = text("moved.heading", number=live.number)
    return heading, title, "", text("moved.before", **was), text("moved.now"), *when_lines(writing.cycle, when)


def _buttons(live: LiveSession) -> Keyboard:
    return ((Button(text("reminder.details"), f"+s:{live.number}"),),)


async def write_digest(writing: MessageContext) -> Reply | Outcome:
    """One message of what matters now: the next session, and what has changed while they were away."""
    live = (await live_programme.programme(writing.tx, writing.cycle.key)).values()
    ahead = sorted((each for each in live if each.is_open(writing.now)), key=lambda each: each.starts_at)
    away_since = datetime.fromisoformat(writing.letter.payload["since"])
    changed = [each for each in live if each.changed_at is not None and each.changed_at >= away_since]
    if not ahead and not changed:
        return Outcome(outbox.CANCELLED, reason="nothing is ahead")
    on = await subscriptions.subscriptions_of_person(writing.tx, writing.person.id, writing.cycle.key)
    reminded = text("returned.reminders.on") if on else text("returned.reminders.off")
    lines = (*(_next(writing, each) for each in ahead[:1]), *(_changed(each) for each in changed), "", reminded)
    menu = Button(text("menu.sessions"), "+sessions"), Button(text("menu.reminders"), "+rem")
    return reply(text("returned.hello"), "", *lines, keyboard=(menu,))


def _next(writing: MessageContext, live: LiveSession) -> Value:
    title = writing.cycle.session(live.number).title
    return text("returned.next", number=live.number, title=title, day=Day(live.starts_at), hour=Hour(live.starts_at))


def _changed(live: LiveSession) -> Value:
    if live.cancelled:
        return text("returned.cancelled", number=live.number)
    return text("returned.moved", number=live.number, day=Day(live.starts_at), hour=Hour(live.starts_at))

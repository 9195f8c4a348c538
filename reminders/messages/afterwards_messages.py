"""Writes what comes after a session and the cycle: thanks with all that is there, a nudge, the survey, summaries."""

from collections.abc import Sequence

from changes import afterwards, summaries
from changes.afterwards import Ending
from db.delivery import outbox
from db.feedback import feedback_turns
from db.feedback.feedback_turns import WHOLE_CYCLE
from db.programme import live_programme
from db.programme.live_programme import LiveSession
from knowledge.programme.session_details import DetailField, SessionDetails, field_lines
from knowledge.summary.feedback_card import mark_buttons, question_lines
from knowledge.summary.summary import summary_buttons, summary_lines
from knowledge.time.zones import zone_label
from locales.reply import Button, Day, Hour, Keyboard, Reply, Value, reply, text
from reminders.messages.message_context import MessageContext, Outcome, hold_back_at_night, hold_back_until_day

# Outside of these hours nobody is thanked or asked, and nobody nudged, whatever their quiet hours are.
_NIGHT, _EVENING_AND_NIGHT = "21:00-08:00", "20:00-09:00"
_COMES_LATER: tuple[DetailField, ...] = ("recording", "materials")


async def write_after_session(context: MessageContext) -> Reply | Outcome:
    """Returns thanks, what there is of the session, the next one and the first tap; an Outcome where it is not wanted.

    What comes later is put into this same message; who asked to be told gets it as a message of its own.
    """
    ending = await _ending(context, outbox.AFTER)
    if isinstance(ending, Outcome):
        return ending
    if (later := hold_back_until_day(context, _NIGHT)) is not None:
        return later
    await feedback_turns.ask(context.tx, context.person.id, context.cycle.key, ending.number)
    return await after_session_reply(context, ending.live)


async def _ending(context: MessageContext, kind: str) -> Ending | Outcome:
    """Returns what the message is about, where it is still true and still wanted."""
    payload, cycle = context.message.payload, context.cycle.key
    found = afterwards.endings(await live_programme.programme(context.tx, cycle))
    ending = afterwards.ending_of(found, kind, payload["number"])
    is_true = ending is not None and (ending.number == WHOLE_CYCLE or ending.live.version == payload["version"])
    if ending is None or not is_true or context.now < ending.live.ends_at:
        return Outcome(outbox.CANCELLED, reason="the session was moved or called off")
    if not await afterwards.is_asked(context.tx, cycle, ending, context.person.id):
        return Outcome(outbox.CANCELLED, reason="no longer wanted")
    return ending


async def after_session_reply(context: MessageContext, live: LiveSession) -> Reply:
    """Returns the message as it reads with what is known now; without the question once it is answered."""
    state, _ = await feedback_turns.state_of(context.tx, context.person.id, context.cycle.key, live.number)
    unanswered = state in {None, feedback_turns.ASKED}
    following = await _next_session(context)
    question: tuple[Value, ...] = ("", *question_lines(live.number)) if unanswered else ()
    title = text("reminder.title", title=context.cycle.session(live.number).title)
    heading = (text("after.heading", number=live.number), title, "")
    known = _known_lines(context.visible_details)
    lines = (*heading, *known, "", *_next_lines(context, following), *question)
    marks = mark_buttons(live.number, fresh=True) if unanswered else ()
    certificate = await _certificate_row(context, live.number)
    others = _other_buttons(live.number, context.visible_details, following)
    return reply(*lines, keyboard=(*marks, *certificate, *others))


async def _certificate_row(context: MessageContext, number: int) -> Keyboard:
    """Returns the button to one's certificate, for who came, where the team has turned certificates on."""
    if context.cycle.certificate is None:
        return ()
    offered = await afterwards.is_certificate_offered(context.tx, context.cycle.key, number, context.person.id)
    return ((afterwards.certificate_button(),),) if offered else ()


def _known_lines(seen: SessionDetails) -> tuple[Value, ...]:
    missing = [each for each in _COMES_LATER if not seen.has(each)]
    known = [line for each in _COMES_LATER if seen.has(each) for line in field_lines(seen, each)]
    return (*known, text(f"after.missing.{'both' if len(missing) > 1 else missing[0]}")) if missing else tuple(known)


def _other_buttons(number: int, seen: SessionDetails, following: LiveSession | None) -> Keyboard:
    tell = [
        Button(text(f"after.tell.{each}"), f"+tell:{number}:{each}:on") for each in _COMES_LATER if not seen.has(each)
    ]
    ahead = [] if following is None else [Button(text("after.next.button", number=following.number), _card(following))]
    return tuple((each,) for each in (*tell, *ahead))


def _card(live: LiveSession) -> str:
    return f"+s:{live.number}"


async def _next_session(context: MessageContext) -> LiveSession | None:
    live = (await live_programme.programme(context.tx, context.cycle.key)).values()
    ahead = [each for each in live if each.is_open(context.now)]
    return min(ahead, key=lambda each: each.starts_at, default=None)


def _next_lines(context: MessageContext, following: LiveSession | None) -> Sequence[Value]:
    if following is None:
        return (text("after.last"),)
    zone, cycle = context.person.zone, context.cycle
    place = cycle.zone_name if zone is None else zone_label(zone, context.person.language)
    at, title = following.starts_at, cycle.session(following.number).title
    return (text("after.next", number=following.number, day=Day(at), hour=Hour(at), place=place, title=title),)


async def write_survey(context: MessageContext) -> Reply | Outcome:
    """Returns the survey at the end of the cycle, asked as after a session."""
    ending = await _ending(context, outbox.SURVEY)
    if isinstance(ending, Outcome):
        return ending
    if (later := hold_back_until_day(context, _NIGHT)) is not None:
        return later
    await feedback_turns.ask(context.tx, context.person.id, context.cycle.key, WHOLE_CYCLE)
    return reply(text("survey.heading"), "", *question_lines(WHOLE_CYCLE), keyboard=mark_buttons(WHOLE_CYCLE))


async def write_nudge(context: MessageContext) -> Reply | Outcome:
    """Returns the one nudge, by day, to who has not answered; an Outcome where they have meanwhile."""
    ending = await _ending(context, outbox.NUDGE)
    if isinstance(ending, Outcome):
        return ending
    if (later := hold_back_until_day(context, _EVENING_AND_NIGHT)) is not None:
        return later
    number = ending.number
    if not await feedback_turns.nudge(context.tx, context.person.id, context.cycle.key, number, now=context.now):
        return Outcome(outbox.CANCELLED, reason="they have answered")
    heading = text("nudge.heading", number=number) if number else text("nudge.cycle")
    return reply(heading, "", *question_lines(number), keyboard=mark_buttons(number))


async def write_summary(context: MessageContext) -> Reply | Outcome:
    """Returns the card of a summary as it is now; by day where the reader is."""
    number = int(context.message.payload["session"])
    if (later := hold_back_at_night(context)) is not None:
        return later
    live = await live_programme.programme(context.tx, context.cycle.key)
    summary = await summaries.find_summary(context.tx, context.cycle, live, number, now=context.now)
    if summary is None:
        return Outcome(outbox.CANCELLED, reason="the session was moved or called off")
    buttons = summary_buttons(number, sentences=context.person.team_role != "viewer")
    return reply(*summary_lines(summary), keyboard=buttons)

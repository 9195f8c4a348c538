"""Writes to two people who might meet: asks one about the other, and tells both of each other once both agree."""

from changes import practices
from db.delivery.outbox import CANCELLED
from db.practices import meetings
from locales.reply import Button, Day, Hour, Reply, reply, text
from reminders.messages.message_context import MessageContext, Outcome, hold_back_until_day

# Where the person is, whatever quiet hours they have chosen.
_NIGHT = "21:00-08:00"
# One reason for all: people read it in what they download, and it must not tell what the other one has answered.
_CANCELLED = Outcome(CANCELLED, reason="not wanted any more")


async def write_meeting(context: MessageContext) -> Reply | Outcome:
    """Returns the question, or the other one's card; an Outcome where one of the two is there no more."""
    payload, person = context.message.payload, context.person
    meeting = await meetings.get(context.tx, payload["meeting"], person.id)
    asks = payload["what"] == practices.ASKS
    if meeting is None or not await practices.is_there(context.tx, context.cycle.key, meeting, person.id):
        return _CANCELLED
    if asks and (meeting.until <= context.now or meeting.other_agreed is False or meeting.agreed is not None):
        return _CANCELLED
    if not asks and meeting.met_at is None:
        return _CANCELLED
    held = hold_back_until_day(context, _NIGHT)
    return held or (await _question(context, meeting) if asks else await _card(context, meeting))


async def _question(context: MessageContext, meeting: meetings.Meeting) -> Reply:
    mine = await meetings.wish_on(context.tx, context.cycle.key, context.person.id, meeting.objective)
    side, card = (mine.side, mine.card) if mine is not None else (meetings.SEEKS, "")
    short = context.cycle.objective(meeting.objective).short
    return reply(
        text(f"meet.asks.{side}", number=meeting.objective, short=short),
        "",
        text("meet.asks.how", card=card, day=Day(meeting.until), hour=Hour(meeting.until)),
        keyboard=(
            (Button(text("meet.agree"), f"me:a:{meeting.id}:on"),),
            (Button(text("meet.refuse"), f"me:a:{meeting.id}:off"),),
        ),
    )


async def _card(context: MessageContext, meeting: meetings.Meeting) -> Reply:
    theirs = await meetings.wish_on(context.tx, context.cycle.key, meeting.other_id or 0, meeting.objective)
    short = context.cycle.objective(meeting.objective).short
    return reply(
        text("meet.met", number=meeting.objective, short=short),
        "",
        theirs.card if theirs is not None else "",
        "",
        text("meet.met.next"),
        keyboard=((Button(text("meet.button"), "+me"), Button(text("button.menu"), "+menu")),),
    )

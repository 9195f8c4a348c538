"""What follows from a panel's questions: when one may ask, who moderates, who is told, and what is left afterwards."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from db.delivery import outbox
from db.engine.database import Tx
from db.panel import moderation, moderators, panel_votes
from db.panel.panel_questions import ANSWERED, PanelQuestion
from db.people import participants
from db.programme.live_programme import LiveSession
from db.team import team

# From then on a session's panel can be asked, until the session ends.
OPENS_BEFORE = timedelta(days=1)
# A moderator may still put a question while people say goodbye; what is left then is the team's.
GRACE = timedelta(minutes=15)


def opens_at(live: LiveSession) -> datetime:
    """Returns from when on its panel can be asked."""
    return live.starts_at - OPENS_BEFORE


def takes_questions(live: LiveSession, now: datetime) -> bool:
    """Returns whether its panel can be asked, and its questions voted for, at this moment."""
    return live.is_open(now) and opens_at(live) <= now


def asked_session(sessions: Collection[LiveSession], now: datetime) -> LiveSession | None:
    """Returns whose panel is meant where no session is named: of those that take questions, the first to begin."""
    taking = [each for each in sessions if takes_questions(each, now)]
    return min(taking, key=lambda each: each.starts_at, default=None)


async def moderating(tx: Tx, live: LiveSession, owners: Collection[int]) -> list[int]:
    """Returns the people who moderate that session and can be reached: organizers, and who was invited to it."""
    met = await team.organizers(tx, owners)
    invited = [each.id for each in await moderators.moderators_of_session(tx, live.id)]
    known = await participants.get_many(tx, sorted({*met, *invited}))
    return [number for number, person in known.items() if person.unreachable_since is None]


async def tell_of_first(tx: Tx, cycle: str, live: LiveSession, owners: Collection[int], *, now: datetime) -> None:
    """Tells the moderators once that questions have begun to come: from there on their card draws itself anew."""
    note = {"what": "panel", "session": live.number}
    await outbox.put_note(tx, f"panel/{cycle}/{live.number}", await moderating(tx, live, owners), note, now=now)


async def tell_declined(tx: Tx, question: PanelQuestion, *, now: datetime) -> None:
    """Tells who asked, kindly, that their question does not go to the panel."""
    subject = f"declined/{question.id}/{question.version}"
    await outbox.put_panel(tx, outbox.PANEL, subject, {question.participant_id: {"panel": question.id}}, now=now)


async def send_answer(tx: Tx, question: PanelQuestion, *, now: datetime) -> int:
    """Puts the written answer to who asked and who voted into the outbox, once each; returns to how many."""
    people = {*await panel_votes.followers(tx, [question.id]), question.participant_id}
    rows = {person: {"panel": question.id} for person in sorted(people)}
    await outbox.put_panel(tx, outbox.PANEL_ANSWER, f"panel/{question.id}", rows, now=now)
    return len(people)


async def send_inbox_answer(tx: Tx, subject: str, answer: int, inbox_ids: Sequence[int], *, now: datetime) -> None:
    """Puts the team's answer to a question that came from a panel to who voted for it there, once each."""
    voted = await moderation.panel_followers(tx, inbox_ids)
    rows = {person: {"answer": answer, "question": question} for person, question in voted.items()}
    await outbox.put_panel(tx, outbox.PANEL_ANSWER, subject, rows, now=now)


async def close(tx: Tx, cycle: str, live: LiveSession, owners: Collection[int], *, now: datetime) -> Sequence[int]:
    """Sends the written answers and moves what was not asked to the team's inbox; repeated, it does nothing more.

    Returns the numbers of the questions in the inbox.
    """
    for question in await moderation.answered_questions(tx, live.id):
        if question.state != ANSWERED:
            await moderation.set_state(tx, question, ANSWERED, now=now)
        await send_answer(tx, question, now=now)
    passed = await moderation.pass_on(tx, live.id, now=now)
    if passed:
        met = await team.organizers(tx, owners)
        note = {"what": "panel over", "session": live.number, "n": len(passed)}
        await outbox.put_note(tx, f"panel over/{cycle}/{live.number}/{passed[0]}", met, note, now=now)
    return passed


def is_over(live: LiveSession, now: datetime) -> bool:
    """Returns whether its panel is closed: the session, or the time that it was to take, has ended a while ago."""
    return now >= live.ends_at + GRACE

"""What follows from an offered practice, and from wishes to meet over an objective: who is told and who is asked."""

from collections.abc import Collection
from datetime import datetime

from db.delivery import outbox
from db.engine.database import Tx
from db.people import participants, registrations
from db.practices import meetings
from db.practices.meetings import Meeting, MeetingWish
from db.practices.offers import PracticeOffer
from db.team import team

ASKS, MET = "asks", "met"


def said(by: str, words: str, now: datetime) -> dict[str, str]:
    """Returns one line of the talk about an offer, as it is kept."""
    return {"by": by, "words": words, "at": now.isoformat()}


async def tell_team(tx: Tx, offer: PracticeOffer, owners: Collection[int], *, now: datetime) -> None:
    """Tells organizers who can be reached that an offer waits for them: sent, changed, or answered."""
    known = await participants.get_many(tx, await team.organizers(tx, owners))
    reachable = [number for number, person in known.items() if person.unreachable_since is None]
    note = {"what": "offer", "offer": offer.id}
    await outbox.put_note(tx, f"offer/{offer.id}/{offer.version}", reachable, note, now=now)


async def tell_person(tx: Tx, offer: PracticeOffer, *, now: datetime) -> None:
    """Tells who offered it what the team asks or has decided; by day, and as long as it stands."""
    what = {"offer": offer.id, "state": offer.state}
    subject = f"offer/{offer.id}/{offer.version}"
    await outbox.put_panel(tx, outbox.OFFER, subject, {offer.participant_id: what}, now=now)


async def match(tx: Tx, cycle: str, *, now: datetime) -> int:
    """Asks those who fit together about each other, the oldest wishes first; returns how many pairs."""
    await meetings.lock_wishes(tx, cycle)
    waiting, taken, pairs = await meetings.free_wishes(tx, cycle, now=now), set[int](), 0
    for place, one in enumerate(waiting):
        if one.participant_id in taken:
            continue
        for other in waiting[place + 1 :]:
            if _fit(one, other) and other.participant_id not in taken and not await _were_asked(tx, one, other):
                await _propose(tx, cycle, one, other, now=now)
                taken |= {one.participant_id, other.participant_id}
                pairs += 1
                break
    return pairs


def _fit(one: MeetingWish, other: MeetingWish) -> bool:
    same = one.objective == other.objective and one.side != other.side
    return same and one.participant_id != other.participant_id


async def _were_asked(tx: Tx, one: MeetingWish, other: MeetingWish) -> bool:
    return await meetings.were_asked(tx, one.participant_id, other.participant_id)


async def _propose(tx: Tx, cycle: str, one: MeetingWish, other: MeetingWish, *, now: datetime) -> None:
    people = (one.participant_id, other.participant_id)
    number = await meetings.propose(tx, cycle, one.objective, people, now=now)
    until = now + meetings.HOLDS
    await outbox.put_meeting(tx, f"{ASKS}/{number}", people, {"meeting": number, "what": ASKS}, now=now, until=until)


async def answer(tx: Tx, cycle: str, number: int, person: int, *, agreed: bool, now: datetime) -> Meeting | None:
    """Takes one's answer; where both have agreed and both are still there, both are told of each other.

    Returns the meeting as that person is concerned; None where it is none of theirs, or is over.
    """
    await meetings.lock(tx, number)
    meeting = await meetings.get(tx, number, person)
    if meeting is None or (meeting.met_at is None and meeting.until <= now):
        return None
    answered = await meetings.answer(tx, number, person, agreed=agreed)
    both = answered and agreed and meeting.other_agreed and await is_there(tx, cycle, meeting, person)
    if both and await meetings.mark_met(tx, number, now=now):
        people = (person, meeting.other_id or 0)
        told, until = {"meeting": number, "what": MET}, now + 2 * meetings.HOLDS
        await outbox.put_meeting(tx, f"{MET}/{number}", people, told, now=now, until=until)
    return await meetings.get(tx, number, person)


async def is_there(tx: Tx, cycle: str, meeting: Meeting, person: int) -> bool:
    """Returns whether both still wish it, are registered, and can be written to."""
    both = [person, meeting.other_id or 0]
    known = await participants.get_many(tx, both)
    for each in both:
        if each not in known or known[each].unreachable_since is not None:
            return False
        if await registrations.registration_of_person(tx, each, cycle) is None:
            return False
        if await meetings.wish_on(tx, cycle, each, meeting.objective) is None:
            return False
    return True

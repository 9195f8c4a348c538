"""What follows from an offered practice: who in the team is told, and what the person who offered it hears."""

from collections.abc import Collection
from datetime import datetime

from db.delivery import outbox
from db.engine.database import Tx
from db.people import participants
from db.practices.offers import PracticeOffer
from db.team import team


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

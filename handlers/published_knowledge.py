"""What can be answered now: the content pack, and what the team has published and accepted since."""

from dataclasses import dataclass, field

from db.engine.database import Tx
from db.practices import offers
from db.programme import knowledge_stamp
from db.programme.knowledge_stamp import ACCEPTED, Stamp
from db.questions import published
from knowledge.answering.answering import Answering
from knowledge.programme.offered_practices import practice_from_offer
from knowledge.search.team_answers import faq_from_entry


@dataclass
class PublishedKnowledge:
    """Asks the database before each answer whether anything was published, changed or removed, on whichever replica."""

    of_the_pack: Answering
    _stamp: Stamp = ()
    _answering: Answering | None = field(default=None)

    async def __call__(self, tx: Tx) -> Answering:
        """Returns the answering side as it is at this moment."""
        cycle = self.of_the_pack.cycle.key
        stamp = await knowledge_stamp.stamp(tx, cycle)
        if self._answering is None or stamp != self._stamp:
            self._answering = await self._read(tx, cycle, stamp)
            self._stamp = stamp
        return self._answering

    async def _read(self, tx: Tx, cycle: str, stamp: Stamp) -> Answering:
        if not stamp:
            return self.of_the_pack
        entries = [faq_from_entry(each) for each in await published.all_published(tx, cycle)]
        accepted = [practice_from_offer(each) for each in await offers.offers_in(tx, cycle, [ACCEPTED])]
        return self.of_the_pack.with_team(entries, accepted)

"""What can be answered now: the content pack, and what the team has published since."""

from dataclasses import dataclass, field

from db.engine.database import Tx
from db.questions import published
from db.questions.published import Stamp
from knowledge.answers.answering import Answering
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
        stamp = await published.version_stamp(tx, cycle)
        if self._answering is None or stamp != self._stamp:
            entries = await published.all_published(tx, cycle) if stamp else []
            self._answering = (
                self.of_the_pack.with_team([faq_from_entry(each) for each in entries]) if entries else self.of_the_pack
            )
            self._stamp = stamp
        return self._answering

"""Deletes what is no longer needed, and settles what has closed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from changes import practices, summaries
from db.announcements import announcements
from db.delivery import inbox
from db.engine.database import Database
from db.feedback import feedback
from db.panel import boards
from db.people import conversation_context, dialogs, participants
from db.practices import meetings, offers
from db.programme import live_programme
from db.questions import answers

_log = structlog.get_logger(__name__)

# Telegram repeats an update for 24 hours at most; twice that is enough to know it again.
_INBOX = timedelta(days=2)
# A registration that nobody has gone on with for that long is given up.
_DIALOGS = timedelta(days=30)
# A sentence that was written and not sent leads to its author as long as it is kept.
_SENTENCES = timedelta(days=1)


@dataclass
class Retention:
    """Keeps the promise of /privacy: deletes people's data some days after the cycle."""

    database: Database
    cycle: str
    days: int  # after the last session

    async def tidy(self, now: datetime) -> None:
        """Deletes old update ids, conversations and dialogs and, some days after the cycle, its people.

        Takes answers that still wait where no more can come into the figures.
        """
        kept = timedelta(days=self.days)
        async with self.database.transaction() as tx:
            await inbox.forget(tx, before=now - _INBOX)
            await conversation_context.forget(tx, before=now - conversation_context.REMEMBERED)
            await dialogs.forget(tx, before=now - _DIALOGS)
            await dialogs.forget(tx, before=now - _SENTENCES, name=feedback.DIALOG)
            live = await live_programme.programme(tx, self.cycle)
            await practices.match(tx, self.cycle, now=now)
            await summaries.count_closed(tx, self.cycle, live, now=now)  # so that they wait for nothing any more
            over = max((each.ends_at for each in live.values()), default=now)
            # Whoever came later, to read about a past cycle, is forgotten as long after they came.
            gone = 0
            if over + kept <= now:
                gone = await participants.forget(tx, first_seen_before=now - kept)
                await announcements.forget(tx, self.cycle)  # what was announced may name people
                await live_programme.forget_details(tx, self.cycle)  # so may panelists and materials
                await answers.forget(tx, self.cycle)  # so may an answer
                await feedback.forget_sentences(tx, self.cycle)  # so may a sentence
                await offers.forget(tx, self.cycle)  # so may an offered practice
                await meetings.forget(tx, self.cycle)
                await boards.forget(tx, self.cycle)  # so may a question to a panel
        if gone:
            _log.info("forgotten, as promised", participants=gone)

"""One turn of talk: who, what they said, now, and the transaction it happens in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from db import programme
from db.database import Tx
from db.participants import Participant
from db.programme import LiveSession
from knowledge.cards import When
from knowledge.cycle import Cycle
from knowledge.lead import Lead
from knowledge.places import Places
from locales.localized import Language


@dataclass(frozen=True, slots=True)
class House:
    """What every feature may look at; built once, in bot/app.py."""

    cycle: Cycle
    places: Places
    leads: tuple[Lead, ...]
    contact: str  # where to ask about data; "" when the operator gave none
    retention_days: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What a feature is given."""

    house: House
    person: Participant
    now: datetime
    tx: Tx
    words: str = ""  # what they typed; never shown without escaping, never logged

    @property
    def cycle(self) -> Cycle:
        """The content."""
        return self.house.cycle

    @property
    def language(self) -> Language:
        """The person's."""
        return self.person.language

    async def live(self) -> Mapping[int, LiveSession]:
        """The programme as it stands now, by session number."""
        return await programme.programme(self.tx, self.cycle.key)

    def when(self, live: LiveSession) -> When:
        """That session's time, for this person."""
        return When(live.starts_at, live.ends_at, self.person.zone, self.person.language)

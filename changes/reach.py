"""Splits an audience into those whom a message reaches now, later (after a night or a pause), and not at all."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from changes.announcements import GOOD_FOR, DueMoment
from db.announcements.audiences import AudienceGroup
from knowledge.time.holding import TIME_TO_READ, held_back


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people and groups: at their moment, after a night, after a pause; not while they pause, blocked."""

    now: int = 0
    night: int = 0
    paused: int = 0
    never: int = 0
    blocked: int = 0

    @property
    def later(self) -> int:
        """Returns how many get it after their night or their pause."""
        return self.night + self.paused


def split_announcement(groups: Iterable[AudienceGroup], due: Sequence[DueMoment], zone: str) -> Reach:
    """Splits an announcement's audience at the moments when it is due; `zone` is that of who has told none.

    Who is of the team gets it first, whatever the hour. Whom the bot cannot reach is counted as blocked.
    """
    moments = {each: moment.at for moment in due for each in moment.zones or ()}
    found = Counter[str]()
    for each in groups:
        there = each.zone or zone
        at = moments.get(there, due[0].at)
        found[_outcome(each, at, there)] += each.people
    return Reach(**found)


def _outcome(group: AudienceGroup, at: datetime, zone: str) -> str:
    if group.blocked:
        return "blocked"
    if group.team:
        return "now"
    held = held_back(at, zone, group.quiet, group.paused_until, at + GOOD_FOR - TIME_TO_READ)
    return held.why if held is not None else "now"

"""The people who talk to us: their language and their time zone, nothing more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, delete, func, literal, select, tuple_, update

from db.engine.database import Tx, insert_into
from db.tables import participants, team
from locales.localized import Language

COLUMNS = (
    participants.c.id,
    participants.c.telegram_id,
    participants.c.language,
    participants.c.zone,
    participants.c.unreachable_since,
    participants.c.quiet,
    participants.c.paused_until,
    team.c.role,
)
# Their place in the team comes with them: it costs no statement of its own.
_PEOPLE = select(*COLUMNS).join_from(
    participants, team, and_(team.c.participant_id == participants.c.id, team.c.removed_at.is_(None)), isouter=True
)
# Built once, with bound names: 206 us a lookup on aiosqlite instead of 375, building included.
# See also db/people/person_context.py.
_FOUND = _PEOPLE.where(participants.c.telegram_id == bindparam("whom"))
_GOT = _PEOPLE.where(participants.c.id == bindparam("whom"))


@dataclass(frozen=True, slots=True)
class Participant:
    """One person; `zone` is an IANA name, or None while they have not told it."""

    id: int
    telegram_id: int
    language: Language
    zone: str | None
    unreachable_since: datetime | None
    quiet: str  # hours without reminders where they are, as "22:00-07:00"; "" for none
    paused_until: datetime | None
    team_role: str | None = None  # as the table has it; what they may is turn.role

    @property
    def is_group(self) -> bool:
        """Whether it is a group's chat: Telegram gives those negative numbers."""
        return self.telegram_id < 0


async def find(tx: Tx, telegram_id: int) -> Participant | None:
    """The person with that Telegram id, if we have met."""
    row = (await tx.execute(_FOUND, {"whom": telegram_id})).one_or_none()
    return Participant(*row) if row else None


async def get(tx: Tx, participant_id: int) -> Participant | None:
    """The person in that row, if they have not been deleted since."""
    row = (await tx.execute(_GOT, {"whom": participant_id})).one_or_none()
    return Participant(*row) if row else None


async def get_many(tx: Tx, participant_ids: Sequence[int]) -> Mapping[int, Participant]:
    """Those people by the number of their row."""
    rows = await tx.execute(_PEOPLE.where(participants.c.id.in_(participant_ids)))
    return {row.id: Participant(*row) for row in rows}


async def meet(tx: Tx, telegram_id: int, *, language: Language, now: datetime) -> Participant:
    """The person, met now if never before; whoever writes to us can be written to again."""
    person = await find(tx, telegram_id)
    if person is None:
        person = await _first_contact(tx, telegram_id, language, now)
    elif person.unreachable_since is not None:
        await set_reachable(tx, telegram_id, now=None)
    return person


async def _first_contact(tx: Tx, telegram_id: int, language: Language, now: datetime) -> Participant:
    await add(tx, {telegram_id: language}, now=now)
    person = await find(tx, telegram_id)
    assert person is not None, "a row just written can be read"  # noqa: S101 - a fact of the transaction
    return person


async def add(tx: Tx, languages: Mapping[int, Language], *, now: datetime) -> None:
    """Writes down those people (Telegram id to language) in one statement; who is there already stays as they are."""
    # In order: two replicas that add the same people must not wait for each other in a circle.
    rows = [{"telegram_id": each, "language": languages[each], "first_seen_at": now} for each in sorted(languages)]
    await tx.execute(insert_into(tx, participants).on_conflict_do_nothing(), rows)


async def meet_organizer(tx: Tx, telegram_id: int, *, now: datetime) -> Participant:
    """Somebody of the team, in Spanish until they write themselves; unlike meet(), it makes nobody reachable again."""
    return await find(tx, telegram_id) or await _first_contact(tx, telegram_id, "es", now)


async def highest_id(tx: Tx) -> int:
    """The highest number of a row: there are no more people than that."""
    return (await tx.execute(select(func.max(participants.c.id)))).scalar_one() or 0


async def zones_and_quiet_hours(tx: Tx) -> list[tuple[str | None, str]]:
    """The zones (None: not told) and quiet hours that there are.

    From one to the next through the index, not through everybody: a million people are a handful of zones.
    """
    zone, quiet = participants.c.zone, participants.c.quiet
    found: list[tuple[str | None, str]] = []
    untold = select(zone, quiet).where(zone.is_(None)).order_by(quiet).limit(1)
    told = select(zone, quiet).where(zone.is_not(None)).order_by(zone, quiet).limit(1)
    for first, beyond in ((untold, _quieter), (told, _further)):
        row = (await tx.execute(first)).one_or_none()
        while row is not None:
            found.append((row.zone, row.quiet))
            row = (await tx.execute(beyond(first, row.zone, row.quiet))).one_or_none()
    return found


def _quieter(places: Select[Any], _zone: str | None, quiet: str) -> Select[Any]:
    return places.where(participants.c.quiet > quiet)


def _further(places: Select[Any], zone: str, quiet: str) -> Select[Any]:
    return places.where(tuple_(participants.c.zone, participants.c.quiet) > tuple_(literal(zone), literal(quiet)))


async def set_language(tx: Tx, participant_id: int, language: Language) -> None:
    """They chose a language."""
    await tx.execute(update(participants).where(participants.c.id == participant_id).values(language=language))


async def set_zone(tx: Tx, participant_id: int, zone: str) -> None:
    """They told where they are; `zone` is an IANA name."""
    await tx.execute(update(participants).where(participants.c.id == participant_id).values(zone=zone))


async def set_quiet(tx: Tx, participant_id: int, quiet: str) -> None:
    """When no reminder should come, as "22:00-07:00" where they are; "" for never."""
    await tx.execute(update(participants).where(participants.c.id == participant_id).values(quiet=quiet))


async def pause(tx: Tx, participant_id: int, until: datetime) -> None:
    """No reminder that is due before that moment; a pause that ends now leaves what it kept back unsaid."""
    await tx.execute(update(participants).where(participants.c.id == participant_id).values(paused_until=until))


async def set_reachable(tx: Tx, telegram_id: int, *, now: datetime | None) -> None:
    """Marks them unreachable since `now` (they blocked the bot), or reachable again with None."""
    await tx.execute(
        update(participants).where(participants.c.telegram_id == telegram_id).values(unreachable_since=now)
    )


async def remove(tx: Tx, telegram_id: int) -> None:
    """Deletes the row with that Telegram id with all that is its own, as of a group that took us out."""
    await tx.execute(delete(participants).where(participants.c.telegram_id == telegram_id))


async def change_telegram_id(tx: Tx, telegram_id: int, new_id: int) -> None:
    """A group has got another number; what it had under the old one is its own under the new one."""
    if await find(tx, telegram_id) is not None:
        await remove(tx, new_id)
        await tx.execute(
            update(participants).where(participants.c.telegram_id == telegram_id).values(telegram_id=new_id)
        )


async def forget(tx: Tx, *, first_seen_before: datetime) -> int:
    """Deletes those people with all that is theirs (reminders, conversations, messages); how many."""
    gone = delete(participants).where(participants.c.first_seen_at < first_seen_before)
    return (await tx.execute(gone)).rowcount

"""The people who talk to us: looked up with all that a turn needs to know of them, changed, and deleted for good.

Who asked to be deleted leaves a tombstone: a keyed hash of their Telegram id, no personal data. It keeps an old backup
from bringing anybody back.
What preload_contexts() gains (`benchmarks first`): 1.3 ms of processor for each person of a hall instead of 2.3.
What the prebuilt statements gain: 243 us a context on aiosqlite instead of 830 with building it.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Select, and_, bindparam, delete, exists, func, literal, select, tuple_, update

from db import tables as t
from db.engine.database import Tx, insert_into
from db.people import conversation_context, dialogs
from db.people.conversation_context import REMEMBERED, Talk
from db.people.dialogs import DialogState
from db.tables import participants, team, tombstones
from db.tables import secrets as secrets_table
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


_KEY, _KEY_BYTES = "tombstones", 32
_known_keys: "WeakKeyDictionary[Engine, bytes]" = WeakKeyDictionary()
_KEY_VALUE = select(secrets_table.c.value).where(secrets_table.c.name == _KEY)
_ANY_MARK = select(tombstones.c.mark).where(tombstones.c.mark.in_(bindparam("whose", expanding=True))).limit(1)
_DELETED_AT = select(tombstones.c.deleted_at).where(tombstones.c.mark == bindparam("whose"))


async def _key(tx: Tx) -> bytes:
    """Made once, at the first need, and kept here: without it the marks tell nothing."""
    engine = tx.engine.sync_engine
    if engine in _known_keys:
        return _known_keys[engine]
    found = (await tx.execute(_KEY_VALUE)).scalar_one_or_none()
    if found is None:
        made = {"name": _KEY, "value": secrets.token_hex(_KEY_BYTES)}
        await tx.execute(insert_into(tx, secrets_table).values(made).on_conflict_do_nothing())
        return bytes.fromhex((await tx.execute(_KEY_VALUE)).scalar_one())
    # It never changes: one that was found, not just made, is remembered.
    return _known_keys.setdefault(engine, bytes.fromhex(found))


async def create_deletion_key(tx: Tx) -> None:
    """Makes the key at the first start, so that every backup holds it."""
    await _key(tx)


async def delete_for_good(tx: Tx, telegram_id: int, *, now: datetime) -> str:
    """Deletes that person with all that is theirs, for good; gives the mark that stays."""
    mark = _mark(await _key(tx), telegram_id)
    await tx.execute(delete(participants).where(participants.c.telegram_id == telegram_id))
    await record_deletions(tx, [(mark, now)])
    return mark


def _mark(key: bytes, telegram_id: int) -> str:
    return hmac.new(key, str(telegram_id).encode(), hashlib.sha256).hexdigest()


async def record_deletions(tx: Tx, marks: Iterable[tuple[str, datetime]]) -> None:
    """Marks of deletions, here or read from the log of a database that is lost; the latest of each counts."""
    for mark, deleted_at in marks:
        put = insert_into(tx, tombstones).values(mark=mark, deleted_at=deleted_at)
        later = put.on_conflict_do_update(
            index_elements=["mark"], set_={"deleted_at": deleted_at}, where=tombstones.c.deleted_at < deleted_at
        )
        await tx.execute(later)


async def deletion_mark(tx: Tx, telegram_id: int) -> str:
    """The mark that person's deletion leaves, or would leave."""
    return _mark(await _key(tx), telegram_id)


async def any_deleted(tx: Tx, telegram_ids: Iterable[int]) -> bool:
    """Whether any of them was ever deleted."""
    key = await _key(tx)
    marks = [_mark(key, each) for each in telegram_ids]
    return (await tx.execute(_ANY_MARK, {"whose": marks})).first() is not None


async def enforce_deletion(tx: Tx, telegram_id: int) -> datetime | None:
    """When that person was deleted last, if ever; what is older is removed again on the way."""
    mark = await deletion_mark(tx, telegram_id)
    moment = (await tx.execute(_DELETED_AT, {"whose": mark})).scalar_one_or_none()
    if moment is not None:
        older = delete(participants).where(
            participants.c.telegram_id == telegram_id, participants.c.first_seen_at < moment
        )
        await tx.execute(older)
    return moment


async def delete_restored(tx: Tx) -> int:
    """Deletes whom a restored backup brought back; how many."""
    marks = {row.mark: row.deleted_at for row in await tx.execute(select(tombstones.c.mark, tombstones.c.deleted_at))}
    if not marks:
        return 0
    key = await _key(tx)
    people = await tx.execute(select(participants.c.id, participants.c.telegram_id, participants.c.first_seen_at))
    back = [
        row.id
        for row in people
        if (moment := marks.get(_mark(key, row.telegram_id))) is not None and row.first_seen_at < moment
    ]
    for number in back:
        await tx.execute(delete(participants).where(participants.c.id == number))
    return len(back)


@dataclass(frozen=True, slots=True)
class PersonContext:
    """How things stood when a turn began."""

    person: Participant
    deleted_at: datetime | None  # when who had this number was deleted last
    dialog: DialogState | None  # the conversation that goes on
    talk: Talk | None  # what was talked about within the last minutes
    decided: bool  # whether they have ever been asked what they allow


_PERSON, _DIALOG, _TALK = len(COLUMNS), len(dialogs.COLUMNS), len(conversation_context.COLUMNS)
_TELEGRAM_ID = COLUMNS.index(t.participants.c.telegram_id)
_CONTEXT = (
    select(
        *COLUMNS,
        *dialogs.COLUMNS,
        *conversation_context.COLUMNS,
        t.talks.c.updated_at,
        t.tombstones.c.deleted_at,
        exists().where(t.consents.c.participant_id == t.participants.c.id),
    )
    .select_from(t.participants)
    .outerjoin(t.team, and_(t.team.c.participant_id == t.participants.c.id, t.team.c.removed_at.is_(None)))
    .outerjoin(t.dialogs, and_(t.dialogs.c.participant_id == t.participants.c.id, t.dialogs.c.rests.is_(False)))
    .outerjoin(t.talks, t.talks.c.participant_id == t.participants.c.id)
    .outerjoin(t.tombstones, t.tombstones.c.mark == bindparam("mark"))
)
_ONE_CONTEXT = _CONTEXT.where(t.participants.c.telegram_id == bindparam("whom"))
_MANY_CONTEXTS = _CONTEXT.where(t.participants.c.telegram_id.in_(bindparam("whom", expanding=True)))
_FEWEST_PRELOADED = 2  # people
# What was looked up ahead, for who answers many in one transaction. Each is used once, at the beginning of its turn.
_preloaded: "WeakKeyDictionary[Tx, dict[int, Sequence[Any]]]" = WeakKeyDictionary()


async def preload_contexts(tx: Tx, languages: Mapping[int, Language], *, now: datetime) -> None:
    """Looks at all of these people (Telegram id to language) at once, so that at() finds them; adds who is new.

    A hall that writes for the first time costs four statements for all instead of four a person. Does nothing for one
    person, or where any of them was ever deleted: whether they may be added again depends on what they said.
    """
    if len(languages) < _FEWEST_PRELOADED or await any_deleted(tx, languages):
        return
    found = await _context_rows(tx, languages)
    if new := {each: language for each, language in languages.items() if each not in found}:
        await add(tx, new, now=now)
        found |= await _context_rows(tx, new)
    _preloaded[tx] = found


async def _context_rows(tx: Tx, telegram_ids: Iterable[int]) -> dict[int, Sequence[Any]]:
    rows = await tx.execute(_MANY_CONTEXTS, {"whom": list(telegram_ids), "mark": ""})
    return {row[_TELEGRAM_ID]: row for row in rows}


async def load_context(tx: Tx, telegram_id: int, *, now: datetime) -> PersonContext | None:
    """That person as they are now; None for somebody we have not met."""
    row: Sequence[Any] | None = _preloaded.get(tx, {}).pop(telegram_id, None)
    if row is None:
        mark = await deletion_mark(tx, telegram_id)
        row = (await tx.execute(_ONE_CONTEXT, {"whom": telegram_id, "mark": mark})).first()
    return None if row is None else _context_of_row(row, now)


def _context_of_row(row: Sequence[Any], now: datetime) -> PersonContext:
    values: list[Any] = list(row)
    dialog, talk = values[_PERSON : _PERSON + _DIALOG], values[_PERSON + _DIALOG : -3]
    talked_at, deleted_at, decided = values[-3:]
    return PersonContext(
        Participant(*values[:_PERSON]),
        deleted_at,
        DialogState(*dialog) if dialog[0] is not None else None,
        Talk(*talk) if talked_at is not None and talked_at > now - REMEMBERED else None,
        bool(decided),
    )

"""Announcements of the team: a body in each language, and the state that each announcement is in."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from db.engine.database import Tx, insert_into, note_change
from db.tables import announcement_bodies, announcements
from locales.localized import LANGUAGES, Language

DRAFT, ASKING, RUNNING, PAUSED, HALTED = "draft", "asking", "running", "paused", "halted"
STOPPED, DONE, RECALLED = "stopped", "done", "recalled"
# How far it has been let go.
HOLD, TEAM, SHARE, EVERYBODY = "hold", "team", "share", "everybody"
# When: at once, at one moment for all, at each one's 09:00.
NOW, AT, NINE = "now", "at", "nine"
# On its way, whether it moves or not; and where nothing more leaves.
ON_ITS_WAY = frozenset({RUNNING, PAUSED, HALTED})
OVER = frozenset({STOPPED, DONE, RECALLED})


@dataclass(frozen=True, slots=True)
class Body:
    """The words in one language, as Telegram's HTML; a picture or file; link buttons."""

    html: str
    media: tuple[str, str] | None = None  # its kind, and its number in Telegram
    buttons: tuple[tuple[str, str], ...] = ()  # label, address


@dataclass(frozen=True, slots=True)
class Announcement:
    """One announcement, as it is now."""

    id: int
    cycle: str
    author_id: int | None
    state: str
    stage: str
    run: int
    audience: Mapping[str, Any]
    way: str
    moment: datetime | None
    starts_at: datetime | None
    amended_at: datetime | None
    amendment: int
    forgiven: int
    shown: str | None
    bodies: Mapping[Language, Body] = field(default_factory=dict)  # in the order of LANGUAGES

    def language_for(self, language: Language) -> Language:
        """Returns the language in which somebody who speaks that one gets it: it, or else the first that there is."""
        return language if language in self.bodies else next(iter(self.bodies))

    def body(self, language: Language) -> Body:
        """Returns the body in that language, or else in the first that there is."""
        return self.bodies[self.language_for(language)]


_NAMES = (
    "id", "cycle", "author_id", "state", "stage", "run", "audience", "way",
    "moment", "starts_at", "amended_at", "amendment", "forgiven", "shown",
)  # fmt: skip
_COLUMNS = [announcements.c[name] for name in _NAMES]


async def create_draft(tx: Tx, cycle: str, author: int, audience: Mapping[str, Any], *, now: datetime) -> int:
    """Inserts a draft without a body; returns its number."""
    row = {"cycle": cycle, "author_id": author, "state": DRAFT, "stage": HOLD, "run": 0, "audience": dict(audience)}
    row |= {"way": NOW, "created_at": now, "changed_at": now, "amendment": 0, "forgiven": 0}
    return int((await tx.execute(insert(announcements).values(**row).returning(announcements.c.id))).scalar_one())


async def get(tx: Tx, number: int, *, lock: bool = False) -> Announcement | None:
    """Returns that announcement with its bodies; `lock`: nobody else changes it until this transaction ends."""
    wanted = select(*_COLUMNS).where(announcements.c.id == number)
    row = (await tx.execute(wanted.with_for_update() if lock else wanted)).one_or_none()
    return (await _with_bodies(tx, [row]))[0] if row is not None else None


async def get_many(tx: Tx, numbers: Collection[int]) -> Mapping[int, Announcement]:
    """Returns the announcements of these numbers that exist, by number."""
    rows = (await tx.execute(select(*_COLUMNS).where(announcements.c.id.in_(numbers)))).all()
    return {each.id: each for each in await _with_bodies(tx, rows)}


async def latest(tx: Tx, cycle: str, *, limit: int) -> list[Announcement]:
    """Returns the announcements that were changed last, the newest first."""
    wanted = select(*_COLUMNS).where(announcements.c.cycle == cycle)
    rows = (await tx.execute(wanted.order_by(announcements.c.changed_at.desc(), announcements.c.id.desc()))).fetchmany(
        limit
    )
    return await _with_bodies(tx, rows)


# Built once: it runs with each planning.
_OPEN = select(announcements.c.id).where(announcements.c.open).order_by(announcements.c.id)


async def open_ids(tx: Tx) -> list[int]:
    """Returns the numbers of those where something is still to happen by itself, oldest first."""
    return [row.id for row in await tx.execute(_OPEN)]


async def _with_bodies(tx: Tx, rows: "Sequence[Row[Any]]") -> list[Announcement]:
    ids = [row.id for row in rows]
    found = await tx.execute(select(announcement_bodies).where(announcement_bodies.c.announcement_id.in_(ids)))
    bodies: dict[int, dict[Language, Body]] = {}
    for each in found:
        bodies.setdefault(each.announcement_id, {})[each.language] = body_of(each)
    return [Announcement(**row._mapping, bodies=_in_order(bodies.get(row.id, {}))) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name


def body_of(row: "Row[Any]") -> Body:
    """Returns the body that a row keeps in the columns html, media and buttons."""
    media = (str(row.media[0]), str(row.media[1])) if row.media else None
    return Body(row.html, media, tuple((label, url) for label, url in row.buttons))


def body_columns(body: Body) -> dict[str, Any]:
    """Returns the columns html, media and buttons that keep a body."""
    media = list(body.media) if body.media else None
    return {"html": body.html, "media": media, "buttons": [list(each) for each in body.buttons]}


def _in_order(bodies: Mapping[Language, Body]) -> dict[Language, Body]:
    return {code: bodies[code] for code in LANGUAGES if code in bodies}


async def set_body(tx: Tx, number: int, language: Language, body: Body, *, now: datetime) -> None:
    """Sets the body in that language, whatever it was before."""
    values = body_columns(body)
    statement = insert_into(tx, announcement_bodies).values({"announcement_id": number, "language": language, **values})
    await tx.execute(statement.on_conflict_do_update(index_elements=["announcement_id", "language"], set_=values))
    await tx.execute(update(announcements).where(announcements.c.id == number).values(changed_at=now))


async def change_if(
    tx: Tx, number: int, among_states: Collection[str], /, *, now: datetime | None = None, **values: object
) -> bool:
    """Changes it if it is in one of those states; returns False where somebody was faster.

    `now`: somebody of the team changes it, and the announcer is woken; None where the announcer itself does.
    """
    statement = update(announcements).where(announcements.c.id == number, announcements.c.state.in_(among_states))
    changed = values if now is None else {"changed_at": now, **values}
    done = (await tx.execute(statement.values(**changed))).rowcount == 1
    if done and now is not None:
        note_change(tx, "announcements")
    return done


async def delete_draft(tx: Tx, number: int) -> bool:
    """Deletes it where it is a draft; returns whether it was."""
    statement = delete(announcements).where(announcements.c.id == number, announcements.c.state == DRAFT)
    return (await tx.execute(statement)).rowcount == 1


async def forget(tx: Tx, cycle: str) -> None:
    """Deletes every announcement of that cycle."""
    await tx.execute(delete(announcements).where(announcements.c.cycle == cycle))

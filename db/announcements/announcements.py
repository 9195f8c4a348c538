"""What the team tells many: drafts with a body a language, and in which state each is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from db.engine.changes import note_change
from db.engine.database import Tx, insert_into
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
    """One of them, as it stands."""

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
    bodies: Mapping[Language, Body] = field(default_factory=dict)  # in the house's order of languages

    def body(self, language: Language) -> Body:
        """In that language, or else in the first that there is."""
        return self.bodies.get(language) or next(iter(self.bodies.values()))


_NAMES = (
    "id", "cycle", "author_id", "state", "stage", "run", "audience", "way",
    "moment", "starts_at", "amended_at", "amendment", "forgiven", "shown",
)  # fmt: skip
_COLUMNS = [announcements.c[name] for name in _NAMES]


async def create_draft(tx: Tx, cycle: str, author: int, audience: Mapping[str, Any], *, now: datetime) -> int:
    """A new draft, still without words; its number."""
    row = {"cycle": cycle, "author_id": author, "state": DRAFT, "stage": HOLD, "run": 0, "audience": dict(audience)}
    row |= {"way": NOW, "created_at": now, "changed_at": now, "amendment": 0, "forgiven": 0}
    return int((await tx.execute(insert(announcements).values(**row).returning(announcements.c.id))).scalar_one())


async def get(tx: Tx, number: int, *, lock: bool = False) -> Announcement | None:
    """That announcement with its words; `lock`: nobody else changes it until this transaction ends."""
    wanted = select(*_COLUMNS).where(announcements.c.id == number)
    row = (await tx.execute(wanted.with_for_update() if lock else wanted)).one_or_none()
    return (await _with_bodies(tx, [row]))[0] if row is not None else None


async def get_many(tx: Tx, numbers: Collection[int]) -> Mapping[int, Announcement]:
    """Those of them that there are."""
    rows = (await tx.execute(select(*_COLUMNS).where(announcements.c.id.in_(numbers)))).all()
    return {each.id: each for each in await _with_bodies(tx, rows)}


async def latest(tx: Tx, cycle: str, *, limit: int) -> list[Announcement]:
    """The last that anybody touched, the newest first."""
    wanted = select(*_COLUMNS).where(announcements.c.cycle == cycle)
    rows = (await tx.execute(wanted.order_by(announcements.c.changed_at.desc(), announcements.c.id.desc()))).fetchmany(
        limit
    )
    return await _with_bodies(tx, rows)


async def open_ids(tx: Tx) -> list[int]:
    """The numbers of those where something is still to happen by itself, oldest first."""
    rows = await tx.execute(select(announcements.c.id).where(announcements.c.open).order_by(announcements.c.id))
    return [row.id for row in rows]


async def _with_bodies(tx: Tx, rows: "Sequence[Row[Any]]") -> list[Announcement]:
    ids = [row.id for row in rows]
    found = await tx.execute(select(announcement_bodies).where(announcement_bodies.c.announcement_id.in_(ids)))
    bodies: dict[int, dict[Language, Body]] = {}
    for each in found:
        media = (str(each.media[0]), str(each.media[1])) if each.media else None
        buttons = tuple((label, url) for label, url in each.buttons)
        bodies.setdefault(each.announcement_id, {})[each.language] = Body(each.html, media, buttons)
    return [Announcement(**row._mapping, bodies=_in_order(bodies.get(row.id, {}))) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name


def _in_order(bodies: Mapping[Language, Body]) -> dict[Language, Body]:
    return {code: bodies[code] for code in LANGUAGES if code in bodies}


async def set_body(tx: Tx, number: int, language: Language, body: Body, *, now: datetime) -> None:
    """The words in that language, whatever they were before."""
    media, buttons = list(body.media) if body.media else None, [list(each) for each in body.buttons]
    values: dict[str, Any] = {"html": body.html, "media": media, "buttons": buttons}
    put = insert_into(tx, announcement_bodies).values({"announcement_id": number, "language": language, **values})
    await tx.execute(put.on_conflict_do_update(index_elements=["announcement_id", "language"], set_=values))
    await tx.execute(update(announcements).where(announcements.c.id == number).values(changed_at=now))


async def delete_body(tx: Tx, number: int, language: Language) -> None:
    """No words in that language."""
    mine = announcement_bodies.c.announcement_id == number
    await tx.execute(delete(announcement_bodies).where(mine, announcement_bodies.c.language == language))


async def change_if(
    tx: Tx, number: int, among_states: Collection[str], /, *, now: datetime | None = None, **values: object
) -> bool:
    """Changes it if it is in one of those states; returns False where somebody was faster.

    `now`: somebody of the team changes it, and what lets announcements go is told; None where that itself does.
    """
    mine = update(announcements).where(announcements.c.id == number, announcements.c.state.in_(among_states))
    changed = values if now is None else {"changed_at": now, **values}
    done = (await tx.execute(mine.values(**changed))).rowcount == 1
    if done and now is not None:
        note_change(tx, "announcements")
    return done


async def delete_draft(tx: Tx, number: int) -> bool:
    """Deletes a draft; what was sent is kept."""
    mine = delete(announcements).where(announcements.c.id == number, announcements.c.state == DRAFT)
    return (await tx.execute(mine)).rowcount == 1


async def forget(tx: Tx, cycle: str) -> None:
    """Deletes every announcement of that cycle: it is long over."""
    await tx.execute(delete(announcements).where(announcements.c.cycle == cycle))

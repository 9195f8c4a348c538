"""Remembers what people ask the panel of a session: asked, read, taken back."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, insert, nulls_last, select, update

from db.engine.database import Tx, note_change
from db.tables import panel_questions, panel_screens, panel_votes, sessions
from locales.localized import Language

Shown = Literal["nobody", "country", "name"]
WAITING, APPROVED, MERGED, ASKED = "waiting", "approved", "merged", "asked"
ANSWERED, DECLINED, WITHDRAWN = "answered", "declined", "withdrawn"
# Not asked when the session ended: in the team's inbox from there on.
PASSED_ON = "passed_on"
OPEN = (WAITING, APPROVED)
ON_THE_LIST = (APPROVED, ASKED, ANSWERED)
# A person may have that many of a session open; more would bury the others'.
MOST_OPEN = 5


@dataclass(frozen=True, slots=True)
class NewPanelQuestion:
    """What somebody asks, exactly as they confirmed it."""

    session_id: int
    participant_id: int
    words: str
    language: Language
    shown: Shown
    label: str


@dataclass(frozen=True, slots=True)
class PanelQuestion:
    """One question to a panel, with its votes counted; nothing of who voted."""

    id: int
    session_id: int
    participant_id: int
    words: str
    language: Language
    shown: Shown
    label: str  # the name, the country's code, or ""
    state: str
    merged_into: int | None
    place: int | None
    answer: str | None
    answer_language: Language | None
    translations: Mapping[Language, str]
    asked_at: datetime
    changed_at: datetime
    version: int
    votes: int

    def words_in(self, language: Language) -> str:
        """Returns the words as somebody of that language reads them: the team's translation, else the original."""
        return self.words if language == self.language else self.translations.get(language, self.words)

    def is_original_in(self, language: Language) -> bool:
        """Returns whether that reader sees words in another language than theirs."""
        return language != self.language and language not in self.translations


_target = panel_questions.alias("target")
# The question that spoke for it may have gone with its person: then it waits again.
LOST = and_(
    panel_questions.c.state == MERGED,
    ~exists(select(_target.c.id).where(_target.c.id == panel_questions.c.merged_into)),
)
_VOTES = (
    select(func.count())
    .where(panel_votes.c.question_id == panel_questions.c.id)
    .correlate(panel_questions)
    .scalar_subquery()
)
_STATE = case((LOST, WAITING), else_=panel_questions.c.state)
_COLUMNS: tuple[ColumnElement[Any], ...] = (
    panel_questions.c.id,
    panel_questions.c.session_id,
    panel_questions.c.participant_id,
    panel_questions.c.words,
    panel_questions.c.language,
    panel_questions.c.shown,
    panel_questions.c.label,
    _STATE.label("state"),
    panel_questions.c.merged_into,
    panel_questions.c.place,
    panel_questions.c.answer,
    panel_questions.c.answer_language,
    panel_questions.c.translations,
    panel_questions.c.asked_at,
    panel_questions.c.changed_at,
    panel_questions.c.version,
    _VOTES.label("votes"),
)
_ORDER = (nulls_last(panel_questions.c.place), _VOTES.desc(), panel_questions.c.id)


async def ask(tx: Tx, asked: NewPanelQuestion, *, now: datetime) -> int:
    """Inserts a question that waits for a moderator; returns its number. Whoever calls asks count_open() first."""
    begins = {"state": WAITING, "translations": {}, "asked_at": now, "changed_at": now, "version": 1}
    row = {**asdict(asked), **begins}
    note_change(tx, "panel")
    return int((await tx.execute(insert(panel_questions).values(row).returning(panel_questions.c.id))).scalar_one())


async def count_open(tx: Tx, session_id: int, participant_id: int) -> int:
    """Returns how many of that person's questions to that panel are open."""
    mine = panel_questions.c.session_id == session_id, panel_questions.c.participant_id == participant_id
    counted = select(func.count()).where(*mine, panel_questions.c.state.in_(OPEN))
    return int((await tx.execute(counted)).scalar_one())


async def count_answered(tx: Tx, session_ids: Collection[int]) -> tuple[int, int]:
    """Returns how many questions those panels were asked, without what was taken back, and how many were answered.

    One that was merged is answered together with the one that speaks for it.
    """
    state = func.coalesce(_target.c.state, panel_questions.c.state)
    spoken_for = panel_questions.c.merged_into == _target.c.id
    counted = select(state, func.count()).join_from(panel_questions, _target, spoken_for, isouter=True)
    asked = (panel_questions.c.session_id.in_(session_ids), panel_questions.c.state != WITHDRAWN)
    by_state = {row[0]: row[1] for row in await tx.execute(counted.where(*asked).group_by(state))}
    return sum(by_state.values()), by_state.get(ANSWERED, 0)


_BY_ID = select(*_COLUMNS).where(panel_questions.c.id == bindparam("question"))


async def get(tx: Tx, number: int) -> PanelQuestion | None:
    """Returns that question; None where it has gone with its person."""
    row = (await tx.execute(_BY_ID, {"question": number})).one_or_none()
    return PanelQuestion(*row) if row else None


async def questions_of_session(tx: Tx, session_id: int, states: Collection[str]) -> list[PanelQuestion]:
    """Returns the questions in those states, in the moderators' order, then by votes; what waits as it was asked."""
    order = (panel_questions.c.id,) if set(states) == {WAITING} else _ORDER
    wanted = select(*_COLUMNS).where(panel_questions.c.session_id == session_id, _STATE.in_(states))
    return [PanelQuestion(*row) for row in await tx.execute(wanted.order_by(*order))]


_SHOWN = and_(panel_questions.c.session_id == panel_screens.c.session_id, _STATE.in_((APPROVED, ASKED)))
_ON_SCREENS = (
    select(panel_screens.c.session_id, panel_screens.c.version, sessions.c.number, *_COLUMNS)
    .join_from(panel_screens, sessions)
    .outerjoin(panel_questions, _SHOWN)
    .where(panel_screens.c.open)
    .order_by(panel_screens.c.session_id, *_ORDER)
)


async def questions_on_screens(tx: Tx) -> Mapping[tuple[int, int, int], list[PanelQuestion]]:
    """Returns what every open page shows, by its session's row, its link's version and its session's number.

    In one statement: pages are read several times a second, while a crowd keeps the process busy.
    """
    found: dict[tuple[int, int, int], list[PanelQuestion]] = {}
    for session_id, version, number, *question in await tx.execute(_ON_SCREENS):
        shown = found.setdefault((session_id, version, number), [])
        if question[0] is not None:
            shown.append(PanelQuestion(*question))
    return found


async def questions_of_person(tx: Tx, session_id: int, participant_id: int) -> list[PanelQuestion]:
    """Returns what that person asked that panel, the newest first; without what they took back."""
    mine = panel_questions.c.session_id == session_id, panel_questions.c.participant_id == participant_id
    wanted = select(*_COLUMNS).where(*mine, panel_questions.c.state != WITHDRAWN)
    return [PanelQuestion(*row) for row in await tx.execute(wanted.order_by(panel_questions.c.id.desc()))]


async def withdraw(tx: Tx, number: int, participant_id: int, *, now: datetime) -> bool:
    """Takes back an open question of that person, with its words; returns False where it is not open any more."""
    mine = panel_questions.c.id == number, panel_questions.c.participant_id == participant_id
    taken = update(panel_questions).where(*mine, panel_questions.c.state.in_((*OPEN, MERGED)))
    gone: dict[str, Any] = {
        "state": WITHDRAWN,
        "words": "",
        "label": "",
        "translations": {},
        "merged_into": None,
        "place": None,
    }
    changed = taken.values(**gone, changed_at=now, version=panel_questions.c.version + 1)
    if (await tx.execute(changed)).rowcount != 1:
        return False
    # What was merged into it must not go with it: it waits for a moderator again.
    freed = update(panel_questions).where(panel_questions.c.merged_into == number, panel_questions.c.state == MERGED)
    back = {"state": WAITING, "merged_into": None, "changed_at": now, "version": panel_questions.c.version + 1}
    await tx.execute(freed.values(back))
    note_change(tx, "panel")
    return True


# Built once: they run with each look at the boards and the screens.
_IN_SESSIONS = panel_questions.c.session_id.in_(bindparam("session_ids", expanding=True))
_VOTES_OF_EACH = (
    select(panel_questions.c.session_id, func.count().label("votes"))
    .join_from(panel_votes, panel_questions, panel_votes.c.question_id == panel_questions.c.id)
    .where(_IN_SESSIONS)
    .group_by(panel_questions.c.session_id)
)
_ASKED_OF_EACH = (
    select(
        panel_questions.c.session_id,
        func.count(),
        func.sum(panel_questions.c.version),
        func.max(panel_questions.c.id),
    )
    .where(_IN_SESSIONS)
    .group_by(panel_questions.c.session_id)
)


async def stamps(tx: Tx, session_ids: Collection[int]) -> Mapping[int, tuple[int, ...]]:
    """Returns for each of those sessions numbers that change with any change of its panel: cheap to read."""
    some = {"session_ids": list(session_ids)}
    voted = {row[0]: row[1] for row in await tx.execute(_VOTES_OF_EACH, some)}
    return {row[0]: (*map(int, row[1:]), voted.get(row[0], 0)) for row in await tx.execute(_ASKED_OF_EACH, some)}

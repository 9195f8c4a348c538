"""What is kept about someone: shown, handed over as a file, deleted for good."""

import json
from dataclasses import replace
from datetime import datetime

import structlog

from db.people import my_data, participants
from handlers.participant.keyboards import home_row
from handlers.participant.registration import my_registration
from handlers.participant.registration.registration_form import registration_summary
from handlers.participant.reminders.subscriptions import quiet_lines
from handlers.turn import Turn
from locales.reply import Button, Day, Document, Hour, Keyboard, Reply, Value, reply, text

_log = structlog.get_logger(__name__)

_FORMAT = "ciclo/1"
_MARK_SHOWN = 8
# The press that deletes; tapped twice, the second one finds nobody, and meets nobody either.
DELETE_PRESS = "data:del:yes"
# What is shown as a number of things; everything in full is in the file.
COUNTED = (
    "subscriptions", "calendar_entries", "questions", "detail_asks", "outbox", "dialogs", "talks", "consents", "team",
    "audit", "feedback_turns", "presences", "attendance_tries", "certificates", "panel_questions", "panel_votes",
    "moderators", "panel_boards", "practice_offers",
    "meeting_wishes", "meeting_answers",
)  # fmt: skip
# The rest is the registration, shown with its answers and sessions.
SHOWN_IN_FULL = ("registrations", "attendances")


async def show_my_data(turn: Turn) -> Reply:
    """Shows what is kept, in the chat (/mydata)."""
    kept = await my_data.export_person(turn.tx, turn.person.id)
    answers = await my_registration.registration_answers(turn)
    registered = () if answers is None else ("", text("mine.heading"), *registration_summary(answers))
    counted = [text(f"data.{name}", n=len(kept[name])) for name in COUNTED if kept[name]]
    met = text("data.since", day=Day(datetime.fromisoformat(kept["participants"][0]["first_seen_at"])))
    return reply(
        text("data.heading"),
        *_identity_lines(turn),
        met,
        *quiet_lines(turn),
        *counted,
        *registered,
        keyboard=_data_buttons(),
    )


def _identity_lines(turn: Turn) -> tuple[Value, ...]:
    language = text(f"language.name.{turn.language}")
    zone = text("data.zone", zone=turn.person.zone) if turn.person.zone else text("data.no_zone")
    return text("data.telegram", id=str(turn.person.telegram_id)), text("data.language", language=language), zone


def _data_buttons() -> Keyboard:
    export = (Button(text("data.export"), "data:file"),)
    delete = (Button(text("data.delete"), "data:del"),)
    return (export, delete, (Button(text("ask.privacy"), "privacy"), *home_row()))


async def export_my_data(turn: Turn) -> Reply:
    """Sends all of it as a JSON file."""
    kept = await my_data.export_person(turn.tx, turn.person.id)
    whole = {"format": _FORMAT, "made_at": turn.now.isoformat(), **kept}
    content = json.dumps(whole, ensure_ascii=False, indent=2).encode()
    answer = reply(text("data.file"), keyboard=((Button(text("data.delete"), "+data:del"),),))
    return replace(answer, document=Document("ciclo.json", lambda _say: content), fresh=True)


async def ask_to_delete_data(_turn: Turn) -> Reply:
    """Asks for a second tap, the last one."""
    yes = (Button(text("data.delete.yes"), DELETE_PRESS),)
    return reply(text("data.delete.ask"), keyboard=(yes, (Button(text("data.delete.no"), "data"),)))


async def delete_my_data(turn: Turn) -> Reply:
    """Deletes everything, at once and for good; the receipt says when."""
    await my_registration.leave_all_sessions(turn)
    if turn.role != "owner" and turn.person.team_role is not None:
        turn.menus[turn.person.telegram_id] = None  # their place in the team goes, too
    mark = await participants.delete_for_good(turn.tx, turn.person.telegram_id, now=turn.now)
    # No personal data: whoever restores a backup older than this can have it deleted again (docs/operations).
    _log.info("deleted at their wish", mark=mark, deleted_at=turn.now.isoformat())
    moment: dict[str, Value] = {"day": Day(turn.now), "hour": Hour(turn.now), "mark": mark[:_MARK_SHOWN]}
    return reply(text("data.deleted", **moment), keyboard=((Button(text("data.start"), "+menu"),),))

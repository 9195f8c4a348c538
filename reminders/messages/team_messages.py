"""Writes what goes between people and the team: announcements, questions and answers, notes to organizers."""

from collections.abc import Mapping
from typing import Any

from db.announcements import announcement_deliveries
from db.announcements.announcement_deliveries import NOT_ALLOWED, NOT_CONCERNED, STOPPED, TAKEN_BACK
from db.announcements.announcements import DRAFT, OVER, RECALLED, RUNNING, Announcement
from db.announcements.audiences import SERVICE
from db.delivery.outbox import ANNOUNCEMENT, CANCELLED, HELD
from db.questions import answers, questions
from knowledge.programme.announcement_card import build_announcement, build_card
from knowledge.programme.answer_card import build_answer_card, build_letter
from locales.localized import Language
from locales.reply import Button, Keyboard, Reply, reply, text
from reminders.messages.message_context import MessageContext, Outcome, hold_back, hold_back_at_night
from reminders.messages.offer_messages import write_offer_note
from reminders.messages.panel_messages import write_panel_note


def _announcement(context: MessageContext) -> Announcement | None:
    return context.render_context.announcements.get(context.message.payload["announcement"])


async def write_announcement(context: MessageContext) -> Reply | Outcome:
    """Returns its body in their language; an Outcome where it was paused or stopped meanwhile."""
    announcement, person = _announcement(context), context.person
    if announcement is None or announcement.state in {DRAFT, *OVER} or not announcement.bodies:
        is_recalled = announcement is not None and announcement.state == RECALLED
        return Outcome(CANCELLED, reason=TAKEN_BACK if is_recalled else STOPPED)
    if announcement.state != RUNNING:
        return Outcome(HELD)
    if context.message.payload.get("team"):
        return build_announcement(announcement.body(person.language))
    consent = (person.id, announcement.audience.get("consent"))
    if announcement.audience.get("who") == SERVICE:
        if not (person.is_group or context.is_concerned):
            return Outcome(CANCELLED, reason=NOT_CONCERNED)
    elif not person.is_group and consent not in context.render_context.announcement_consents:
        return Outcome(CANCELLED, reason=NOT_ALLOWED)
    return hold_back(context) or build_announcement(announcement.body(person.language))


async def write_correction(context: MessageContext) -> Reply | Outcome:
    """Returns the announcement as it is now; it replaces the message that arrived."""
    announcement = _announcement(context)
    if announcement is None or announcement.state == RECALLED or not announcement.bodies:
        return Outcome(CANCELLED, reason="taken back")
    return build_announcement(announcement.body(context.message.language or context.person.language))


def language_of_words(context: MessageContext) -> Language | None:
    """Returns in which language an announcement's words are for this person now; None of its card and the like."""
    announcement = _announcement(context)
    is_written = context.message.kind == ANNOUNCEMENT and announcement is not None
    return announcement.language_for(context.person.language) if is_written and announcement is not None else None


async def write_nothing(_context: MessageContext) -> Reply | Outcome:
    """Returns an empty reply: the message that arrived is deleted."""
    return reply()


async def write_progress_card(context: MessageContext) -> Reply | Outcome:
    """Returns the card that shows how an announcement's delivery goes, as it is when it first appears."""
    announcement = _announcement(context)
    if announcement is None or announcement.state == DRAFT:
        return Outcome(CANCELLED, reason="undone")
    counts = await announcement_deliveries.delivery_counts(context.tx, announcement.id, now=context.now)
    return build_card(announcement, counts, starts_at=announcement.starts_at)


def _open_card(number: int) -> Keyboard:
    return ((Button(text("announce.open"), f"+an:{number}"),),)


async def write_note(context: MessageContext) -> Reply | Outcome:
    """Returns what organizers are told unasked: of reminders, announcements, corrections, panels, refusals."""
    note = dict(context.message.payload)
    if note.get("what") == "offer":
        return write_offer_note(note)
    return write_panel_note(note) if str(note.get("what")).startswith("panel") else _team_note(note)


def _team_note(note: Mapping[str, Any]) -> Reply:
    match note.get("what"):
        case "missed":
            return reply(text("note.missed", n=note["people"], number=note["session"]))
        case "announcement done":
            unknown = note.get("unknown", 0)
            lines = [text("note.announced", number=note["number"])]
            lines += [text("note.unknown", n=unknown)] if unknown else []
            return reply(*lines, keyboard=_open_card(note["number"]))
        case "announcement halted":
            return reply(text("note.halted", number=note["number"]), keyboard=_open_card(note["number"]))
        case "announcement asking":
            asking = text("note.asking", number=note["number"], n=note["people"])
            return reply(asking, keyboard=_open_card(note["number"]))
        case "correction asking":
            language = text(f"language.name.{note['language']}")
            see = Button(text("correction.see"), f"+ac:{note['correction']}")
            asking = text("note.correction", number=note["number"], language=language, n=note["people"])
            return reply(asking, keyboard=((see,),))
        case _:
            return reply(text("note.refused", reason=str(note.get("reason", ""))))


async def write_question(context: MessageContext) -> Reply | Outcome:
    """Returns what somebody asked the team, in their own words and nothing of who they are."""
    question = await questions.get(context.tx, context.message.payload["question"])
    if question is None or question.state != questions.OPEN:
        return Outcome(CANCELLED, reason="the question is gone or answered")
    heading = text("question.heading", number=question.id, language=text(f"language.name.{question.language}"))
    see = Button(text("inbox.see"), f"+qs:{question.id}")
    return reply(heading, "", question.words, keyboard=((see,),))


async def write_letter(context: MessageContext) -> Reply | Outcome:
    """Returns what the team wrote to this one person; kept back in the night. A pause of reminders does not hold it."""
    return hold_back_at_night(context) or build_letter(str(context.message.payload["html"]))


async def write_answer(context: MessageContext) -> Reply | Outcome:
    """Returns the answer to their question; kept back in the night. A pause of reminders does not hold it back."""
    answer = await answers.get(context.tx, context.message.payload["answer"])
    question = await questions.get(context.tx, context.message.payload["question"])
    if answer is None or answer.state == answers.DRAFT or question is None:
        return Outcome(CANCELLED, reason="the question is gone")
    return hold_back_at_night(context) or build_answer_card(question.words, question.language, answer.bodies)

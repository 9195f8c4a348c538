"""Takes the words of an announcement: of a draft, or new ones for what has left."""

import html
import re
from dataclasses import replace

from db.announcements import announcements
from db.announcements.announcements import Announcement, Body
from db.people import dialogs
from handlers.organizer.announcements import announce, announcement_draft, correction
from handlers.turn import Turn
from locales.localized import Language
from locales.reply import Button, Reply, Value, reply, text
from locales.telegram_length import LONGEST_CAPTION, LONGEST_TEXT, telegram_length, without_markup

_MOST_LINKS = 8
_LINK = re.compile(r"(\S.{0,60}?)\s+[-–—]\s+(https?://[^\s/.]+\.[^\s]+)")


async def announcement_input(turn: Turn) -> Reply:
    """Takes the words, the picture, the file or the moment that was asked for."""
    state = await dialogs.get(turn.tx, turn.person.id, announce.DIALOG)
    if state is None:
        return await announce.show_announcements(turn)
    announcement = await announcements.get(turn.tx, int(state.answers["id"]), lock=True)
    if announcement is None:
        return await announce.show_announcements(turn)
    if state.step == "when":
        return await announcement_draft.set_typed_time(turn, announcement)
    return await _save_text(turn, announcement, state.answers["language"])


async def _save_text(turn: Turn, announcement: Announcement, code: Language) -> Reply:
    if not announce.is_writable(announcement, code):
        return await announce.open_announcement(turn, str(announcement.id))
    written, before = parse_body(turn.html, turn.media), announcement.bodies.get(code)
    corrects = announcement.state != announcements.DRAFT
    body = _joined(written, before)
    if (problem := _body_problem(body, announcement if corrects else None, code)) is not None:
        return reply(problem, keyboard=((Button(text("button.back"), f"an:{announcement.id}"),),))
    await dialogs.rest(turn.tx, turn.person.id)
    if corrects:
        return await correction.begin_correction(turn, announcement, code, body)
    await announcements.set_body(turn.tx, announcement.id, code, body, now=turn.now)
    card = await announce.open_announcement(turn, str(announcement.id))
    notes = _replacement_lines(written, before, code)
    return replace(card, lines=(*notes, "", *card.lines)) if notes else card


def _joined(written: Body, before: Body | None) -> Body:
    """Returns what was sent with what stays of the body before it: a picture, its words, and link buttons."""
    if before is None:
        return written
    stays = written.html or before.html
    return Body(stays, written.media or before.media, written.buttons or before.buttons)


def _replacement_lines(written: Body, before: Body | None, code: Language) -> list[Value]:
    """Returns what takes the place of what was there, and what of it stays; nothing for the first words."""
    if before is None:
        return []
    language = text(f"language.name.{code}")
    lines: list[Value] = [text("announce.replaced", language=language)] if written.html and before.html else []
    if before.media:
        lines.append(text("announce.replaced.media" if written.media else "announce.kept.media"))
    if written.media and before.html and not written.html:
        lines.append(text("announce.kept.words"))
    if before.buttons and not written.buttons:
        lines.append(text("announce.kept.buttons", labels=_labels(before)))
    elif before.buttons and written.buttons != before.buttons:
        lines.append(text("announce.replaced.buttons", labels=_labels(before)))
    return lines


def _labels(body: Body) -> str:
    return ", ".join(label for label, _ in body.buttons)


async def remove_from_draft(turn: Turn, id: str, code: str, field: str) -> Reply:  # noqa: A002 - as in the button's address
    """Takes the picture or file, or the link buttons, away from the draft in that language."""
    announcement = await announcements.get(turn.tx, int(id), lock=True)
    body = announcement.bodies.get(code) if announcement is not None else None  # type: ignore[call-overload] # any code
    if announcement is None or body is None or announcement.state != announcements.DRAFT or not body.html:
        return await announce.open_announcement(turn, id)
    left = replace(body, media=None) if field == "media" else replace(body, buttons=())
    await dialogs.rest(turn.tx, turn.person.id)
    await announcements.set_body(turn.tx, announcement.id, code, left, now=turn.now)  # type: ignore[arg-type] # one of its own
    return await announce.open_announcement(turn, id)


def parse_body(written: str, media: tuple[str, str] | None) -> Body:
    """Reads the words as they were formatted; lines "Label - https://…" at their end become buttons."""
    lines = written.rstrip().split("\n")
    links: list[tuple[str, str]] = []
    while lines and "<" not in lines[-1] and (match := _LINK.fullmatch(html.unescape(lines[-1].strip()))):
        links.insert(0, (match[1], match[2]))
        lines.pop()
    return Body("\n".join(lines).rstrip(), media, tuple(links))


def _body_problem(body: Body, corrected: Announcement | None, code: Language) -> Value | None:
    length = telegram_length(without_markup(body.html))
    most = LONGEST_CAPTION if body.media else LONGEST_TEXT
    if not body.html and not body.media:
        return text("announce.empty")
    if length > most:
        return text("announce.long.media" if body.media else "announce.long", count=length, most=most)
    if len(body.buttons) > _MOST_LINKS:
        return text("announce.links", most=_MOST_LINKS)
    if corrected is not None and body.media != corrected.bodies[code].media:
        return text("announce.media.stays")
    return None

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

_MOST_SIGNS, _MOST_UNDER_MEDIA, _MOST_LINKS = 4096, 1024, 8
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
    body = parse_body(turn.html, turn.media)
    corrects = announcement.state != announcements.DRAFT
    if corrects and turn.media is None:  # the picture stays, what stands under it changes
        body = replace(body, media=announcement.bodies[code].media)
    if (problem := _body_problem(body, announcement if corrects else None, code)) is not None:
        return reply(problem, keyboard=((Button(text("button.back"), f"an:{announcement.id}"),),))
    await dialogs.rest(turn.tx, turn.person.id)
    if corrects:
        return await correction.begin_correction(turn, announcement, code, body)
    await announcements.set_body(turn.tx, announcement.id, code, body, now=turn.now)
    return await announce.open_announcement(turn, str(announcement.id))


def parse_body(written: str, media: tuple[str, str] | None) -> Body:
    """Reads the words as they were formatted; lines "Label - https://…" at their end become buttons."""
    lines = written.rstrip().split("\n")
    links: list[tuple[str, str]] = []
    while lines and "<" not in lines[-1] and (match := _LINK.fullmatch(html.unescape(lines[-1].strip()))):
        links.insert(0, (match[1], match[2]))
        lines.pop()
    return Body("\n".join(lines).rstrip(), media, tuple(links))


def _body_problem(body: Body, corrected: Announcement | None, code: Language) -> Value | None:
    length = len(html.unescape(re.sub(r"<[^>]+>", "", body.html)).encode("utf-16-le")) // 2
    most = _MOST_UNDER_MEDIA if body.media else _MOST_SIGNS
    if not body.html and not body.media:
        return text("announce.empty")
    if length > most:
        return text("announce.long", count=length, most=most)
    if len(body.buttons) > _MOST_LINKS:
        return text("announce.links", most=_MOST_LINKS)
    if corrected is not None and body.media != corrected.bodies[code].media:
        return text("announce.media.stays")
    return None

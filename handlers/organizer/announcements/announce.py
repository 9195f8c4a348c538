"""/announce: lists announcements, takes their texts in each language, previews and deletes drafts, shows deliveries."""

import html
import re
from dataclasses import replace

from db.announcements import announcement_deliveries, announcements
from db.announcements.announcements import ON_ITS_WAY, Announcement, Body
from db.announcements.audiences import Audience
from db.delivery.outbox import AMENDMENT, RECALL
from db.people import dialogs
from db.team.team import suffices
from handlers.organizer.announcements import announcement_draft, correction
from handlers.participant.keyboards import home_row
from handlers.participant.registration.consent import PURPOSES
from handlers.turn import Turn
from knowledge.programme.announcement_card import FollowUpCounts, build_announcement, build_card
from locales.localized import Language
from locales.reply import Button, Keyboard, Reply, Value, reply, text

# The conversation in which words, or a moment, are waited for; it keeps which, never the words.
DIALOG = "announce"
_LISTED = 8
# Telegram's limits after entities are parsed. Source: https://core.telegram.org/bots/api
_MOST_SIGNS, _MOST_UNDER_MEDIA, _MOST_LINKS = 4096, 1024, 8
_LINK = re.compile(r"(\S.{0,60}?)\s+[-–—]\s+(https?://[^\s/.]+\.[^\s]+)")


async def delivery_status_card(turn: Turn, announcement: Announcement) -> Reply:
    """Shows the card as it is now; pause, stop and recall only to who may use them."""
    counted = await announcement_deliveries.delivery_counts(turn.tx, announcement.id, now=turn.now)
    later = await announcement_deliveries.next_not_before(turn.tx, announcement.id, now=turn.now)
    afterwards = FollowUpCounts(
        await announcement_deliveries.change_counts(turn.tx, announcement, AMENDMENT),
        await announcement_deliveries.change_counts(turn.tx, announcement, RECALL),
    )
    answer = build_card(announcement, counted, starts_at=announcement.starts_at, later=later, afterwards=afterwards)
    brakes: Keyboard = answer.keyboard if suffices(turn.role, "organizer") else ()
    look = Button(text("announce.preview.button"), f"an:p:{announcement.id}")
    again = Button(text("announce.refresh"), f"an:{announcement.id}")
    return Reply(answer.lines, (*brakes, (look, again), (Button(text("announce.button"), "an"),)))


async def show_announcements(turn: Turn, words: str = "") -> Reply:  # noqa: ARG001 - /announce anything is /announce
    """Shows the last announcements, and offers organizers a new one (/announce)."""
    found = await announcements.latest(turn.tx, turn.cycle.key, limit=_LISTED)
    lines: list[Value] = [text("announce.heading"), ""]
    lines += [_announcement_line(each) for each in found] or [text("announce.none")]
    cards = tuple((Button(text("announce.open.one", number=each.id), f"an:{each.id}"),) for each in found)
    new: Keyboard = ((Button(text("announce.new"), "an:new"),),) if suffices(turn.role, "organizer") else ()
    return reply(*lines, keyboard=(*new, *cards, home_row()))


def _announcement_line(announcement: Announcement) -> Value:
    return text("announce.line", number=announcement.id, state=text(f"announce.state.{announcement.state}"))


async def new_announcement(turn: Turn) -> Reply:
    """Begins a draft, and asks for its first words, in the language of who writes it."""
    consent = next(each.version for each in PURPOSES if each.key == "announcements")
    audience = Audience(consent=consent).to_json()
    number = await announcements.create_draft(turn.tx, turn.cycle.key, turn.person.id, audience, now=turn.now)
    await turn.note("draft", announcement=number)
    return await ask_text(turn, str(number), turn.language)


async def open_announcement(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Shows a draft with what can be done about it; an announcement that was sent with how far it is."""
    announcement = await announcements.get(turn.tx, int(id))
    if announcement is None:
        return replace(await show_announcements(turn), toast=text("announce.gone"))
    if announcement.state in {announcements.DRAFT, announcements.ASKING}:
        return await announcement_draft.draft_card(turn, announcement)
    return await delivery_status_card(turn, announcement)


async def ask_text(turn: Turn, id: str, code: Language) -> Reply:  # noqa: A002 - as in the button's address
    """Asks for the words in that language, of a draft or corrected ones: what is sent next."""
    announcement = await announcements.get(turn.tx, int(id))
    if announcement is None or not _writable(announcement, code):
        return await open_announcement(turn, id)
    await dialogs.begin(turn.tx, turn.person.id, DIALOG, "body", now=turn.now, id=announcement.id, language=code)
    language = text(f"language.name.{code}")
    asks = "announce.ask.corrected" if announcement.state != announcements.DRAFT else "announce.ask"
    back = ((Button(text("button.back"), f"an:{announcement.id}"),),)
    return reply(text(asks, language=language), "", text("announce.ask.how"), keyboard=back)


def _writable(announcement: Announcement, code: str) -> bool:
    """Returns whether that language can be written.

    A draft can in every language; what is on its way, or arrived, only where somebody has read it.
    """
    if announcement.state == announcements.DRAFT:
        return True
    return (
        announcement.state in {*ON_ITS_WAY, announcements.DONE, announcements.STOPPED} and code in announcement.bodies
    )


async def announcement_input(turn: Turn) -> Reply:
    """Takes the words, the picture, the file or the moment that was asked for."""
    state = await dialogs.get(turn.tx, turn.person.id, DIALOG)
    if state is None:
        return await show_announcements(turn)
    announcement = await announcements.get(turn.tx, int(state.answers["id"]), lock=True)
    if announcement is None:
        return await show_announcements(turn)
    if state.step == "when":
        return await announcement_draft.set_typed_time(turn, announcement)
    return await _save_text(turn, announcement, state.answers["language"])


async def _save_text(turn: Turn, announcement: Announcement, code: Language) -> Reply:
    if not _writable(announcement, code):
        return await open_announcement(turn, str(announcement.id))
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
    return await open_announcement(turn, str(announcement.id))


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


async def preview_announcement(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Shows it exactly as it arrives, in each language that was written; the draft's card comes last."""
    announcement = await announcements.get(turn.tx, int(id))
    if announcement is None or not announcement.bodies:
        return await open_announcement(turn, id)
    last = replace(await open_announcement(turn, id), fresh=True)
    for code, body in reversed(list(announcement.bodies.items())):
        heading = reply(text("announce.preview", language=text(f"language.name.{code}")))
        last = replace(heading, then=replace(build_announcement(body), then=last), fresh=True)
    return last


async def delete_draft(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Deletes a draft."""
    if await announcements.delete_draft(turn.tx, int(id)):
        await dialogs.end(turn.tx, turn.person.id, DIALOG)
        await turn.note("dropped", announcement=int(id))
    return await show_announcements(turn)

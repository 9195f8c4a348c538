"""/announce: lists announcements, takes their texts in each language, previews and deletes drafts, shows deliveries."""

from dataclasses import replace

from db.announcements import announcement_deliveries, announcements
from db.announcements.announcements import ON_ITS_WAY, Announcement
from db.announcements.audiences import Audience
from db.delivery.outbox import AMENDMENT, RECALL
from db.people import dialogs
from db.team import team
from db.team.team import suffices
from handlers.organizer.announcements import announcement_draft
from handlers.participant.keyboards import home_row
from handlers.participant.registration.consent import PURPOSES
from handlers.turn import Turn
from knowledge.programme.announcement_card import FollowUpCounts, build_announcement, build_card
from knowledge.programme.answer_card import shorten_quote
from locales.localized import Language
from locales.reply import Button, Formatted, Keyboard, Reply, Value, reply, text

# The conversation in which words, or a moment, are waited for; it keeps which, never the words.
DIALOG = "announce"
_LISTED, _QUOTED = 8, 60
# Telegram's limits after entities are parsed. Source: https://core.telegram.org/bots/api


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
    state = text(f"announce.state.{announcement.state}")
    words = next((shorten_quote(Formatted(each.html).plain, _QUOTED) for each in announcement.bodies.values()), "")
    key = "announce.line.words" if words else "announce.line"
    return text(key, number=announcement.id, state=state, words=words)


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
    if announcement is None or not is_writable(announcement, code):
        return await open_announcement(turn, id)
    await dialogs.begin(turn.tx, turn.person.id, DIALOG, "body", now=turn.now, id=announcement.id, language=code)
    language = text(f"language.name.{code}")
    asks = "announce.ask.corrected" if announcement.state != announcements.DRAFT else "announce.ask"
    back = ((Button(text("button.back"), f"an:{announcement.id}"),),)
    ways = (*_removal_buttons(announcement, code), *back)
    return reply(text(asks, language=language), "", text("announce.ask.how"), keyboard=ways)


def _removal_buttons(announcement: Announcement, code: Language) -> Keyboard:
    """Returns the buttons that take away what a new text alone leaves as it is in a draft."""
    body = announcement.bodies.get(code)
    if body is None or not body.html or announcement.state != announcements.DRAFT:
        return ()
    address = f"an:m:{announcement.id}:{code}"
    picture = ((Button(text("announce.without_media"), f"{address}:media"),),) if body.media else ()
    links = ((Button(text("correction.without_buttons"), f"{address}:buttons"),),) if body.buttons else ()
    return (*picture, *links)


def is_writable(announcement: Announcement, code: str) -> bool:
    """Returns whether that language can be written.

    A draft can in every language; what is on its way, or arrived, only where somebody has read it.
    """
    if announcement.state == announcements.DRAFT:
        return True
    return (
        announcement.state in {*ON_ITS_WAY, announcements.DONE, announcements.STOPPED} and code in announcement.bodies
    )


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


async def ask_to_delete_draft(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks once: a draft is the whole team's, in several languages, and nothing brings it back."""
    found = await announcements.get(turn.tx, int(id))
    if found is None or found.state != announcements.DRAFT:
        return await open_announcement(turn, id)
    if not found.bodies:
        return await delete_draft(turn, id)
    yes, no = Button(text("announce.drop.yes"), f"an:d:{id}:yes"), Button(text("announce.drop.no"), f"an:{id}")
    return reply(text("announce.drop.ask", number=found.id), keyboard=((yes,), (no,)))


async def delete_draft(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Deletes a draft."""
    if await announcements.delete_draft(turn.tx, int(id)):
        await dialogs.end(turn.tx, turn.person.id, DIALOG)
        await turn.note("dropped", announcement=int(id))
    return await show_announcements(turn)


def needs_another(turn: Turn, people: int) -> bool:
    """Returns whether another organizer has to confirm what so many people of an audience get; 0: never."""
    return 0 < turn.services.confirm_above < people


async def other_organizers(turn: Turn) -> list[int]:
    """Returns the organizers beside who acts, of whom one may confirm."""
    return [each for each in await team.organizers(turn.tx, turn.services.organizers) if each != turn.person.id]


def open_row(announcement: Announcement) -> Keyboard:
    """Returns the row that opens its card."""
    return ((Button(text("announce.open"), f"an:{announcement.id}"),),)

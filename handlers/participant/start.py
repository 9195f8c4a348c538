"""The first words, the menu, help, privacy, and the end of a conversation."""

from collections.abc import Awaitable
from dataclasses import replace

from db.people import dialogs
from db.practices import offers
from db.programme.live_programme import LiveSession
from handlers.participant.keyboards import home_row, is_number, menu_keyboard, more_keyboard
from handlers.participant.presence import verify
from handlers.participant.programme import objectives, practices, sessions
from handlers.turn import Turn
from knowledge.programme.cards import progress
from knowledge.programme.session_details import enter_row
from knowledge.time.zones import zone_label
from locales.reply import Button, Day, Hour, Keyboard, Reply, Value, reply, text

# A link with so many signs after its prefix is a certificate's, right or altered.
_SHORTEST_CODE_LINK = 10


async def start(turn: Turn, words: str = "") -> Reply:
    """Shows the card that the link of /start asked for, else the first words."""
    if turn.role is not None:
        turn.menus[turn.person.telegram_id] = turn.role  # whatever went wrong with it before
    if (card := _linked_card(turn, words)) is not None:
        return await card
    return await greet(turn)


async def greet(turn: Turn) -> Reply:
    """Greets, also who says hello: who speaks, what comes next, and what one can ask for."""
    lines = (text("start.hello"), "", *await _news_lines(turn), *_team_lines(turn))
    return replace(await show_menu(turn), lines=lines)


def _linked_card(turn: Turn, words: str) -> Awaitable[Reply] | None:
    """Returns the card that a link asks for: s2, o15, pr3, p_cl-sello-migrante."""
    words = words.lower()  # phones write the first letter large: /start S2
    if words.startswith(verify.LINK_PREFIX) and len(words) > _SHORTEST_CODE_LINK:
        return verify.verify_by_words(turn, words.removeprefix(verify.LINK_PREFIX))
    if words[:2] == "p_":
        return practices.show_practice_card(turn, words[2:])
    for prefix, feature in (
        ("s", sessions.show_session_card),
        ("o", objectives.show_objective_card),
        ("pr", objectives.show_principle_card),
    ):
        if words.startswith(prefix) and is_number(words.removeprefix(prefix)):
            return feature(turn, words.removeprefix(prefix))
    return None


async def show_menu(turn: Turn) -> Reply:
    """Shows everything one can ask for, and what comes next."""
    await dialogs.rest(turn.tx, turn.person.id)
    return reply(*await _news_lines(turn), keyboard=(*await _way_in(turn), *await menu_keyboard(turn)))


async def _way_in(turn: Turn) -> Keyboard:
    """Returns the way into the session that is going on, for who may see its link."""
    known = await turn.details()
    on = [each for each in (await turn.live()).values() if each.starts_at <= turn.now and each.is_open(turn.now)]
    return next((enter_row(known[each.number]) for each in on if each.number in known), ())


async def show_help(turn: Turn) -> Reply:
    """Shows what Ciclo does, and where to ask what it does not know (/help)."""
    contact = text("help.contact", contact=turn.services.contact) if turn.services.contact else text("help.no_contact")
    lines = (turn.cycle.title, "", text("help.text"), "", contact, *_team_lines(turn))
    return reply(*lines, keyboard=await menu_keyboard(turn))


def _team_lines(turn: Turn) -> tuple[Value, ...]:
    """Returns the commands of the team, for who belongs to it."""
    return () if turn.role is None else ("", text("help.team"))


async def show_privacy(turn: Turn) -> Reply:
    """Shows what is kept, why, for how long, whom to ask (/privacy)."""
    contact = (
        text("privacy.contact", contact=turn.services.contact) if turn.services.contact else text("help.no_contact")
    )
    others = text("privacy.practices"), "", text("privacy.meetings")
    last = reply(*others, "", contact, keyboard=((Button(text("menu.data"), "data"), *home_row()),))
    # One message of Telegram has no room for all of it.
    first = reply(text("privacy.text", n=turn.services.retention_days), "", text("privacy.panel"))
    return replace(first, then=last)


async def show_more(turn: Turn) -> Reply:
    """Shows what the main menu has no room for."""
    return reply(text("start.more"), keyboard=await more_keyboard(turn))


async def cancel_dialog(turn: Turn) -> Reply:
    """Leaves whatever was being asked (/cancel); a practice that was begun is kept."""
    state = await dialogs.current(turn.tx, turn.person.id)
    if state is not None and state.name == offers.DIALOG:
        await dialogs.rest(turn.tx, turn.person.id)
        return reply(text("offer.left"), keyboard=((Button(text("offer.resume"), "of:new"),), home_row()))
    key = "cancel.done" if await dialogs.end(turn.tx, turn.person.id) else "cancel.nothing"
    return reply(text(key), keyboard=await menu_keyboard(turn))


async def unknown_command(turn: Turn) -> Reply:
    """Answers a command that Ciclo does not have."""
    return reply(text("ask.unknown_command"), keyboard=await menu_keyboard(turn))


async def unreadable_message(turn: Turn) -> Reply:
    """Answers a photo, a voice message or a sticker: seen, not understood."""
    return reply(text("ask.unreadable"), keyboard=await menu_keyboard(turn))


async def stale_button(turn: Turn) -> Reply:
    """Answers a button of an earlier version, or one that we never made."""
    return replace(await show_menu(turn), toast=text("button.stale"))


async def _news_lines(turn: Turn) -> tuple[Value, ...]:
    """Returns what comes next, or that it is over; and whose time that is."""
    live = list((await turn.live()).values())
    ahead = sorted((session for session in live if session.is_open(turn.now)), key=lambda session: session.starts_at)
    if not ahead:
        return (text("start.over", day=Day(max(session.ends_at for session in live))), text("start.over.still"))
    return (_next_session_line(turn, ahead[0]), "", *_zone_hint(turn), text("start.choose"))


def _next_session_line(turn: Turn, session: LiveSession) -> Value:
    key = "start.now" if session.starts_at <= turn.now else "start.next"
    values: dict[str, Value] = {} if key == "start.next" else {"progress": progress(session.starts_at, turn.now)}
    return text(
        key,
        **values,
        number=session.number,
        title=turn.cycle.session(session.number).title,
        day=Day(session.starts_at),
        hour=Hour(session.starts_at),
        end=Hour(session.ends_at),
        place=_place_name(turn),
    )


def _place_name(turn: Turn) -> Value:
    zone = turn.person.zone
    return turn.cycle.zone_name if zone is None else zone_label(zone, turn.language)


def _zone_hint(turn: Turn) -> tuple[Value, ...]:
    return (text("start.tell_zone"),) if turn.person.zone is None else ()

"""Carries out wishes that are typed instead of tapped: opens the thing itself, or offers the button that does it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from handlers.participant import start
from handlers.participant.asking import ask
from handlers.participant.keyboards import home_row, menu_keyboard
from handlers.participant.mine import language, my_data, my_standing, timezone
from handlers.participant.offers import meeting, offering
from handlers.participant.panel import panel_list
from handlers.participant.presence import presence
from handlers.participant.programme import objectives, practices, session_calendar, sessions
from handlers.participant.registration import my_registration, registration
from handlers.participant.reminders import quiet_hours, subscriptions
from handlers.turn import Turn
from knowledge.wishes.wish_words import asks_way_in, read_wish_words
from locales.reply import Button, Reply, reply, text


async def carry_out_wish(turn: Turn) -> Reply | None:
    """Does or offers what they wish; None where the words are no plain wish."""
    if asks_way_in(turn.words, turn.language):
        return await my_standing.help_to_enter(turn)
    wish = read_wish_words(turn.words, turn.language)
    if wish is None:
        return None
    if wish.kind == "place":
        return await timezone.propose_place(turn, wish.value)
    if wish.kind == "switch":
        return await language.choose_language(turn, wish.value)
    return await carry_out(turn, wish.kind)


async def carry_out(turn: Turn, kind: str) -> Reply:
    """Does or offers the wish of that name: a key of wishes.toml."""
    return await _FEATURES[kind](turn)


async def _offer_stop(_turn: Turn) -> Reply:
    """Offers one button that ends all reminders; pauses and single sessions are behind the other."""
    off = Button(text("reminders.all_off"), "rem:all:off")
    return reply(text("wish.stop"), keyboard=((off,), (Button(text("menu.reminders"), "rem"), *home_row())))


async def _say_yes(turn: Turn) -> Reply:
    """Accepts the zone that was just proposed; else says that nothing was asked."""
    return await timezone.accept_proposal(turn) or await _nothing_asked(turn)


async def _nothing_asked(turn: Turn) -> Reply:
    """Says that a bare "yes" or "no" answers nothing that was just asked, and what can be done."""
    shown = await _what_now(turn)
    return replace(shown, lines=(text("wish.nothing_asked"), *shown.lines))


async def _what_now(turn: Turn) -> Reply:
    """Shows what can be asked for, for "I do not understand"."""
    return reply(text("wish.what_now"), keyboard=await menu_keyboard(turn))


_FEATURES: Mapping[str, Callable[[Turn], Awaitable[Reply]]] = {
    "menu": start.show_menu,
    "help": start.show_help,
    "sessions": sessions.show_sessions,
    "objectives": objectives.show_objectives,
    "principles": objectives.show_principles,
    "practices": practices.show_practices,
    "reminders": subscriptions.show_reminders,
    "calendar": session_calendar.send_calendar,
    "zone": timezone.show_timezone,
    "language": language.ask_language,
    "register": registration.register,
    "mine": my_registration.show_my_registration,
    "data": my_data.show_my_data,
    "privacy": start.show_privacy,
    "more": start.show_more,
    "stop": _offer_stop,
    "quiet": quiet_hours.ask_quiet_hours,
    "person": ask.ask_which_question,
    "meet": meeting.show_meetings,
    "offer": offering.show_offers,
    "panel": panel_list.show_panel_now,
    "delete": my_data.ask_to_delete_data,
    "yes": _say_yes,
    "no": _nothing_asked,
    "confused": _what_now,
    "registered": my_standing.tell_registration,
    "waiting": my_standing.tell_waiting,
    "next_reminder": my_standing.tell_next_reminder,
    "changes": my_standing.tell_changes,
    "enter": my_standing.help_to_enter,
    "here": presence.say_here_now,
}

"""Decides what a text is for when nothing, or only a place, was asked: a word, a wish done at once, or a question."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from handlers.participant import start
from handlers.participant.asking import ask
from handlers.participant.keyboards import home_row, menu_keyboard
from handlers.participant.mine import language, my_data, my_standing, timezone
from handlers.participant.offers import meeting, offering
from handlers.participant.panel import panel_asking, panel_list
from handlers.participant.presence import my_certificate, presence
from handlers.participant.programme import objectives, practices, session_calendar, sessions
from handlers.participant.registration import my_registration, registration
from handlers.participant.registration.registration_parsers import ASKS_FOR_OWN_REGISTRATION, CONTROL_WORDS
from handlers.participant.reminders import quiet_hours, subscriptions
from handlers.turn import Turn
from knowledge.answering.meaning_answers import WISHED
from knowledge.answers.answer_models import Answer
from knowledge.text.words import fold, normalize
from knowledge.understanding.care import CAREFUL_TOPICS
from knowledge.understanding.query import TIMES, Form, Property, Query
from knowledge.wishes.wish_words import (
    WishWords,
    asks_of_own_sessions,
    asks_way_in,
    asks_when,
    read_panel_words,
    read_wish_words,
    read_wished_change,
)
from locales.localized import LANGUAGES
from locales.reply import Button, Reply, reply, text

# They answer the question just asked, and name no place themselves.
_YES_OR_NO = frozenset({"yes", "no"})


async def answer_where(turn: Turn) -> Reply:
    """Takes the place that was asked for; the word of a session is noted and a wish is carried out all the same.

    The question stays open then. What is a place by its whole name is no word with a slip.
    """
    wish = read_wish_words(turn.words, turn.language)
    if wish is not None and wish.kind in _YES_OR_NO:
        return await timezone.yes_or_no(turn, agrees=wish.kind == "yes")
    is_place = bool(turn.services.places.find_exactly(turn.words, turn.language))
    if not is_place and (noted := await presence.try_word(turn)) is not None:
        return noted
    if wish is None or is_place or wish.kind == "place":
        return await timezone.timezone_input(turn)
    urgent = ask.is_urgent(await ask.find_answers(turn, turn.words))
    done = None if urgent else await _carry_out_wish(turn, wish)
    return done or await timezone.timezone_input(turn)


async def speak_otherwise(turn: Turn) -> Reply | None:
    """Speaks another language from this question of a registration on, or asks which; None where they wish for none.

    Where they tell what they need to take part, "in English" is their answer.
    """
    state = turn.context.dialog if turn.context is not None else None
    wishes = (read_wish_words(turn.words, each) for each in (turn.language, *LANGUAGES))  # "in English please"
    wish = next((each for each in wishes if each is not None and each.kind in {"switch", "language"}), None)
    if state is None or state.step == "needs" or wish is None or turn.forwarded:
        return None
    spoken = await (language.choose_language(turn, wish.value) if wish.value else language.ask_language(turn))
    choices = tuple(row for row in spoken.keyboard if str(row[0].press).startswith("lang:"))  # no way out of it
    asked = await registration.ask_step_again(await turn.again(), state.name)
    return replace(spoken, keyboard=choices, then=asked)


async def answer_after_offer(turn: Turn) -> Reply:
    """Takes the first button of an offered practice that is typed, or its title; everything else is answered."""
    wish = read_wish_words(turn.words, turn.language)
    if not turn.forwarded and _goes_on(turn, wish):
        return await offering.begin_offer(turn)
    is_other = wish is not None or read_panel_words(turn.words) is not None
    if not is_other and offering.is_title(turn, await ask.find_answers(turn, turn.words)):
        return await offering.begin_with_title(turn)
    return await answer_free_text(turn)


def _goes_on(turn: Turn, wish: WishWords | None) -> bool:
    words = fold(turn.words).strip(" .!")
    typed = CONTROL_WORDS.get(words) == "next" or words == fold(turn.say(text("offer.begin")))
    return typed or (wish is not None and wish.kind == "yes")


async def answer_free_text(turn: Turn) -> Reply:
    """Notes the word of a session, registers for "Anotame a la sesión 3", and answers everything else."""
    near = await turn.word_may_count()
    if near and (noted := await presence.try_word(turn)) is not None:
        return noted
    found = await ask.find_answers(turn, turn.words)
    if (done := await _ask_panel(turn, found) or await _wish(turn, found)) is not None:
        return done
    if not ask.is_urgent(found) and (done := await _registration(turn, found)) is not None:
        return done
    answer = await _answer(turn, found)
    return await presence.count_stray_try(turn, found, answer) if near else answer


async def _registration(turn: Turn, found: Sequence[Answer]) -> Reply | None:
    """Returns what belongs to a registration, or a greeting; None for a question."""
    if ASKS_FOR_OWN_REGISTRATION.search(fold(turn.words)):
        return await _do(turn, "mine")
    match [each.topic for each in found]:
        case ["greeting"]:
            return replace(await start.greet(turn), language=found[0].language)
        case ["registration"]:
            numbers = registration.wished_sessions(turn, found, "registration")
            if numbers:
                await ask.remember_topic(turn, "change_registration")
                return await registration.register_for_sessions(turn, numbers)
        case ["cancel_registration"]:
            numbers = registration.wished_sessions(turn, found, "cancel_registration")
            if len(numbers) == 1 and await my_registration.registration_answers(turn) is not None:
                await ask.remember_topic(turn, "change_registration")
                return await my_registration.ask_to_leave_session(turn, numbers[0])
    return None


async def _answer(turn: Turn, found: Sequence[Answer]) -> Reply:
    """Returns the answer, with the team's certificates where it is about them."""
    answer = await ask.reply_with_answers(turn, found, turn.words)
    of_certificates = any(each.topic == my_certificate.TOPIC for each in found)
    return await my_certificate.add_offer(turn, answer) if of_certificates else answer


async def _ask_panel(turn: Turn, found: Sequence[Answer]) -> Reply | None:
    """Takes "question to the panel: …"; help comes first where danger is told of. None where it is no such thing."""
    asked = read_panel_words(turn.words)
    if asked is None:
        return None
    shown = await panel_asking.ask_in_one_message(turn, asked.words, asked.session)
    if not ask.is_urgent(found):
        return shown
    return replace(await ask.reply_with_answers(turn, found, turn.words), then=shown)


async def _wish(turn: Turn, found: Sequence[Answer]) -> Reply | None:
    if ask.is_urgent(found):
        return None
    wished = read_wished_change(turn.words)
    changed = await registration.change_by_words(turn, wished) if wished is not None else None
    wish = read_wish_words(turn.words, turn.language)
    if changed is None and wish is not None and wish.kind == "registered" and _asks_of_one(found[0].query):
        return None  # "I signed up for session 2, what is it about?"
    if wish is not None and wish.kind == "told_place" and any(each.topic in CAREFUL_TOPICS for each in found):
        return None  # "I'm a refugee in Port of Spain with no papers"
    done = changed or await _own_sessions(turn, found, wish) or await _carry_out_wish(turn, wish)
    meant = found[0].topic == WISHED and not turn.forwarded  # what somebody else wrote is no wish of theirs
    return done or (await _do(turn, found[0].ids[0]) if meant else None)


def _asks_of_one(query: Query) -> bool:
    """Returns whether something is asked of a session that is named, and not whether they are registered."""
    # "Is my seat in the second one confirmed?" is not asked of the session.
    asks = query.is_of_things and query.asks != (Property.CARD,) and query.form is not Form.YES_NO
    return asks and query.criteria.kind == "session" and query.names_things


async def _carry_out_wish(turn: Turn, wish: WishWords | None) -> Reply | None:
    """Does or offers what they wish; None where the words are no plain wish."""
    if asks_way_in(turn.words, turn.language):
        return await my_standing.help_to_enter(turn)
    if wish is None:
        return None
    if wish.kind == "place":
        told = f" {normalize(turn.words)} "  # "estoy en lima x cierto"
        return await timezone.propose_place(turn, wish.value) or await timezone.propose_told_place(turn, told)
    if wish.kind == "told_place":
        return await timezone.propose_told_place(turn, wish.value)
    if wish.kind == "switch":
        return await language.choose_language(turn, wish.value)
    return await _do(turn, wish.kind)


async def _own_sessions(turn: Turn, found: Sequence[Answer], wish: WishWords | None) -> Reply | None:
    """Tells their own sessions to "when is my next one?" and "I am registered, when do I connect?".

    None where anything else is asked, or they have no place.
    """
    filters = [each.query.criteria for each in found]
    if turn.forwarded or any(of.numbers or of.subjects or of.days for of in filters):
        return None
    times = filters[0].kind in {None, "session"} and TIMES | {Property.CARD} >= set(found[0].query.asks)
    own = len(found) == 1 and times and asks_of_own_sessions(turn.words, turn.language)
    registered = wish is not None and wish.kind == "registered"
    own = own or (registered and asks_when(turn.words, turn.language))
    return await my_standing.tell_own_sessions(turn, found[-1]) if own else None


async def _do(turn: Turn, kind: str) -> Reply:
    """Does or offers that wish; what few words say after it goes on with it ("only for session 2")."""
    if kind in _TOPICS:
        await ask.remember_topic(turn, _TOPICS[kind])
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
    """Shows what can be asked for."""
    return reply(text("wish.what_now"), keyboard=await menu_keyboard(turn))


async def _start_again(turn: Turn) -> Reply:
    """Says sorry for "I do not understand", and what can be asked for."""
    shown = await _what_now(turn)
    return replace(shown, lines=(text("wish.confused"), *shown.lines))


# What each of these wishes is about, as the FAQ names it.
_TOPICS: Mapping[str, str] = {
    **dict.fromkeys(("reminders", "quiet", "next_reminder"), "reminders"),
    "stop": "stop_reminders",
    **dict.fromkeys(("register", "mine", "registered", "waiting"), "change_registration"),
}
# Each does or offers the wish of that name, which is a key of wishes.toml.
_FEATURES: Mapping[str, Callable[[Turn], Awaitable[Reply]]] = {
    "menu": start.show_menu,
    "help": start.show_help,
    "sessions": sessions.show_sessions,
    "objectives": objectives.show_objectives,
    "principles": objectives.show_principles,
    "practices": practices.show_practices,
    "reminders": subscriptions.show_reminders,
    "calendar": session_calendar.send_calendar,
    "zone": timezone.open_in_words,
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
    "confused": _start_again,
    "registered": my_standing.tell_registration,
    "waiting": my_standing.tell_waiting,
    "next_reminder": my_standing.tell_next_reminder,
    "changes": my_standing.tell_changes,
    "enter": my_standing.help_to_enter,
    "here": presence.say_here_now,
}

"""What people type when nothing, or only where they are, was asked: a wish that can be done at once, or a question."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.participant import start, wishes
from handlers.participant.asking import ask
from handlers.participant.mine import timezone
from handlers.participant.offers import offering
from handlers.participant.panel import panel_asking
from handlers.participant.presence import my_certificate, presence
from handlers.participant.registration import my_registration, registration
from handlers.participant.registration.registration_parsers import ASKS_FOR_OWN_REGISTRATION, CONTROL_WORDS
from handlers.turn import Turn
from knowledge.answering.meaning_answers import WISHED
from knowledge.answers.answer_models import Answer
from knowledge.text.words import fold
from knowledge.wishes.wish_words import WishWords, read_panel_words, read_wish_words
from locales.reply import Reply, text

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
    done = None if urgent else await wishes.carry_out_wish(turn)
    return done or await timezone.timezone_input(turn)


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
    if (noted := await presence.try_word(turn)) is not None:
        return noted
    found = await ask.find_answers(turn, turn.words)
    if (done := await _ask_panel(turn, found) or await _wish(turn, found)) is not None:
        return done
    done = None if ask.is_urgent(found) else await _registration(turn, found)
    return done or await _answer(turn, found)


async def _registration(turn: Turn, found: Sequence[Answer]) -> Reply | None:
    """Returns what belongs to a registration, or a greeting; None for a question."""
    if ASKS_FOR_OWN_REGISTRATION.search(fold(turn.words)):
        return await my_registration.show_my_registration(turn)
    if [each.topic for each in found] == ["greeting"]:
        return replace(await start.greet(turn), language=found[0].language)
    if numbers := registration.wished_sessions(turn, found, "registration"):
        return await registration.register_for_sessions(turn, numbers)
    numbers = registration.wished_sessions(turn, found, "cancel_registration")
    if len(numbers) == 1 and await my_registration.registration_answers(turn) is not None:
        return await my_registration.ask_to_leave_session(turn, numbers[0])
    return None


async def _answer(turn: Turn, found: Sequence[Answer]) -> Reply:
    """Returns the answer, with the team's certificates where it is about them; a wrong word of a session is counted."""
    answer = await my_certificate.add_offer(turn, found, await ask.reply_with_answers(turn, found, turn.words))
    return await presence.count_stray_try(turn, found, answer)


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
    done = await registration.change_by_words(turn) or await wishes.carry_out_wish(turn)
    return done or (await wishes.carry_out(turn, found[0].ids[0]) if found[0].topic == WISHED else None)

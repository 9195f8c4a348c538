"""What people type when nothing was asked: a wish that can be done at once, or a question."""

from dataclasses import replace

from handlers.participant import start, wishes
from handlers.participant.asking import ask
from handlers.participant.registration import my_registration, registration
from handlers.participant.registration.registration_parsers import ASKS_FOR_OWN_REGISTRATION
from handlers.turn import Turn
from knowledge.text.spelling import fold
from locales.reply import Reply


async def answer_free_text(turn: Turn) -> Reply:
    """Registers for "Anotame a la sesión 3"; answers everything else."""
    found = await ask.find_answers(turn, turn.words)
    if not ask.is_urgent(found) and (done := await wishes.carry_out_wish(turn)) is not None:
        return done
    if ASKS_FOR_OWN_REGISTRATION.search(fold(turn.words)):
        return await my_registration.show_my_registration(turn)
    if [each.topic for each in found] == ["greeting"]:
        return replace(await start.greet(turn), language=found[0].language)
    if numbers := registration.wished_sessions(turn, found, "registration"):
        return await registration.register_for_sessions(turn, numbers)
    numbers = registration.wished_sessions(turn, found, "cancel_registration")
    if len(numbers) == 1 and await my_registration.registration_answers(turn) is not None:
        return await my_registration.ask_to_leave_session(turn, numbers[0])
    return await ask.reply_with_answers(turn, found, turn.words)

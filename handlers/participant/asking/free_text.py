"""What people type when nothing was asked: a wish that can be done at once, or a question."""

from handlers.participant.asking import ask
from handlers.participant.registration import my_registration, registration
from handlers.participant.registration.typed_words import ASKS_FOR_MINE
from handlers.turn import Turn
from knowledge.text.spelling import fold
from locales.reply import Reply


async def heard(turn: Turn) -> Reply:
    """ "Anotame a la sesión 3" is done; everything else is answered."""
    if ASKS_FOR_MINE.search(fold(turn.words)):
        return await my_registration.mine(turn)
    found = await ask.understood(turn, turn.words)
    if numbers := registration.wished(turn, found, "registration"):
        return await registration.for_sessions(turn, numbers)
    numbers = registration.wished(turn, found, "cancel_registration")
    if len(numbers) == 1 and await my_registration.told(turn) is not None:
        return await my_registration.ask_to_leave(turn, numbers[0])
    return await ask.told(turn, found, turn.words)

"""Takes what an organizer types under a session's card at once, before pressing the button that asks for it."""

from datetime import timedelta

from db.people import dialogs
from db.team.team import suffices
from handlers.organizer import team_wishes
from handlers.organizer.sessions import details_message, session_details, session_places
from handlers.turn import Turn
from locales.reply import Reply

# The conversation that a card begins; a number typed later than that belongs to no card.
CARD_DIALOG = "sessioncard"
RESTS_AFTER = timedelta(minutes=5)
_DETAILS, _PLACES = "details", "places"


async def open_details(turn: Turn, number: str) -> Reply:
    """Shows the card of a session's details; "Enlace: https://…", typed next by an organizer, is read as such."""
    await _listen(turn, number, _DETAILS)
    return await session_details.show_session_details(turn, number)


async def open_places(turn: Turn, number: str) -> Reply:
    """Shows the card of a session's places; a number, typed next by an organizer, is proposed as their count."""
    await _listen(turn, number, _PLACES)
    return await session_places.show_places(turn, number)


async def _listen(turn: Turn, number: str, card: str) -> None:
    if suffices(turn.role, "organizer") and int(number) in await turn.live():
        await dialogs.begin(turn.tx, turn.person.id, CARD_DIALOG, card, now=turn.now, number=int(number))


async def words_under_card(turn: Turn) -> Reply:
    """Proposes what was typed where it is a value of the card; else it is a question or a wish like any other."""
    state = await dialogs.get(turn.tx, turn.person.id, CARD_DIALOG)
    if state is not None:
        read = details_message.details_under_card if state.step == _DETAILS else session_places.places_under_card
        if (proposed := await read(turn, str(state.answers["number"]))) is not None:
            return proposed
        await dialogs.end(turn.tx, turn.person.id, CARD_DIALOG)
    return await team_wishes.answer_free_text(turn)

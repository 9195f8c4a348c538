"""What an organizer types when nothing was asked: a wish of the team's is opened, anything else is everybody's."""

from dataclasses import replace

from db.team.team import suffices
from handlers.organizer.announcements import announce
from handlers.organizer.figures import figures
from handlers.organizer.people import participants
from handlers.organizer.sessions import session_time, sessions
from handlers.participant import free_text
from handlers.turn import Turn
from knowledge.understanding.team_words import TeamWish, read_team_wish
from locales.reply import Reply


async def answer_free_text(turn: Turn) -> Reply:
    """Opens what an organizer wishes in words; nothing is changed or sent by words alone. Else answers the question."""
    wish = read_team_wish(turn.words) if suffices(turn.role, "organizer") and not turn.forwarded else None
    return await (_open(turn, wish) if wish is not None else free_text.answer_free_text(turn))


async def _open(turn: Turn, wish: TeamWish) -> Reply:
    match wish.kind:
        case "announce":
            return await announce.show_announcements(turn)
        case "participants":
            return await participants.show_participants(turn)
        case "figures":
            return await figures.show_figures(turn)
        case "call_off":
            return await sessions.show_session_card(turn, str(wish.session))
        case _:
            return await _move(turn, str(wish.session), wish.rest)


async def _move(turn: Turn, number: str, when: str) -> Reply:
    """Shows what that time would mean; asks for it where none was told, or where there is no such session."""
    asked = await session_time.ask_session_time(turn, number)
    known = int(number) in await turn.live()
    return await session_time.session_time_input(replace(turn, words=when)) if when and known else asked

"""What an organizer types when nothing was asked: a wish of the team's is opened, anything else is everybody's."""

from dataclasses import replace

from db.team.team import suffices
from handlers.organizer.announcements import announce
from handlers.organizer.attendance import attendance_desk
from handlers.organizer.figures import figures
from handlers.organizer.people import participants
from handlers.organizer.sessions import details_message, session_time, sessions
from handlers.organizer.summary import summary
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
        case _:
            return await _open_session(turn, wish, str(wish.session))


async def _open_session(turn: Turn, wish: TeamWish, number: str) -> Reply:
    if int(number) not in await turn.live():
        return await sessions.show_sessions(turn)
    match wish.kind:
        case "move":
            asked = await session_time.ask_session_time(turn, number)
            return await session_time.session_time_input(replace(turn, words=wish.rest)) if wish.rest else asked
        case "attendance":
            return await attendance_desk.show_attendance(turn, number)
        case "summary":
            return await summary.show_summary(turn, number)
        case "link":
            typed = replace(turn, words=f"Link: {wish.rest}")
            return await details_message.details_under_card(typed, number) or await sessions.show_session_card(
                turn, number
            )
        case _:
            return await sessions.show_session_card(turn, number)

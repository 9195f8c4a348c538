"""What an organizer types when nothing was asked: a wish of the team's is opened, anything else is everybody's."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from db.people import dialogs
from db.programme.live_programme import LiveSession
from db.team.team import suffices
from handlers.command import Feature, unless
from handlers.organizer.announcements import announce
from handlers.organizer.attendance import attendance_desk
from handlers.organizer.figures import figures
from handlers.organizer.people import participants
from handlers.organizer.questions import questions
from handlers.organizer.sessions import details_message, session_details, session_places, session_time, sessions
from handlers.organizer.summary import summary
from handlers.organizer.team import team
from handlers.participant import free_text
from handlers.turn import Turn
from knowledge.wishes.team_words import TeamWish, TeamWishKind, read_team_wish
from locales.reply import Reply


async def answer_free_text(turn: Turn) -> Reply:
    """Opens what an organizer wishes in words; nothing is changed or sent by words alone. Else answers the question."""
    return await _opened(turn) or await free_text.answer_free_text(turn)


def unless_wish(feature: Feature) -> Feature:
    """Returns a conversation that takes what is typed, unless it is a wish for something else of the team's."""
    return unless(_opened, feature)


async def _opened(turn: Turn) -> Reply | None:
    wish = read_team_wish(turn.words) if suffices(turn.role, "organizer") and not turn.forwarded else None
    if wish is None:
        return None
    if wish.session is not None:
        return await _open_session(turn, wish, str(wish.session))
    await dialogs.rest(turn.tx, turn.person.id)
    return await _WHOLE[wish.kind](turn)


_WHOLE: Mapping[TeamWishKind, Feature] = {
    "announce": announce.show_announcements,
    "participants": participants.show_participants,
    "questions": questions.show_questions,
    "figures": figures.show_figures,
    "team": team.show_team,
    "attendance": sessions.show_sessions,
}


_OF_A_SESSION: Mapping[TeamWishKind, Callable[[Turn, str], Awaitable[Reply]]] = {
    "attendance": attendance_desk.show_attendance,
    "summary": summary.show_summary,
    "call_off": sessions.show_session_card,
}


async def _open_session(turn: Turn, wish: TeamWish, number: str) -> Reply:
    live = (await turn.live()).get(int(number))
    await dialogs.rest(turn.tx, turn.person.id)
    if live is None:
        return await sessions.show_sessions(turn)
    match wish.kind:
        case "move":
            return await _move(turn, wish, live)
        case "places":
            return await session_places.propose_places(turn, number, wish.rest)
        case "details":
            typed = replace(turn, words=f"Link: {wish.rest}")
            proposed = await details_message.details_under_card(typed, number) if wish.rest else None
            return proposed or await session_details.show_session_details(turn, number)
        case _:
            return await _OF_A_SESSION[wish.kind](turn, number)


async def _move(turn: Turn, wish: TeamWish, live: LiveSession) -> Reply:
    """Shows what the new time would mean; asks for it where none was told."""
    if wish.shift is not None:
        return await session_time.propose_shift(turn, live, wish.shift)
    asked = await session_time.ask_session_time(turn, str(live.number))
    return await session_time.session_time_input(replace(turn, words=wish.rest)) if wish.rest else asked

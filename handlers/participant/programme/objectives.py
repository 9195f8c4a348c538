"""The objectives of the Compact: by number, by session, by area; and its guiding principles."""

from handlers.participant.keyboards import home_row, is_number, neighbour_row, number_grid
from handlers.turn import Turn
from knowledge.programme.cards import objective_lines, principle_lines
from knowledge.programme.cycle import Area, Objective
from locales.reply import Button, Keyboard, Reply, Value, reply, rows, text


async def show_objectives(turn: Turn) -> Reply:
    """Shows all of them, by number, with the ways to narrow them down."""
    lines = (text("objective.line", number=each.number, short=each.short) for each in turn.cycle.objectives)
    by_session = Button(text("objectives.by_session"), "bysession")
    by_area = Button(text("objectives.by_area"), "areas")
    keyboard = (*number_grid((each.number for each in turn.cycle.objectives), "o:"), (by_session, by_area), home_row())
    return reply(text("objectives.heading", n=len(turn.cycle.objectives)), "", *lines, keyboard=keyboard)


async def choose_session(turn: Turn) -> Reply:
    """Asks which session's objectives."""
    buttons = tuple(
        (Button(text("session.button", number=each.number, title=each.title), f"so:{each.number}"),)
        for each in turn.cycle.sessions
    )
    return reply(text("objectives.which_session"), keyboard=(*buttons, (_all_objectives_button(), *home_row())))


async def objectives_of_session(turn: Turn, number: str) -> Reply:
    """Shows one session's objectives, area by area."""
    found = next((each for each in turn.cycle.sessions if each.number == int(number)), None)
    if found is None:
        return await choose_session(turn)
    lines = [line for area in found.areas for line in _area_lines(turn, area)]
    card = Button(text("objectives.to_session", number=found.number), f"s:{found.number}")
    heading = text("session.short", number=found.number, title=found.title)
    return reply(
        heading,
        *lines,
        keyboard=(*number_grid(found.objectives, "o:"), (card,), (_all_objectives_button(), *home_row())),
    )


async def choose_area(turn: Turn) -> Reply:
    """Asks which area's objectives."""
    found = [area for session in turn.cycle.sessions for area in session.areas]
    buttons = rows(*(Button(area.name, f"a:{area.key}") for area in found), of=2)
    return reply(text("objectives.which_area"), keyboard=(*buttons, (_all_objectives_button(), *home_row())))


async def objectives_of_area(turn: Turn, key: str) -> Reply:
    """Shows one area's objectives."""
    found = {area.key: area for session in turn.cycle.sessions for area in session.areas}.get(key)
    if found is None:
        return await choose_area(turn)
    other_area = Button(text("objectives.other_area"), "areas")
    return reply(
        *_area_lines(turn, found),
        keyboard=(*number_grid(found.objectives, "o:"), (other_area,), (_all_objectives_button(), *home_row())),
    )


def _area_lines(turn: Turn, area: Area) -> tuple[Value, ...]:
    objectives = (turn.cycle.objective(number) for number in area.objectives)
    return ("", text("objectives.area", name=area.name), *(_objective_line(each) for each in objectives))


def _objective_line(objective: Objective) -> Value:
    return text("objective.line", number=objective.number, short=objective.title)


async def show_objective_card(turn: Turn, number: str) -> Reply:
    """Shows the card of one objective."""
    known = len(turn.cycle.objectives)
    if not 1 <= int(number) <= known:
        return reply(
            text("objective.unknown_number", n=known), keyboard=(*number_grid(range(1, known + 1), "o:"), home_row())
        )
    await turn.remember("objective", number)
    found = turn.cycle.objective(int(number))
    return reply(*objective_lines(turn.cycle, found, turn.language), keyboard=await _objective_buttons(turn, found))


async def objective_by_words(turn: Turn, words: str) -> Reply:
    """Shows that card for "/objectives 15"; the list for anything else."""
    return await (show_objective_card(turn, words) if is_number(words) else show_objectives(turn))


async def _objective_buttons(turn: Turn, found: Objective) -> Keyboard:
    session = turn.cycle.session_of(found.number).number
    practices = len((await turn.known_cycle()).practices_of(found.number))
    seen = ((Button(text("objective.practices", n=practices), f"po:{found.number}:0"),),) if practices else ()
    meet = (Button(text("meet.button"), f"me:o:{found.number}"),)
    return (
        *seen,
        meet,
        (Button(text("objectives.to_session", number=session), f"s:{session}"),),
        *neighbour_row(_objective_button(turn, found.number - 1), _objective_button(turn, found.number + 1)),
        (_all_objectives_button(), *home_row()),
    )


def _objective_button(turn: Turn, number: int) -> Button | None:
    known = 1 <= number <= len(turn.cycle.objectives)
    return Button(text("objective.button", number=number), f"o:{number}") if known else None


def _all_objectives_button() -> Button:
    return Button(text("button.objectives"), "objectives")


async def show_principles(turn: Turn) -> Reply:
    """Shows the guiding principles, by number."""
    lines = (text("objective.line", number=each.number, short=each.name) for each in turn.cycle.principles)
    keyboard = (*number_grid((each.number for each in turn.cycle.principles), "pr:", of=5), home_row())
    return reply(text("principles.heading", n=len(turn.cycle.principles)), "", *lines, keyboard=keyboard)


async def show_principle_card(turn: Turn, number: str) -> Reply:
    """Shows the card of one principle."""
    found = next((each for each in turn.cycle.principles if each.number == int(number)), None)
    if found is None:
        return await show_principles(turn)
    listed = Button(text("button.principles"), "principles")
    return reply(*principle_lines(found), keyboard=((listed, *home_row()),))

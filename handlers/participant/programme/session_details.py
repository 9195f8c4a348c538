"""What organizers have told about a session, one thing at a time; and being told of what is not known yet."""

from dataclasses import replace

from db.programme import live_programme
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from knowledge.programme.session_details import (
    AFTERWARDS,
    FIELDS,
    FILE,
    NO_DETAILS,
    DetailField,
    SessionDetails,
    enter_row,
    field_lines,
    separate_lists,
    ways_to_link,
)
from locales.reply import Button, Keyboard, Media, Reply, Value, reply, text


def detail_buttons(number: int, details: SessionDetails, *, over: bool) -> Keyboard:
    """Returns the way in, and the lists that the card does not hold: the buttons under a session's card."""
    enter = () if over else enter_row(details)
    apart = tuple((Button(text(f"detail.button.{each}"), f"d:{number}:{each}"),) for each in separate_lists(details))
    return (*enter, *apart)


def find_field(name: str) -> DetailField | None:
    """Returns the detail of that name, as buttons have it."""
    return next((each for each in FIELDS if each == name), None)


async def show_session_detail(turn: Turn, number: str, field: str) -> Reply:
    """Shows that detail of that session; where it is not known, that they can be told."""
    wanted, live = find_field(field), (await turn.live()).get(int(number))
    if wanted is None or live is None:
        return _unknown_session()
    details = (await turn.details()).get(live.number, NO_DETAILS)
    tell: Keyboard = ()
    if not details.has(wanted) and (wanted in AFTERWARDS or live.is_open(turn.now)):
        tell = ((Button(text("detail.tell"), f"tell:{number}:{field}:on"),),)
    enter = (
        detail_buttons(live.number, details, over=not live.is_open(turn.now))[:1]
        if wanted == "link" and details.link
        else ()
    )
    files = _file_buttons(live.number, details) if wanted == "materials" else ()
    ways = tuple((each,) for each in ways_to_link(live.number, details)) if wanted == "link" else ()
    return reply(
        _session_heading(turn, live.number),
        *field_lines(details, wanted),
        keyboard=(*enter, *ways, *files, *tell, _back_row(number)),
    )


def _file_buttons(number: int, details: SessionDetails) -> Keyboard:
    """Returns a button for each material that is a file: its answer is the file, as a new message."""
    found = [(place, title) for place, (title, address) in enumerate(details.materials) if address.startswith(FILE)]
    return tuple((Button(title, f"+df:{number}:{place}"),) for place, title in found)


async def send_material(turn: Turn, number: str, page: str) -> Reply:
    """Sends the file itself; shows the list where it is not there any more."""
    details = (await turn.details()).get(int(number), NO_DETAILS)
    found = details.materials[int(page)] if int(page) < len(details.materials) else ("", "")
    kind, _, file_id = found[1].removeprefix(FILE).partition(":")
    if not found[1].startswith(FILE):
        return await show_session_detail(turn, number, "materials")
    answer = reply(found[0], keyboard=(_back_row(number),))
    return replace(answer, media=Media(kind, file_id), fresh=True)


def _unknown_session() -> Reply:
    return reply(text("detail.nothing"), keyboard=((Button(text("menu.sessions"), "sessions"),), home_row()))


def _session_heading(turn: Turn, number: int) -> Value:
    return text("session.short", number=number, title=turn.cycle.session(number).title)


def _back_row(number: str) -> tuple[Button, ...]:
    return (Button(text("session.before", number=int(number)), f"s:{number}"), *home_row())


async def switch_detail_notice(turn: Turn, number: str, field: str, switch: str) -> Reply:
    """Switches whether they are told once it is known; what is known by now is told at once."""
    wanted, live = find_field(field), (await turn.live()).get(int(number))
    if wanted is None or live is None:
        return _unknown_session()
    if (await turn.details()).get(live.number, NO_DETAILS).has(wanted):
        return await show_session_detail(turn, number, field)
    name = text(f"detail.name.{wanted}")
    if switch == "off":
        await live_programme.withdraw_request(turn.tx, turn.person.id, live.id, wanted)
        answer = reply(text("detail.tell.off", what=name, number=live.number), keyboard=(_back_row(number),))
        return replace(answer, toast=text("detail.tell.off.toast"))
    await live_programme.request_detail(turn.tx, turn.person.id, live.id, wanted, now=turn.now)
    off = (Button(text("detail.tell.stop"), f"tell:{number}:{field}:off"),)
    answer = reply(text("detail.tell.on", what=name, number=live.number), keyboard=(off, _back_row(number)))
    return replace(answer, toast=text("detail.tell.on.toast"))

"""Corrects whether somebody on the list came to a session: what the team says wins over the word and any report."""

from collections.abc import Iterable, Mapping

from db.people import certificates, presences, registrations
from db.people.presences import Presence
from db.programme.live_programme import LiveSession
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from locales.reply import Button, Reply, Value, reply, text


async def show_presences(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Shows to which sessions somebody on the list came, and how that is known, with a switch for each."""
    registered = await registrations.registration_of_person(turn.tx, int(id), turn.cycle.key)
    back = (Button(text("button.back"), f"pt:c:{id}"), *home_row())
    if registered is None:
        return reply(text("participants.gone"), keyboard=(back,))
    known = await presences.presences_of_person(turn.tx, int(id), turn.cycle.key)
    begun = [each for each in (await turn.live()).values() if each.starts_at <= turn.now and not each.cancelled]
    lines = list(presence_lines(known, [each.number for each in begun]))
    switches = tuple((_switch(int(id), each, known.get(each.number)),) for each in begun)
    heading = text("participants.name", name=registered.name)
    return reply(heading, *(lines or [text("presence.none_begun")]), keyboard=(*switches, back))


def presence_lines(known: Mapping[int, Presence], numbers: Iterable[int]) -> Iterable[Value]:
    """Yields a line for each of those sessions: came, did not come, or not known."""
    for number in numbers:
        found = known.get(number)
        if found is None:
            yield text("presence.unknown", number=number)
        elif found.came:
            yield text("presence.came", number=number, how=text(f"presence.source.{found.source}"))
        else:
            yield text("presence.absent", number=number)


def _switch(id_: int, live: LiveSession, known: Presence | None) -> Button:
    came = known is not None and known.came
    label = text(f"presence.set.{'off' if came else 'on'}", number=live.number)
    return Button(label, f"pn:{id_}:{live.number}:{'off' if came else 'on'}")


async def correct_presence(turn: Turn, id: str, number: str, switch: str) -> Reply:  # noqa: A002 - as in the address
    """Sets that they came, or that they did not; a certificate that stated otherwise is replaced."""
    id_, live = int(id), (await turn.live()).get(int(number))
    registered = await registrations.registration_of_person(turn.tx, id_, turn.cycle.key)
    if registered is None or live is None or live.starts_at > turn.now or live.cancelled:
        return await show_presences(turn, id)
    came = switch == "on"
    known = (await presences.presences_of_person(turn.tx, id_, turn.cycle.key)).get(live.number)
    if known is None or known.came != came:
        await presences.correct(turn.tx, id_, live.id, came=came, now=turn.now)
        await turn.note(f"presence_{switch}", session=live.number)
        if not came and await _states(turn, id_, live.number):
            await certificates.replace_earlier(turn.tx, id_, turn.cycle.key, now=turn.now)
    return await show_presences(turn, id)


async def _states(turn: Turn, id_: int, number: int) -> bool:
    newest = await certificates.newest_certificate(turn.tx, id_, turn.cycle.key)
    return newest is not None and any(each.number == number for each in newest.sessions)

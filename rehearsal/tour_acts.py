"""The last two acts of the page's tour, tap by tap: a question to the panel with votes, and a certificate."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from rehearsal.telegram.telegram import User
from rehearsal.world import NoSessionAheadError, Rehearsal

_BEFORE, _NEAR_THE_END, _A_MINUTE = timedelta(minutes=30), timedelta(minutes=10), timedelta(minutes=1)
_QUESTION = "¿Cómo se financia la práctica?"


@dataclass(frozen=True, slots=True)
class Played:
    """What an act was about: the number of the session, and in whose chat it is to be seen (their Telegram id)."""

    session: int
    person: int


async def _session_to_come(rehearsal: Rehearsal) -> dict[str, Any]:
    """Returns the session that goes on, or the next one. Raises NoSessionAheadError."""
    now = rehearsal.clock.now()
    ahead = [each for each in await rehearsal.sessions() if each["ends_at"] > now and not each["cancelled"]]
    if not ahead:
        raise NoSessionAheadError(NoSessionAheadError.__doc__)
    return min(ahead, key=lambda each: each["starts_at"])


async def _turn(rehearsal: Rehearsal, moment: datetime) -> None:
    if moment > rehearsal.clock.now():
        await rehearsal.turn_to(moment)


async def _does(rehearsal: Rehearsal, person: User, *acts: str | tuple[str, str]) -> None:
    """Types words, or presses the newest button whose address begins and ends so; one act after the other."""
    for act in acts:
        if isinstance(act, str):
            rehearsal.telegram.says(person.id, act)
        else:
            rehearsal.press_button(person, *act)
        await rehearsal.settle()


async def panel_is_asked(rehearsal: Rehearsal) -> Played:
    """Lets one person ask the panel, the organizer put it on the list, and the others vote; returns where to look.

    Raises NoSessionAheadError, and LookupError where the bot offers no button for it.
    """
    session = await _session_to_come(rehearsal)
    number, organizer = session["number"], rehearsal.organizer()
    await _turn(rehearsal, session["starts_at"] - _BEFORE)
    asking, *others = [each for each in rehearsal.cast if each.id != organizer.id][::-1]
    await _does(rehearsal, asking, f"/panel {number}", (f"pq:a:{number}", ""), _QUESTION, ("pq:ok:", ""))
    await _does(rehearsal, organizer, f"/panel {number}", (f"pm:d:{number}:", ":approve"))
    for person in others:
        await _does(rehearsal, person, f"/panel {number}", ("pq:v:", ":on"))
    await _does(rehearsal, asking, f"/panel {number}")
    return Played(int(number), asking.id)


async def certificate_is_given(rehearsal: Rehearsal) -> Played:
    """Lets one person register, type the word of the session, and get a certificate after it; returns where to look.

    Raises NoSessionAheadError, and LookupError where the bot offers no button for it.
    """
    session = await _session_to_come(rehearsal)
    number, organizer = session["number"], rehearsal.organizer()
    named = [each for each in rehearsal.cast if each.last_name and each.id != organizer.id]
    person = next(each for each in named if each.language_code == "es")
    answers = (("reg:name:", ""), "Casa del Migrante", ("reg:sector:", ":civil"), "México", ("reg:email:", ":skip"))
    rest = (("reg:sessions:", ":all"), ("reg:needs:", ":skip"), ("reg:consent:", ":yes"))
    await _does(rehearsal, person, "/register", *answers, *rest)
    await _turn(rehearsal, session["ends_at"] - _NEAR_THE_END)
    await _does(rehearsal, organizer, "/team", ("ct", ""), ("ct:on", ""))
    await _does(rehearsal, organizer, f"/session {number}", (f"at:{number}", ""), (f"at:o:{number}", ""))
    word = rehearsal.telegram.chat(organizer.id)[-1].text.partition("«")[2].partition("»")[0]
    await _does(rehearsal, organizer, (f"at:o:{number}:", ""))
    await _does(rehearsal, person, word)
    await _turn(rehearsal, session["ends_at"] + _A_MINUTE)
    await _does(rehearsal, person, "/certificate", ("+cert:", ""))
    return Played(int(number), person.id)

"""A viewer sees numbers, or what was chosen, never both: selections cannot be subtracted."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.people.roster import Segment
from db.team.audit import AuditEntry
from handlers.organizer.people.segments import audit_details
from handlers.organizer.team.team_log import entry_line
from tests.support.world.announcements import drafted
from tests.support.world.crowd import registered, someone
from tests.support.world.people import Person, World
from tests.support.world.team import joined, owner

COUNTRIES, SECTORS = ("", "HT", "CL,AR", "BR"), ("", "ngo", "national", "un")
PLACES = (0, ""), (1, ""), (2, "going"), (2, "waiting")
SEGMENTS = st.builds(
    lambda place, country, sector: Segment(place[0], country, sector, place[1]),
    st.sampled_from(PLACES),
    st.sampled_from(COUNTRIES),
    st.sampled_from(SECTORS),
)


pytestmark = pytest.mark.one_owner


async def a_team(world: World) -> tuple[Person, Person]:
    """Olga with seven people from Haiti on her list, one of another sector; and Vera, who only looks on."""
    olga = owner(world)
    await olga.says("/start")
    await registered(world, [someone(each, country="HT", sector="un" if each else "ngo") for each in range(7)])
    return olga, await joined(world, olga, label="Invitar con solo lectura")


async def test_what_was_taken_away_of_whom_is_read_by_organizers_only(world: World) -> None:
    olga, vera = await a_team(world)
    for selection in ("px:0:HT:-:csv", "px:0:HT:un:csv", "px:2:HT:un:csv"):
        await olga.forges(selection)
    await olga.forges("tm:log:0")
    assert "Haití" in olga.last
    await vera.forges("tm:log:0")
    assert vera.heard("descargó 7 inscripciones", "descargó 6 inscripciones"), vera.last
    for chosen in ("Haití", "ONU", "sesión 2"):
        assert chosen not in vera.last, vera.last


async def test_a_viewer_sees_of_a_draft_how_many_and_not_whom_or_where(world: World) -> None:
    olga, vera = await a_team(world)
    await drafted(olga)
    for choice in ("an:s:1:country:HT", "an:s:1:sector:un"):
        await olga.forges(choice)
    await olga.forges("an:1")
    assert "Haití" in olga.last, olga.last
    await vera.forges("an:1")
    assert "borrador" in vera.last, vera.last
    for chosen in ("Haití", "ONU", "12:0", "UTC"):
        assert chosen not in vera.last, vera.last


@given(one=SEGMENTS, other=SEGMENTS, people=st.integers(0, 300))
def test_a_viewers_line_of_the_log_is_the_same_whatever_was_chosen(one: Segment, other: Segment, people: int) -> None:
    lines = [_line(each, people) for each in (one, other)]
    assert lines[0] == lines[1]


def _line(segment: Segment, people: int) -> object:
    details = {"n": people, "kind": "CSV", **audit_details(segment)}
    at = datetime(2024, 10, 22, 15, tzinfo=UTC)
    return entry_line(AuditEntry(at, "Olga", "exported", details, None, 1), organizer=False)

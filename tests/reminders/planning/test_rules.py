"""When each reminder is due, in every zone there is."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.programme.live_programme import LiveSession
from knowledge.time.lead_time import LeadTimeError, due_at, parse_lead_time
from knowledge.time.zones import all_zones
from reminders.planning.rules import reminder_batches

DAYS = ((10, 23), (10, 29), (11, 5), (11, 12))
STARTS = [datetime(2024, month, day, 17, tzinfo=UTC) for month, day in DAYS]
SESSIONS = [
    LiveSession(number, number, start, start + timedelta(minutes=90), 1) for number, start in enumerate(STARTS, start=1)
]
NINE = parse_lead_time("09:00")


@pytest.mark.parametrize(
    ("code", "due"), [("24h", "2024-11-04 17:00"), ("1h", "2024-11-05 16:00"), ("10m", "2024-11-05 16:50")]
)
def test_a_length_counts_back_from_the_start(code: str, due: str) -> None:
    """Wherever the person is: an hour is an hour, also over a change of clocks."""
    expected = datetime.fromisoformat(due).replace(tzinfo=UTC)
    assert {
        due_at(parse_lead_time(code), SESSIONS[2].starts_at, zone) for zone in ("America/Lima", "Europe/Zurich")
    } == {expected}


@pytest.mark.parametrize(
    ("zone", "session", "due"),
    [
        ("America/Port-au-Prince", 2, "2024-10-29 13:00"),
        ("America/Port-au-Prince", 3, "2024-11-05 14:00"),
        ("Europe/Zurich", 1, "2024-10-23 07:00"),
        ("Europe/Zurich", 2, "2024-10-29 08:00"),
        ("America/Tijuana", 3, "2024-11-04 17:00"),  # the session itself begins at 09:00 there
        ("Asia/Tokyo", 1, "2024-10-23 00:00"),  # it begins at 02:00 of the 24th there
    ],
)
def test_nine_oclock_is_the_last_one_before_the_start(zone: str, session: int, due: str) -> None:
    """In each person's own morning."""
    expected = datetime.fromisoformat(due).replace(tzinfo=UTC)
    assert due_at(NINE, SESSIONS[session - 1].starts_at, zone) == expected


@given(st.sampled_from(all_zones()), st.sampled_from(SESSIONS), st.times())
def test_in_every_zone_an_hour_of_the_day_comes_before_the_start_within_a_day(
    zone: str, session: LiveSession, at: object
) -> None:
    """Never after the session began, never two days early, and it reads that hour on the wall there."""
    lead = parse_lead_time(f"{at:%H:%M}")
    due = due_at(lead, session.starts_at, zone)
    assert timedelta(0) < session.starts_at - due <= timedelta(hours=25)  # 25: the night the clocks go back
    assert lead.at is not None
    assert due.astimezone(ZoneInfo(zone)).replace(tzinfo=None).time() == lead.at


def test_every_zone_is_in_exactly_one_wave_of_an_hour_of_the_day() -> None:
    """Nobody is left out, nobody is reminded twice."""
    zones = all_zones()
    mine = [zone for wave in reminder_batches(SESSIONS[:1], [NINE], zones) for zone in wave.zones or ()]
    assert sorted(mine) == sorted(zones)


@pytest.mark.parametrize("code", ["", "h", "0h", "25:00", "9", "1w", "24 h", "-1h", "09:60", "９h"])
def test_what_is_no_lead_is_refused(code: str) -> None:
    """With a message that says how it is written."""
    with pytest.raises(LeadTimeError, match="24h, 10m, 0m or 09:00"):
        parse_lead_time(code)

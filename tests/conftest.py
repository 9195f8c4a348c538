"""A fresh world for every test, or one for all stories of a module that only talk."""

import gc
import inspect
import os
import sys
import zoneinfo
from asyncio import AbstractEventLoop
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path

import pytest
import pytest_asyncio
import structlog
from hypothesis import settings as hypothesis_settings

from bot.config.settings import DatabaseSettings, Organizers, Section, Settings
from rehearsal.clock import TurnableClock
from rehearsal.telegram.telegram import Limits, Telegram
from rehearsal.world import Rehearsal, running
from tests.support.dialects import share_compiled_statements
from tests.support.thorough import one_in
from tests.support.world.databases import PostgresServer, SqliteFiles, postgres_address, sqlite_files
from tests.support.world.people import START, TOKEN, World
from tests.support.world.restart import built
from tests.support.world.team import OWNER, owner

# Texts by chance: few a run, for there are many. `make test-thorough` tries fifteen times more.
hypothesis_settings.register_profile("quick", max_examples=20, deadline=None)
hypothesis_settings.register_profile("thorough", max_examples=300, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
# A story costs twice as much where it runs on both kinds of database, and nearly all SQL goes through the rooms of db,
# whose tests do. So PostgreSQL gets these: db, all that sends or moves rows, and of the stories those whose statements
# differ most (locks, counting, JSON, moments): every fourth name of a file's, all of them in `make test-thorough`.
# Where a test's path and name begin with one of them, it runs on both.
# A server of one's own is started; `TEST_DATABASE_URL=postgresql://…` names another instead.
_STORIES_ON_POSTGRESQL = {
    "stories/announcements/test_announce.py": (
        "test_a_draft_and_a_broadcast_survive_a_crash",
        "test_corrected_where_it_arrived",
        "test_each_ones_nine",
        "test_many_need_a_second_organizer",
        "test_paused_resumed_and_stopped",
        "test_the_audience_is_chosen",
        "test_who_blocked",
    ),
    "stories/attendance/test_certificate.py": ("test_a_corrected_name", "test_the_team_revokes"),
    "stories/attendance/test_report.py": ("test_doubts_are_decided",),
    "stories/attendance/test_turnout.py": ("test_registered_came", "test_a_file_has_it"),
    "stories/attendance/test_word.py": ("test_five_wrong", "test_typed_twice"),
    "stories/faults/test_at_once.py": ("",),
    "stories/feedback/test_after_the_session.py": (
        "test_a_recording_that_comes_later",
        "test_nobody_else",
        "test_one_nudge",
    ),
    "stories/feedback/test_feedback.py": ("test_a_double_tap", "test_my_data"),
    "stories/feedback/test_summary.py": ("test_groups_add_up", "test_rare_languages"),
    "stories/panel/test_export.py": ("test_who_asked_without",),
    "stories/panel/test_forged_presses.py": ("test_votes_for",),
    "stories/panel/test_moderating.py": ("test_merged_votes",),
    "stories/people/test_my_data.py": (
        "test_a_restored_backup",
        "test_deletion_takes_two_taps",
        "test_my_data_is_taken_away",
        "test_my_data_names_everything",
        "test_people_and_half_done",
    ),
    "stories/practices/test_meeting.py": ("test_both_agree", "test_a_no_is_told", "test_my_data", "test_who_looks"),
    "stories/practices/test_offered_practices.py": ("test_the_team_asks_back", "test_it_is_declined"),
    "stories/programme/test_rescheduling.py": (
        "test_a_session_that_is_restored",
        "test_moved_twice",
        "test_no_chat_shows_the_old_time",
        "test_organizers_hear_of_people",
        "test_reminders_come_at_the_new_time",
    ),
    "stories/programme/test_whom_a_change_reaches.py": ("test_a_move_says", "test_who_has_not_heard"),
    "stories/questions/test_question_inbox.py": (
        "test_both_send",
        "test_everybody_who_asked",
        "test_everything_is_in_the_log",
        "test_published_the_bot_gives_it",
        "test_the_same_question_is_one_group",
        "test_when_the_cycle_is_long_over",
        "test_who_deleted_their_data",
    ),
    "stories/registration/test_registration_any_order.py": ("test_the_same_on_both_databases",),
    "stories/registration/test_waiting_list.py": ("test_a_place_comes_free", "test_the_waiting_list_moves"),
    "stories/reminders/test_quiet_hours.py": (
        "test_a_pause_that_ends_early",
        "test_after_an_outage",
        "test_one_session_is_muted",
        "test_several_reminders_of_one_night",
    ),
    "stories/reminders/test_reminders.py": (
        "test_a_moved_session",
        "test_one_lead_of_one_session",
        "test_the_language_and_the_zone",
        "test_totals_add_up",
        "test_who_blocked_the_bot",
    ),
    "stories/team/test_participants.py": (
        "test_a_search_needs_no_accents",
        "test_a_segment_is_chosen",
        "test_a_workbook",
        "test_the_list_has_pages",
        "test_what_was_seen",
    ),
}
ON_POSTGRESQL_TOO = (
    "bot/maintenance/",
    "bot/updates/",
    "db/",
    "reminders/delivery/",
    *(f"{file}::{name}" for file, names in _STORIES_ON_POSTGRESQL.items() for name in one_in(4, names)),
)


# Long, and by their names among the last: one worker still had them to itself while the others were done, and tests
# of the house, which share what they have parsed, were spread over all.
LONG_ONES = (
    "tests/test_house.py",
    "tests/stories/team/test_organizer_routes.py",
    "tests/stories/team/test_any_message_in_a_dialog.py",
    "tests/stories/registration/test_links_reach_places.py",
    "tests/stories/registration/test_registration_any_order.py",
    "tests/stories/faults/test_frozen_postgres.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Starts with the long ones."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG_ONES))


def pytest_collection_finish() -> None:
    """Takes what was imported for the tests out of every later garbage collection; see tests/__init__.py."""
    gc.freeze()


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], AbstractEventLoop]] | None:
    """The loop that the bot itself runs on (bot/process/event_loop.py): it is also the quicker one."""
    if sys.platform == "win32":
        return None
    import uvloop  # noqa: PLC0415 - see bot/process/event_loop.py

    return {"uvloop": uvloop.new_event_loop}


share_compiled_statements()


@pytest.fixture(autouse=True, scope="session")
def our_time_zones() -> None:
    """The tzdata package everywhere, as in the bot itself."""
    zoneinfo.reset_tzpath(to=())


@pytest.fixture(autouse=True, scope="session")
def plain_logs() -> None:
    """No tracebacks with every local value in them: drawing one of ours takes half a minute."""
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, plain])


@pytest.fixture(scope="session")
def sqlite() -> Iterator[SqliteFiles]:
    """Where SQLite databases come from."""
    with sqlite_files() as files:
        yield files


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Where PostgreSQL databases come from."""
    with postgres_address() as address:
        server = PostgresServer(address)
        yield server
        server.close()


def pytest_pycollect_makeitem(obj: object) -> None:
    """Lets a story in the shared world run on that world's loop, which lasts as long as its module."""
    if inspect.iscoroutinefunction(obj) and "shared_world" in inspect.signature(obj).parameters:
        pytest.mark.asyncio(loop_scope="module")(obj)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Everything with a database runs on SQLite; what is named in ON_POSTGRESQL_TOO runs on both kinds.

    Raises UsageError for a story that is named there and takes the shared world, which is on SQLite only.
    """
    file = metafunc.definition.nodeid.partition("::")[0].removeprefix("tests/")
    both = f"{file}::{metafunc.function.__name__}".startswith(ON_POSTGRESQL_TOO)
    if both and "shared_world" in metafunc.fixturenames:
        raise pytest.UsageError(f"{metafunc.definition.nodeid} is to run on PostgreSQL: let it take `world`")
    if "database_url" in metafunc.fixturenames:
        metafunc.parametrize("database_url", ["sqlite", "postgres"] if both else ["sqlite"], indirect=True)


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of this test's own, of the kind that pytest_generate_tests has chosen."""
    server: SqliteFiles | PostgresServer = request.getfixturevalue(request.param)
    with server.fresh() as url:
        yield url


@pytest.fixture(scope="session")
def shipped() -> Settings:
    """The shipped defaults, with a token; Telegram's pace as fast as tests want.

    Read once: to look through the environment takes 1.1 ms of the 45 of an empty story.
    """
    values = {
        "telegram": {"token": TOKEN},
        "delivery": {"rate": 1000, "per_chat": 30},
        "limits": {"messages": 1_000_000},  # the clock stands still while a test's people write
    }
    return Settings(**values)  # type: ignore[arg-type] # pydantic reads the plain values


def _settings(shipped: Settings, database_url: str, one_owner: pytest.Mark | None) -> Settings:
    ours: dict[str, Section] = {"database": DatabaseSettings(url=database_url)}
    if one_owner is not None:
        ours["organizers"] = Organizers(ids=(OWNER,), **one_owner.kwargs)
    return shipped.model_copy(update=ours)


@pytest.fixture
def settings(shipped: Settings, database_url: str, request: pytest.FixtureRequest) -> Settings:
    """The shipped defaults, with this test's database.

    Under the mark `one_owner` the first who joins owns the team; its words are settings of the organizers.
    """
    return _settings(shipped, database_url, request.node.get_closest_marker("one_owner"))


def _stage(settings: Settings) -> World:
    clock = TurnableClock(START, speed=0)
    telegram = Telegram(token=TOKEN, now=clock.now, limits=Limits(enforced=False))
    return World(Rehearsal(telegram, clock, built(settings, clock, telegram)), settings)


@pytest.fixture
def stage(settings: Settings, request: pytest.FixtureRequest) -> World:
    """A world whose bot has not started yet; under the mark `sets_menu` it sets everybody's menu when it does."""
    stage = _stage(settings)
    stage.rehearsal.app.sets_menu = request.node.get_closest_marker("sets_menu") is not None
    return stage


@pytest.fixture
async def world(stage: World) -> AsyncIterator[World]:
    """The whole bot, started, on 22 October 2024 at noon in Argentina; the clock stands still until turned."""
    async with running(stage.rehearsal):
        await stage.settle()
        yield stage


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_world(shipped: Settings, sqlite: SqliteFiles, request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """One for all stories of a module in which new people only talk to the bot: to start it was half of each.

    Others of that name have been there before. Who turns the clock, changes sessions, is of the team, or counts
    what all have said takes `world`. Under a module's mark `one_owner` the owner is there, and has not written.
    """
    with sqlite.fresh() as database_url:
        stage = _stage(_settings(shipped, database_url, request.node.get_closest_marker("one_owner")))
        if stage.settings.organizers.ids:
            owner(stage)
        async with running(stage.rehearsal):
            await stage.settle()
            yield stage


@pytest.fixture
def content() -> Path:
    """The shipped content pack."""
    return Path(__file__).parent.parent / "knowledge" / "content" / "pmm-2024"

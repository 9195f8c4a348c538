"""Whatever goes wrong, and in whatever order: nothing is lost, and nothing comes twice that must not."""

import os

import pytest

from bot.config.content import CONTENT, load_content
from db.delivery import outbox
from knowledge.programme.cycle import Cycle
from tests.support.thorough import THOROUGH
from tests.support.world.chaos import Chaos
from tests.support.world.databases import SqliteFiles

# CHAOS_SEEDS=200 runs more of them, CHAOS_SEED=17 that one again.
ONE, MANY = os.environ.get("CHAOS_SEED"), os.environ.get("CHAOS_SEEDS", "60" if THOROUGH else "6")
SEEDS = [int(ONE)] if ONE else range(int(MANY))


@pytest.fixture(scope="module")
def cycle() -> Cycle:
    """The shipped one."""
    return load_content(CONTENT / "pmm-2024")


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_accounts_add_up_at_the_end_of_any_schedule(sqlite: SqliteFiles, cycle: Cycle, seed: int) -> None:
    with sqlite.fresh() as url:
        chaos = Chaos(seed, url, cycle)
        await chaos.run()
        accounts = await chaos.accounts()
    assert sum(accounts.states().values()) == len(accounts.rows)
    assert accounts.lost() == []
    assert accounts.forgotten == set()
    assert accounts.twice(outbox.ANNOUNCEMENT) == 0
    # Only what was in the air at a crash, or whose answer was lost, may come once more.
    assert accounts.twice(outbox.REMINDER) <= chaos.may_repeat, accounts.states()

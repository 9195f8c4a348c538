"""Plays a whole cycle, act by act, and gives what was done and what can be seen afterwards."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from rehearsal.cycle.acts import ACTS, Act
from rehearsal.cycle.collecting import collect
from rehearsal.cycle.ledger import Evidence, Ledger
from rehearsal.cycle.stage import Timeline, set_stage


async def play(people: int, folder: Path, write: Timeline, acts: Sequence[Act] = ACTS) -> tuple[Ledger, Evidence]:
    """Plays those acts with so many people; the database is a new file in that folder, the timeline goes to `write`."""
    async with asyncio.TaskGroup() as group:
        stage = set_stage(group, folder, people, write)
        with stage.listening():
            try:
                for act in acts:
                    await act(stage)
                evidence = await collect(stage)
            finally:
                await stage.finish()
    return stage.ledger, evidence

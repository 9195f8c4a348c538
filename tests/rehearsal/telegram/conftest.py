"""What every test of the rehearsal's Telegram stands on."""

import pytest

from tests.support.telegram.rehearsal_stage import Stage


@pytest.fixture
def stage() -> Stage:
    """A fresh Telegram, without limits."""
    return Stage()

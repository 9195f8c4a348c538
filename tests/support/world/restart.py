"""The bot starts anew; Telegram, the database and the time stay."""

from bot.app import build
from rehearsal.telegram.request import RehearsalRequest
from tests.support.world.people import World


def again(stage: World) -> World:
    """The same Telegram, database and time, with a bot started anew."""
    rehearsal = stage.rehearsal
    rehearsal.clock.forget_listeners()
    rehearsal.app = build(stage.settings, clock=rehearsal.clock, request=RehearsalRequest(rehearsal.telegram))
    return stage

"""The bot starts anew; Telegram, the database and the time stay."""

from bot.app import App, build
from bot.config.settings import Settings
from rehearsal.telegram.request import RehearsalRequest
from rehearsal.telegram.telegram import Telegram
from reminders.clock import Clock
from tests.support.world.people import World


def built(settings: Settings, clock: Clock, telegram: Telegram) -> App:
    """The bot as it runs, but for the pace of groups and panels' cards (twenty a second) and the menu at the start.

    To set the menu in four languages was a fifth of a small story; see the mark `sets_menu`.
    """
    app = build(settings, clock=clock, request=RehearsalRequest(telegram))
    app.work.delivery.rate_limiter.group_gap_seconds = 0.05
    app.work.boards.edit_seconds = 0.05
    app.sets_menu = False
    return app


def again(stage: World) -> World:
    """The same Telegram, database and time, with a bot started anew."""
    rehearsal = stage.rehearsal
    rehearsal.clock.forget_listeners()
    rehearsal.app = built(stage.settings, rehearsal.clock, rehearsal.telegram)
    return stage

"""Sets the commands and descriptions that Telegram shows, per language; and each team member's own."""

import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from db.team.team import Role, suffices
from handlers.command import Command
from handlers.organizer import routes as organizer
from handlers.routes import COMMANDS
from locales.localized import LANGUAGES, Language
from locales.reply import Text, text
from locales.translator import Reader, Translator

_log = structlog.get_logger(__name__)


async def show_menu(bot: Bot, translator: Translator) -> bool:
    """Sets the menu in every language; whether Telegram took it. The bot works without it: a failure is only told."""
    try:
        await _set(bot, translator, "es", None)  # for phones in none of the four languages
        for language in LANGUAGES:
            await _set(bot, translator, language, language)
    except TelegramError as error:
        _log.warning("the command menu could not be set; the bot runs without it", error=type(error).__name__)
        return False
    return True


async def _set(bot: Bot, translator: Translator, language: Language, code: str | None) -> None:
    reader = translator.reader(language, None)
    await bot.set_my_commands(commands(reader), language_code=code)
    await bot.set_my_description(reader.plain(text("bot.description")), language_code=code)
    await bot.set_my_short_description(reader.plain(text("bot.short_description")), language_code=code)


async def show_team_menu(bot: Bot, translator: Translator, telegram_id: int, role: Role | None) -> None:
    """Gives somebody of the team their commands, or takes them away (None). A failure is only told."""
    scope = BotCommandScopeChat(telegram_id)
    # As in the menu of everybody: a phone in another language sees Spanish.
    shown: tuple[tuple[Language, str | None], ...] = (("es", None), *((each, each) for each in LANGUAGES))
    try:
        for language, code in shown:
            if role is None:
                await bot.delete_my_commands(scope, language_code=code)
            else:
                mine = commands(translator.reader(language, None), role)
                await bot.set_my_commands(mine, scope, language_code=code)
    except TelegramError as error:
        _log.warning("a menu of the team could not be set", error=type(error).__name__)


def commands(reader: Reader, role: Role | None = None) -> list[BotCommand]:
    """Returns the menu in that reader's language, under the names of that language; the team's commands come first."""
    own = [each for each in organizer.COMMANDS if each.least is not None and suffices(role, each.least)]
    return [BotCommand(_name(each, reader), reader.plain(Text(f"command.{each.name}"))) for each in (*own, *COMMANDS)]


def _name(command: Command, reader: Reader) -> str:
    return command.aliases.get(reader.language, command.name)

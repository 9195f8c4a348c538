"""Commands and descriptions as Telegram shows them, per language."""

import structlog
from telegram import Bot, BotCommand
from telegram.error import TelegramError

from handlers.routes import COMMANDS, Command
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


def commands(reader: Reader) -> list[BotCommand]:
    """The menu in that reader's language, under the names of that language."""
    return [BotCommand(_name(each, reader), reader.plain(Text(f"command.{each.name}"))) for each in COMMANDS]


def _name(command: Command, reader: Reader) -> str:
    return command.aliases.get(reader.language, command.name)

"""Answers in group chats: the programme, reminders and settings, and which updates of a group are answered."""

from collections.abc import Mapping
from dataclasses import replace

from db.engine.database import Tx
from db.people import participants, subscriptions
from handlers.command import Feature, command_key
from handlers.participant.asking import ask
from handlers.participant.programme import objectives, practices, sessions
from handlers.participant.reminders.subscriptions import usual_leads
from handlers.router import Route
from handlers.routes import COMMANDS
from handlers.turn import Turn
from knowledge.time.zones import zone_label
from locales.localized import LANGUAGES, Language
from locales.reply import Button, Day, Hour, Keyboard, Reply, Value, reply, rows, text

_LANGUAGE_NAMES: dict[Language, str] = {"es": "Español", "pt": "Português", "en": "English", "fr": "Français"}
_COURTESIES = frozenset({"greeting", "thanks", "goodbye", "insult"})
# Only for these is Telegram asked who administers the group.
_ADMINISTERED = frozenset({"reminders", "timezone", "language"})
# Where several bots are, these without a name are for no bot more than for another; "" is none of our commands.
_EVERY_BOT_HAS = frozenset({"", "start", "help", "cancel"})
_GROUP_PRESS_PREFIX = "g:"


async def introduce_bot(turn: Turn) -> Reply:
    """Introduces the bot: who it is, what it answers to, and what it keeps."""
    return reply(text("group.hello", cycle=turn.cycle.title), text("group.how", bot=turn.bot), text("group.kept"))


async def is_worth_answering(turn: Turn) -> bool:
    """Returns whether a reply to us asks something that we know, or at least asks: "jaja" needs no answer."""
    found = await ask.find_answers(turn, turn.words)
    return "?" in turn.words or all(each.known and each.topic not in _COURTESIES for each in found)


def refusal(*, administrator: bool | None) -> Value:
    """Returns the words that only an administrator can change it; or that Telegram does not say who is one."""
    return text("group.administrators" if administrator is False else "group.unchecked")


async def refer_to_private_chat(_turn: Turn) -> Reply:
    """Refers to the private chat for what is between a person and the bot."""
    return reply(text("group.private"))


async def show_group_reminders(turn: Turn, toast: Value | None = None) -> Reply:
    """Shows whether the group is reminded; an administrator gets the switch."""
    on = await subscriptions.subscriptions_of_person(turn.tx, turn.person.id, turn.cycle.key)
    state = text("group.on") if on else text("group.off")
    ahead = [each for each in (await turn.live()).values() if each.is_ahead(turn.now)]
    hours = (
        text("zone.session", number=each.number, day=Day(each.starts_at), hour=Hour(each.starts_at)) for each in ahead
    )
    switch = Button(text("group.turn_off"), "g:off") if on else Button(text("group.turn_on"), "g:on")
    keyboard: Keyboard = ((switch,),) if turn.administrator else ()
    only = () if turn.administrator else (refusal(administrator=turn.administrator),)
    return reply(state, _zone_line(turn), *hours, *only, keyboard=keyboard, toast=toast)


def _zone_line(turn: Turn) -> Value:
    zone = turn.person.zone
    place = turn.cycle.zone_name if zone is None else zone_label(zone, turn.language)
    return text("sessions.hours.local", place=place)


async def turn_group_reminders_on(turn: Turn) -> Reply:
    """Turns on the usual reminders of every session to come, in this topic.

    Only an administrator's press comes here.
    """
    await participants.set_topic(turn.tx, turn.person.id, turn.topic)
    ids = [each.id for each in (await turn.live()).values() if each.is_ahead(turn.now)]
    await subscriptions.turn_on(turn.tx, turn.person.id, ids, usual_leads(turn), now=turn.now)
    return await show_group_reminders(turn, text("reminders.all_on.done"))


async def turn_group_reminders_off(turn: Turn) -> Reply:
    """Turns the group's reminders off."""
    await subscriptions.turn_off(turn.tx, turn.person.id, [each.id for each in (await turn.live()).values()])
    return await show_group_reminders(turn, text("reminders.all_off.done"))


async def set_group_timezone(turn: Turn, words: str = "") -> Reply:
    """Sets the group's zone for an administrator (/timezone@… Lima); anybody sees it."""
    if not words:
        return reply(_zone_line(turn), text("group.zone.how", bot=turn.bot))
    if not turn.administrator:
        return reply(refusal(administrator=turn.administrator))
    found = turn.services.places.find(words, turn.language)
    if not found:
        return reply(text("zone.not_found", place=words[:60]))
    await participants.set_zone(turn.tx, turn.person.id, found[0].zone)
    return await show_group_reminders(await turn.again())


async def ask_group_language(turn: Turn) -> Reply:
    """Asks an administrator which of the four languages the group has (/language@…)."""
    if not turn.administrator:
        return reply(refusal(administrator=turn.administrator))
    return reply(
        text("language.ask"),
        keyboard=rows(*(Button(_LANGUAGE_NAMES[each], f"g:lang:{each}") for each in LANGUAGES), of=2),
    )


async def choose_group_language(turn: Turn, code: str) -> Reply:
    """Speaks that language in the group from now on."""
    if code not in LANGUAGES:
        return await ask_group_language(turn)
    await participants.set_language(turn.tx, turn.person.id, code)
    return await introduce_bot(await turn.again())


# What a group may ask; everything else is between a person and the bot.
_GROUP_FEATURES: Mapping[str, Feature] = {
    "start": introduce_bot,
    "help": introduce_bot,
    "sessions": sessions.show_sessions,
    "objectives": objectives.show_objectives,
    "principles": objectives.show_principles,
    "practices": practices.show_practices,
    "reminders": show_group_reminders,
    "timezone": set_group_timezone,
    "language": ask_group_language,
    "privacy": introduce_bot,
}
_GROUP_FEATURES_BY_WORDS: Mapping[str, Feature] = {
    "sessions": sessions.session_by_words,
    "objectives": objectives.objective_by_words,
    "practices": practices.practices_by_words,
    "timezone": set_group_timezone,
}


def command_name(command: str) -> str:
    """Returns the command's first name, in whatever language it was written; "" for none of ours."""
    written = command_key(command)
    return next((each.name for each in COMMANDS if written in {each.name, *each.aliases.values()}), "")


def is_for_us(command: str, *, names_us: bool) -> bool:
    """Returns whether that command in a group is ours.

    It is where it names us; or where it names nobody, and only we have one of that name.
    """
    return names_us or command_name(command) not in _EVERY_BOT_HAS


def needs_administrator(kind: str, words: str) -> bool:
    """Returns whether it matters who administers the group."""
    return (kind == "group_command" and command_name(words) in _ADMINISTERED) or kind == "group_press"


def route_in_group(kind: str, words: str, rest: str) -> Route:
    """Returns who answers that in a group."""
    if kind == "added":
        return Route(introduce_bot)
    if kind in {"mention", "reply"}:
        return Route(ask.answer_question)
    if kind == "group_press":
        return _route_group_press(words)
    name = command_name(words)
    if rest and name in _GROUP_FEATURES_BY_WORDS:
        return Route(_GROUP_FEATURES_BY_WORDS[name], {"words": rest})
    return Route(_GROUP_FEATURES.get(name, refer_to_private_chat))


def _route_group_press(data: str) -> Route:
    if data.startswith("g:lang:"):
        return Route(choose_group_language, {"code": data.removeprefix("g:lang:")})
    return Route({"g:on": turn_group_reminders_on, "g:off": turn_group_reminders_off}.get(data, show_group_reminders))


async def apply_membership_change(tx: Tx, kind: str, chat_id: int, words: str) -> bool:
    """Forgets a group that took the bot out, follows one that got another number; whether it was one of these."""
    if kind == "removed":
        await participants.remove(tx, chat_id)
    elif kind == "moved":
        await participants.change_telegram_id(tx, chat_id, int(words))
    return kind in {"removed", "moved"}


def without_personal_buttons(turn: Turn, answer: Reply) -> Reply:
    """Returns the reply without the buttons that are one person's, and with a way to the private chat."""
    kept = tuple(
        tuple(button for button in row if button.press is None or button.press.startswith(_GROUP_PRESS_PREFIX))
        for row in answer.keyboard
    )
    private = (Button(text("group.button"), url=f"https://t.me/{turn.bot}"),)
    then = without_personal_buttons(turn, answer.then) if answer.then is not None else None
    return replace(answer, keyboard=(*(row for row in kept if row), private), then=then)

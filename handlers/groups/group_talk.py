"""What Ciclo says in a group: who it is, once; the programme when it is named; reminders when an administrator asks."""

from db.people import participants, subscriptions
from handlers.participant.asking import ask
from handlers.participant.reminders.subscriptions import usual_leads
from handlers.turn import Turn
from knowledge.time.zones import zone_label
from locales.localized import LANGUAGES, Language
from locales.reply import Button, Day, Hour, Keyboard, Reply, Value, reply, rows, text

_LANGUAGE_NAMES: dict[Language, str] = {"es": "Español", "pt": "Português", "en": "English", "fr": "Français"}

_COURTESIES = frozenset({"greeting", "thanks", "goodbye", "insult"})


async def introduce_bot(turn: Turn) -> Reply:
    """Who it is, what it answers to, and what it keeps."""
    return reply(text("group.hello", cycle=turn.cycle.title), text("group.how", bot=turn.bot), text("group.kept"))


async def is_worth_answering(turn: Turn) -> bool:
    """Whether a reply to us asks something that we know, or at least asks: "jaja" needs no answer."""
    found = await ask.find_answers(turn, turn.words)
    return "?" in turn.words or all(each.known and each.topic not in _COURTESIES for each in found)


async def refer_to_private_chat(_turn: Turn) -> Reply:
    """What is between a person and the bot."""
    return reply(text("group.private"))


async def show_group_reminders(turn: Turn, toast: Value | None = None) -> Reply:
    """Whether the group is reminded; an administrator gets the switch."""
    on = await subscriptions.subscriptions_of_person(turn.tx, turn.person.id, turn.cycle.key)
    state = text("group.on") if on else text("group.off")
    ahead = [each for each in (await turn.live()).values() if each.is_ahead(turn.now)]
    hours = (
        text("zone.session", number=each.number, day=Day(each.starts_at), hour=Hour(each.starts_at)) for each in ahead
    )
    switch = Button(text("group.turn_off"), "g:off") if on else Button(text("group.turn_on"), "g:on")
    keyboard: Keyboard = ((switch,),) if turn.administrator else ()
    only = () if turn.administrator else (text("group.administrators"),)
    return reply(state, _zone_line(turn), *hours, *only, keyboard=keyboard, toast=toast)


def _zone_line(turn: Turn) -> Value:
    zone = turn.person.zone
    place = turn.cycle.zone_name if zone is None else zone_label(zone, turn.language)
    return text("sessions.hours.local", place=place)


async def turn_group_reminders_on(turn: Turn) -> Reply:
    """The usual reminders of every session to come; only an administrator's press comes here."""
    ids = [each.id for each in (await turn.live()).values() if each.is_ahead(turn.now)]
    await subscriptions.turn_on(turn.tx, turn.person.id, ids, usual_leads(turn), now=turn.now)
    return await show_group_reminders(turn, text("reminders.all_on.done"))


async def turn_group_reminders_off(turn: Turn) -> Reply:
    """No reminders any more."""
    await subscriptions.turn_off(turn.tx, turn.person.id, [each.id for each in (await turn.live()).values()])
    return await show_group_reminders(turn, text("reminders.all_off.done"))


async def set_group_timezone(turn: Turn, words: str = "") -> Reply:
    """/timezone@… Lima: an administrator sets the group's zone; anybody sees it."""
    if not words:
        return reply(_zone_line(turn), text("group.zone.how", bot=turn.bot))
    if not turn.administrator:
        return reply(text("group.administrators"))
    found = turn.services.places.find(words, turn.language)
    if not found:
        return reply(text("zone.not_found", place=words[:60]))
    await participants.set_zone(turn.tx, turn.person.id, found[0].zone)
    return await show_group_reminders(await turn.again())


async def ask_group_language(turn: Turn) -> Reply:
    """/language@…: the four, for an administrator to choose."""
    if not turn.administrator:
        return reply(text("group.administrators"))
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

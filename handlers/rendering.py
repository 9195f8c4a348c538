"""What is said in answer: a feature's reply first, then the same in somebody's words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from db.people.participants import Participant
from db.team.team import Role
from locales.reply import Reply
from locales.translator import Message, Translator, render_message
from telegram_io.sender import InlineCard


@dataclass(frozen=True, slots=True)
class RenderedReply:
    """Messages in order, and a word for the button just pressed; or the cards for an inline query."""

    messages: tuple[Message, ...] = ()
    participant_id: int | None = None  # None for a group
    toast: str | None = None
    fresh: bool = True  # False: the first message takes the place of the one whose button was pressed
    cards: tuple[InlineCard, ...] | None = None
    open_label: str = ""  # what the button above those cards says
    menus: Mapping[int, Role | None] = field(default_factory=dict)  # whose command menu changes, by Telegram id
    boards: Mapping[int, int] = field(default_factory=dict)  # it is a card of that session's panel, at that page


@dataclass(frozen=True, slots=True)
class FeatureReply:
    """A feature's reply, not yet in words, and whom it is for."""

    reply: Reply
    person: Participant
    fresh: bool
    menus: Mapping[int, Role | None] = field(default_factory=dict)
    boards: Mapping[int, int] = field(default_factory=dict)


def reply_chain(answer: Reply | None) -> Iterator[Reply]:
    """Yields the reply and those that follow it."""
    while answer is not None:
        yield answer
        answer = answer.then


def has_file(answer: FeatureReply | RenderedReply | None) -> bool:
    """Returns whether a file or a picture is still to be made, which takes its time."""
    return isinstance(answer, FeatureReply) and any(each.document is not None for each in reply_chain(answer.reply))


def render(answer: FeatureReply | RenderedReply | None, translator: Translator) -> RenderedReply | None:
    """Puts a reply into that person's words; what is rendered already stays as it is."""
    if not isinstance(answer, FeatureReply):
        return answer
    person, chain = answer.person, list(reply_chain(answer.reply))
    language = next((each.language for each in chain if each.language), person.language)
    zone = next((each.zone for each in chain if each.zone), person.zone)
    reader = translator.reader(language, zone)
    toast = reader.plain(answer.reply.toast) if answer.reply.toast is not None else None
    own = {each.own: translator.reader(each.own, zone) for each in chain if each.own is not None}
    messages = tuple(render_message(each, own[each.own] if each.own is not None else reader) for each in chain)
    fresh = answer.fresh or answer.reply.fresh
    return RenderedReply(messages, person.id, toast, fresh, menus=answer.menus, boards=answer.boards)


def in_topic(answer: RenderedReply | None, topic: int | None) -> RenderedReply | None:
    """Returns the same answer in the topic in which it was asked for."""
    if answer is None or topic is None:
        return answer
    return replace(answer, messages=tuple(replace(each, topic=topic) for each in answer.messages))


def serialize_answer(answer: RenderedReply | None) -> str | None:
    """Returns what is kept of it until it is sent; None where nobody would miss it."""
    if answer is None or answer.participant_id is None or not answer.messages:
        return None
    return serialize_messages(answer.participant_id, answer.messages)


def serialize_messages(participant_id: int, messages: Sequence[Message]) -> str:
    """Returns those messages to that person as JSON, to be handed over."""
    return json.dumps({"to": participant_id, "messages": [each.as_json() for each in messages]})

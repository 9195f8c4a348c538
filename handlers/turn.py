"""One turn of talk: who, what they said, now, and its transaction; and the reply, first a feature's, then in words."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from changes import link_access
from db.engine.database import Tx
from db.panel import moderators
from db.people import conversation_context, participants
from db.people.participants import Participant, PersonContext
from db.practices import offers
from db.programme import live_programme
from db.programme.live_programme import ACCEPTED, KnowledgeStamp, LiveSession
from db.questions import published
from db.team import audit, team
from db.team.team import Role, suffices
from knowledge.answering.answering import Answering
from knowledge.attendance.failure_limit import FailureLimit
from knowledge.places.places import Places
from knowledge.programme.cards import SessionTime
from knowledge.programme.cycle import Cycle
from knowledge.programme.link_guard import LinkGuard
from knowledge.programme.offered_practices import practice_from_offer
from knowledge.programme.session_details import SessionDetails, capacity_of
from knowledge.search.team_answers import faq_from_entry
from knowledge.time.lead_time import LeadTime
from knowledge.understanding.meaning import Meaning
from locales.localized import Language
from locales.reply import Reply, Say, Value
from locales.translator import Message, Translator, render_message
from telegram_io.sender import InlineCard

_NEAR = timedelta(hours=14)  # after the end of a session its word of attendance is still looked for


@dataclass
class PublishedKnowledge:
    """Asks the database before each answer whether anything was published, changed or removed, on whichever replica."""

    of_the_pack: Answering
    _stamp: KnowledgeStamp = ()
    _answering: Answering | None = field(default=None)

    async def __call__(self, tx: Tx) -> Answering:
        """Returns the answering side as it is at this moment."""
        cycle = self.of_the_pack.cycle.key
        stamp = await live_programme.knowledge_stamp(tx, cycle)
        if self._answering is None or stamp != self._stamp:
            self._answering = await self._read(tx, cycle, stamp)
            self._stamp = stamp
        return self._answering

    async def _read(self, tx: Tx, cycle: str, stamp: KnowledgeStamp) -> Answering:
        if not stamp:
            return self.of_the_pack
        entries = [faq_from_entry(each) for each in await published.all_published(tx, cycle)]
        accepted = [practice_from_offer(each) for each in await offers.offers_in(tx, cycle, [ACCEPTED])]
        return self.of_the_pack.with_team(entries, accepted)


@dataclass(frozen=True, slots=True)
class Services:
    """What every feature may look at; built once, in bot/work.py."""

    cycle: Cycle
    places: Places
    leads: tuple[LeadTime, ...]
    contact: str  # where to ask about data; "" when the operator gave none
    retention_days: int
    answering: Answering  # understands and answers questions, by the content pack alone
    published: PublishedKnowledge  # the same, with what the team has published
    meaning: Meaning | None = None  # compares by meaning what words do not settle; None: words alone
    tally: Callable[[bool], None] = lambda _answered: None  # counts questions; never sees one
    organizers: tuple[int, ...] = ()  # the Telegram ids of the owners
    public_url: str = ""  # where the pages for everybody are, such as https://bot.example.org; "" for nowhere
    verifications: FailureLimit = field(default_factory=FailureLimit)  # of codes that people try
    confirm_above: int = 0  # an announcement to more people needs a second organizer; 0 never
    pages: str = ""  # the address at which the pages of panels are reached, without a last stroke; "" where none is

    @property
    def retention(self) -> timedelta:
        """How long after the cycle people's data is kept."""
        return timedelta(days=self.retention_days)


def _no_text(_value: Value) -> str:
    """Returns nothing: where nobody types, there is nothing to compare with."""
    return ""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a feature is given."""

    services: Services
    person: Participant
    now: datetime
    tx: Tx
    words: str = ""  # what they typed; never shown without escaping, never logged
    name: str = ""  # as on their phone: a suggestion, kept only where they accept it
    phone: str | None = None  # their phone's language tag, as Telegram tells it
    # Whether who speaks administers the group that `person` is; None where Telegram does not say.
    administrator: bool | None = False
    topic: int | None = None  # of the forum that `person` is
    bot: str = ""  # our own name in Telegram
    say: Say = _no_text  # as their phone shows it: to compare what they typed with what a button says
    menus: dict[int, Role | None] = field(default_factory=dict)  # whose command menu changes, by Telegram id
    # Where a moderator's card of a panel is shown from here on: the session's row, and the page.
    boards: dict[int, int] = field(default_factory=dict)
    html: str = ""  # what they typed, with its formatting
    media: tuple[str, str] | None = None  # the picture or file that they sent: its kind, and its number in Telegram
    file: bytes | str | None = None  # what is in the file, for conversations that read it; or why it is not here
    message_id: int | None = None  # of what they typed, in Telegram
    said_at: datetime | None = None  # when they typed it, to the second
    sent_at: datetime | None = None  # the same; of a message that was changed, when that was; None for a press
    forwarded: bool = False  # they did not write it, but passed it on
    context: PersonContext | None = None  # how things stood when it began; None in a group

    @property
    def cycle(self) -> Cycle:
        """The content."""
        return self.services.cycle

    @property
    def language(self) -> Language:
        """The person's."""
        return self.person.language

    @property
    def role(self) -> Role | None:
        """What they are in the team; None for everybody else."""
        if self.person.team_role is None and self.person.telegram_id not in self.services.organizers:
            return None  # nearly everybody
        return team.role_of(self.person.telegram_id, self.person.team_role, self.services.organizers)

    async def note(self, action: str, /, *, member: int | None = None, **details: object) -> None:
        """Writes into the audit log that they did that: counts and choices, never a participant's data."""
        await audit.record(self.tx, self.person.id, action, details, now=self.now, member=member)

    async def remember(self, kind: str, key: str) -> None:
        """Remembers that this card was opened, so that the next question may be about it."""
        talk = conversation_context.Talk(kind, [key], None, None, self.language)
        await conversation_context.remember(self.tx, self.person.id, talk, now=self.now)

    async def again(self) -> "Turn":
        """Returns the same turn with the person as they are kept now, after something of theirs has changed."""
        person = await participants.get(self.tx, self.person.id)
        return self if person is None else replace(self, person=person)

    async def known_cycle(self) -> Cycle:
        """Returns the content with what the team has published and the practices that it has accepted since."""
        return (await self.services.published(self.tx)).cycle

    async def live(self) -> Mapping[int, LiveSession]:
        """Returns the programme as it stands now, by session number."""
        return await live_programme.programme(self.tx, self.cycle.key)

    async def word_may_count(self) -> bool:
        """Returns whether a session goes on, or ended so lately that its word may count, or be told to be late."""
        return any(each.starts_at <= self.now <= each.ends_at + _NEAR for each in (await self.live()).values())

    async def moderated(self) -> Mapping[int, LiveSession]:
        """Returns the sessions whose panel they moderate, by number: all for organizers, else by invitation."""
        live = await self.live()
        if suffices(self.role, "organizer"):
            return live
        theirs = await moderators.moderates(self.tx, self.person.id, self.cycle.key)
        return {number: each for number, each in live.items() if number in theirs}

    async def details(self) -> Mapping[int, SessionDetails]:
        """Returns what organizers have told about each session, as this person may see it, by session number.

        A link that is not for everybody is seen in private by who has a place, or, where the session is not only for
        them, by who has reminders and does not wait for a place; and by the team.
        """
        found = await self._all_details()
        if self.person.is_group:
            return {number: each.visible_to() for number, each in found.items()}
        if self.role is not None or not any(each.link for each in found.values()):
            return found
        known, live = await link_access.accesses(self.tx, [self.person.id]), await self.live()
        return {
            number: each.visible_to(known.access(self.person.id, live[number].id, self.cycle.key))
            for number, each in found.items()
        }

    async def link_guard(self) -> LinkGuard:
        """Returns which links of sessions must not stand in what the team has written freely."""
        everything, seen = await self._all_details(), await self.details()
        closed = frozenset(each.link for number, each in everything.items() if each.link and seen[number].hidden)
        return LinkGuard(closed, frozenset(each.link for each in seen.values() if each.link))

    async def public_details(self) -> Mapping[int, SessionDetails]:
        """Returns the same as anybody may see it, whoever asks: for what is sent to other chats."""
        return {number: each.visible_to() for number, each in (await self._all_details()).items()}

    async def _all_details(self) -> Mapping[int, SessionDetails]:
        kept, planned = await live_programme.details_by_number(self.tx, self.cycle.key), self.cycle.planned_capacity
        return {number: SessionDetails.from_stored(values, planned(number)) for number, values in kept.items()}

    async def capacity(self, number: int) -> int | None:
        """Returns how many may come to that session: what the team has set, else what the content plans; None.

        Everybody.
        """
        kept = await live_programme.details_by_number(self.tx, self.cycle.key)
        return capacity_of(kept.get(number, {}), self.cycle.planned_capacity(number))

    def when(self, live: LiveSession) -> SessionTime:
        """Returns that session's time, for this person."""
        return SessionTime(
            live.starts_at, live.ends_at, self.person.zone, self.person.language, cancelled=live.cancelled
        )


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

"""Reads wishes, what goes on with one ("an hour before", after reminders), and what is asked around them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from knowledge.programme.cycle import Faq
from knowledge.text.numbers_parser import noun_pattern, other_noun_pattern
from knowledge.text.phrases import lexicon_pattern, phrase_pattern
from knowledge.text.words import drop_homonym_verbs, lexicon, normalize
from knowledge.understanding.clause import Clause
from knowledge.understanding.clause_subject import (
    CONTEXT,
    telling_words,
    without_compact,
    without_context,
    without_numbers,
)
from knowledge.understanding.clause_times import without_hours
from knowledge.understanding.query import TALK_OF_SESSIONS, Filter, Property, Query, State, Talk, Wish, is_of_one
from knowledge.understanding.subject_reader import asks_whether_to_come, says, says_who_may_come
from knowledge.understanding.talk_reader import TalkReader

WISH_TOPICS: Mapping[Wish, str] = {
    Wish.REGISTER: "registration", Wish.LEAVE: "cancel_registration", Wish.CHANGE: "change_registration",
    Wish.REMIND: "reminders", Wish.STOP: "stop_reminders", Wish.ZONE: "timezone", Wish.LANGUAGE: "language",
    Wish.PRIVACY: "privacy", Wish.DELETE: "delete_data", Wish.PERSON: "bot_human", Wish.HELP: "bot_what",
}  # fmt: skip
# From the most to the least particular.
_WISHES = (
    Wish.DELETE, Wish.PRIVACY, Wish.LEAVE, Wish.REGISTER, Wish.REMIND, Wish.ZONE, Wish.LANGUAGE, Wish.PERSON, Wish.HELP,
)  # fmt: skip
_OF_REMINDERS = frozenset({"reminders", "stop_reminders"})
_OF_REGISTRATION = frozenset({"registration", "cancel_registration", "change_registration", "capacity"})
OF_PAGES = frozenset({"links", "gcm_text", "gcm_what", "practices_repository", "concept_note", "network_what", "hub"})
_FEW_WORDS, _MOST_TO_GO_ON = 6, 8


@dataclass(frozen=True)
class WishReader(TalkReader):
    """Reads wishes and what goes on with them; the Reader adds the other ways to read a clause."""

    def of_wish(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields what few words say after a wish or an entry: how early, until when, "as it was", "its link?"."""
        told = self._entry_told(talk)
        if told is None or len(normalize(clause.text).split()) > _MOST_TO_GO_ON:
            return
        yield from self._of_entry_told(clause, told)
        own = clause.has(Wish.REGISTER, Wish.LEAVE, *_OF_A_SESSION) or clause.days
        if own or (clause.hours and not says(clause, "how_early")) or _may_change(clause):
            return  # a wish or a question of its own: "anotame a la 2", "may session 3 be postponed?"
        which = says(clause, "for_which") or (clause.bare and clause.has("which") and clause.elliptical)
        if clause.nouns - {"session"} or clause.places or clause.has(*_ASKING) or (clause.has("open") and not which):
            return
        turned = which or says(clause, "as_it_was") or bool(clause.numbers.get("session"))
        turned = turned and not clause.has(*_ASKING_TIME)
        criteria = Filter("session", tuple(clause.numbers.get("session", ())), focus=True)
        if told.topic in _OF_REMINDERS and (turned or says(clause, "how_early")):
            yield self._wish(Wish.REMIND, criteria)
        if told.topic in _OF_REGISTRATION and turned:
            yield self._wish(Wish.CHANGE, criteria)

    def of_the_sessions(self, query: Query, talk: Talk | None) -> Query:
        """Returns "so no English?", after the languages of the sessions, as a question about those, not the bot's."""
        key = self.topic_key("interpretation")
        told = key is not None and talk is not None and talk.kind == "faq" and key in talk.ids
        return Query((Property.ENTRY,), entry=key) if told and key and query.wish is Wish.LANGUAGE else query

    def attending(self, clause: Clause) -> Iterator[Query]:
        """Yields "who is it for?", "can my daughter come?", "can I come to session 3 without having been at 1?"."""
        not_before = says(clause, "not_been") and says_who_may_come(clause)
        if not_before and (key := self.topic_key("attendance")):
            yield Query((Property.ENTRY,), entry=key)
        named = clause.nouns - {"session"} or clause.numbered or clause.places or clause.hours
        for_whom = says(clause, "for_whom") and not (named or clause.has(*_ASKING_TIME))
        if (for_whom or asks_whether_to_come(clause)) and (key := self.entry_of(clause, "audience")):
            yield Query((Property.ENTRY,), entry=key)

    def entry_of(self, clause: Clause, topic: str) -> str:
        """Returns the FAQ's entry on that topic: the one that fits the clause best; "" where there is none."""
        keys = [each.key for each in self.cycle.faq if each.topic == topic]
        if len(keys) > 1:
            hits = self.search(drop_homonym_verbs(normalize(clause.text)), clause.language, ("faq",), 10)
            keys = [hit.document.key for hit in hits if hit.document.key in keys] + keys
        return keys[0] if keys else ""

    def _of_entry_told(self, clause: Clause, told: Faq) -> Iterator[Query]:
        """Yields the same entry for its address, and for when what it tells of will come."""
        named = clause.nouns or clause.numbered or clause.places
        address = phrase_pattern(lexicon("others")["its_address"]["all"]).search(normalize(clause.text))
        comes = clause.has(Property.DAY, Property.HOUR) and says(clause, "delivered")
        if not named and (comes or (address and told.topic in OF_PAGES)):
            yield Query((Property.ENTRY,), entry=told.key)
        if told.topic in _OF_REGISTRATION and says(clause, "deadline"):
            yield Query((Property.DEADLINE,))

    def _entry_told(self, talk: Talk | None) -> Faq | None:
        """Returns the entry of the FAQ that was told last: of a wish, the one on its topic."""
        if talk is None or talk.kind != "faq" or len(talk.ids) != 1:
            return None
        return next((each for each in self.cycle.faq if each.key == talk.ids[0]), None)

    def _wish(self, wish: Wish, criteria: Filter) -> Query:
        return Query((wish,), criteria, entry=self.topic_key(WISH_TOPICS[wish]) or "")

    def around_wishes(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields a reminder that did not come, until when one may register, and that a session may be changed."""
        if clause.has("remind") and says(clause, "not_received"):
            yield Query((Property.MISSED,))
        if clause.has("register") and says(clause, "deadline"):
            yield Query((Property.DEADLINE,))
        if is_of_one(talk, TALK_OF_SESSIONS) and clause.has("other") and says(clause, "as_it_was"):
            yield self._wish(Wish.CHANGE, Filter("session", focus=True))  # "keep the rest", after one was left
        if _may_change(clause):
            criteria = self.find_filter(clause, talk)
            named = clause.names("session") or criteria.numbers or criteria.days or criteria.order
            criteria = criteria if clause.pointed else replace(criteria, subjects=())
            if named and criteria.kind == "session":
                yield Query((Property.CHANGES,), criteria, entry=self.topic_key("changes") or "")


def _may_change(clause: Clause) -> bool:
    """Returns whether it asks if something may be moved or called off, and not what they themselves may do."""
    own = says(clause, "oneself") or clause.has(Wish.ZONE, Wish.LANGUAGE)
    return says(clause, "may") and says(clause, "be_changed") and not own


_ASKING = (Property.TOPIC, Property.DAY, Property.AREAS)
_OF_A_SESSION = (*State, "compare", "deals_with", "about_it")
_ASKING_TIME = (Property.HOUR, Property.END, Property.DURATION)


def find_wishes(clause: Clause) -> list[Wish]:
    """Returns the wishes that its words name."""
    named = clause.has("remind") or clause.numbers.get("session") or len(clause.text.split()) < _FEW_WORDS
    if (clause.has("remind") and clause.has("leave", "silence")) or (clause.has("mutes") and named):
        return [Wish.STOP]
    off = clause.has(State.OFF) and not clause.has("register")  # "¿se canceló la 3?"
    # "At what time is it? To tell my team."
    others = clause.has("tells_others") and clause.has(*_ASKING_TIME, Property.DAY)
    to_reminders = clause.has("remind") and says(clause, "for_reminders")
    pairs = ((Wish.LEAVE, off), (Wish.REMIND, others), (Wish.REGISTER, to_reminders))
    left_out = {wish for wish, out in pairs if out}
    return [wish for wish in _WISHES if clause.has(wish) and wish not in left_out]


def names_topic(clause: Clause, topic: str) -> bool:
    """Returns whether its words name that topic of the FAQ; of the cost nothing else may be said.

    "Free health care, which objective?" is of health.
    """
    if topic != "cost" or not clause.has(topic):
        return clause.has(topic)
    rest = lexicon_pattern("asks", topic, clause.language).sub(" ", normalize(clause.text))
    return not telling_words(noun_pattern(clause.language, "session").sub(" ", rest), clause.language)


def words_of_entry(clause: Clause) -> str:
    """Returns the plain text by which the FAQ is searched: without hours, numbers and the Compact."""
    words, language = without_compact(drop_homonym_verbs(normalize(clause.text)), clause.nouns), clause.language
    words = without_hours(words, language) if clause.hours else words
    words = without_numbers(words, language) if clause.numbers["session"] else words
    if clause.has(*CONTEXT) and not clause.has("register"):  # "I want to attend session 2, what time is it?"
        words = without_context(words, language)
    return other_noun_pattern(language).sub(" ", words)

"""Reads what is asked of a practice that a message calls by its name: "since when is there Sello Migrante?"."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

from knowledge.places.places import Places
from knowledge.places.places_parser import parse_places
from knowledge.programme.cycle import Cycle
from knowledge.text.phrases import PhrasePattern, fold_phrase, phrase_pattern
from knowledge.text.words import fold, lexicon, listed_words, normalize
from knowledge.understanding.clause import Clause, words_left
from knowledge.understanding.query import Filter, Form, Property, Query, Talk, Thing, Wish
from knowledge.understanding.reader import Reader
from locales.localized import LANGUAGES

_MOST_BESIDE = 3  # words that say something, beside the name: more of them are a story, with a question of its own
_MARKS = re.compile(r"[,.;:?!¿¡\n]+")
_PARTS_OF_TITLE = re.compile(r"\s*[:()]\s*")
_TWO_NAMES = re.compile(r"([A-Z]\w*(?: \w+)?) [ye] ([A-Z]\w*(?: \w+)?)")


@dataclass(frozen=True)
class PracticeNames:
    """The proper names of the cycle's practices, in all four languages, each to its practice."""

    cycle: Cycle
    places: Places

    def find(self, words: str) -> tuple[str, str] | None:
        """Returns the practice that the plain text names, and the text with "\\n" for its name; None for no or two."""
        found = list(self._pattern.finditer(words))
        keys = {self._by_name[match[0]] for match in found}
        return (keys.pop(), self._pattern.sub("\n", words)) if len(keys) == 1 else None

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        """Every name that only one practice has, and nothing else of the cycle."""
        owners: dict[str, set[str]] = {}
        for address, name in self._all_names():
            owners.setdefault(fold_phrase(name), set()).add(address)
        single = ((name, *addresses) for name, addresses in owners.items() if len(addresses) == 1)
        return {name: address.removeprefix("practice:") for name, address in single if address.startswith("practice:")}

    @cached_property
    def _pattern(self) -> PhrasePattern:
        return phrase_pattern(self._by_name)

    def _all_names(self) -> Iterator[tuple[str, str]]:
        """Yields what things of the cycle are called; of practices only proper names."""
        for practice in self.cycle.practices:
            yield from ((f"practice:{practice.id}", name) for name in self._proper(_names_in(practice.title)))
        for alias in self.cycle.aliases:
            for language in LANGUAGES:
                names = alias.in_(language)
                own = self._proper(names) if alias.of.startswith("practice:") else names
                yield from ((alias.of, name) for name in own)

    def _proper(self, names: Iterable[str]) -> Iterator[str]:
        """Yields those that are written as a name and are no place: "R4V", "Sello Migrante", and not "Boa Vista"."""
        return (name for name in filter(_is_written_as_name, names) if not _is_place(name, self.places))


@dataclass(frozen=True)
class NamedPracticeReader:
    """Reads such messages; pure."""

    reader: Reader
    names: PracticeNames
    take_apart: Callable[[str], Clause]

    def read(self, clause: Clause) -> Query | None:
        """Returns what is asked of the one practice that is named, as if it had been told; None for anything else."""
        if (found := self.names.find(normalize(clause.text))) is None:
            return None
        key, words = found
        pointing = lexicon("others")["this_practice"][clause.language]
        beside = self.take_apart(words.replace("\n", pointing[0]).strip())
        countries = set(self.reader.cycle.practice(key).countries)
        # "Since when is the programme of Buenos Aires …"; "is it one of Chile?" claims that.
        elsewhere = any(each[0].country not in countries or not beside.has("open") for each in beside.places)
        if beside.mood is not None or beside.numbered or beside.days or elsewhere or self._counts(beside):
            return None
        if any(map(self._is_another_question, _MARKS.split(clause.text))):
            return None  # "I work for R4V, how do I register?"
        query = self.reader.read(replace(beside, places=(), only_place=False), Talk("practice", (key,)))
        thing = Thing("practice", key)
        if query.criteria.kind == "practice" and query.criteria.subjects == (thing,):
            return query
        of_it = Query((Property.CARD,), Filter("practice", (), (thing,)))
        return None if self._asks_otherwise(beside, query) else of_it

    def _counts(self, beside: Clause) -> bool:
        """Returns whether it claims how many of something there are; "which of the 23 objectives" claims nothing."""
        return beside.count not in {None, len(self.reader.cycle.objectives)}

    def _is_another_question(self, text: str) -> bool:
        """Returns whether a part of the message that does not name it wishes something, or asks of sessions."""
        if not text.strip() or self.names.find(normalize(text)) is not None:
            return False
        part = self.take_apart(text.strip())
        wish = None if part.mood is not None else self.reader.read(part).wish
        return wish not in {None, Wish.HELP} or part.names("session") or part.numbered

    def _asks_otherwise(self, beside: Clause, query: Query) -> bool:
        """Returns whether something else is asked: a wish, a session, whether the practice is presented."""
        presented = query.entry and self.reader.cycle.question(query.entry).topic == "practices_presented"
        wishes = query.wish is not None and query.wish is not Wish.HELP
        of_others = beside.nouns - {"practice", "objective"} or beside.has(
            "compare", "count", "next", "last", "without"
        )
        story = len(words_left(beside)) > _MOST_BESIDE
        return bool(presented or wishes or of_others or story or query.form is Form.YES_NO)


@cache
def _is_place(name: str, places: Places) -> bool:
    """Returns whether it is a place's name; kept: with each answer that the team publishes the names are read anew."""
    found = parse_places(name, "es", places)
    return bool(found) and normalize(found[0].words) == normalize(name)


def _is_written_as_name(name: str) -> bool:
    """Returns whether it has a figure, or begins with a capital; a word alone needs a second one: "Retorno" is none."""
    figures, capitals = any(map(str.isdecimal, name)), sum(map(str.isupper, name))
    return figures or (name[:1].isupper() and (" " in name or (capitals > 1 and fold(name) not in listed_words())))


def _names_in(title: str) -> list[str]:
    """Returns a title and its parts: what stands before and in brackets, and each of two short names."""
    both = _TWO_NAMES.fullmatch(title)
    return [title, *filter(None, _PARTS_OF_TITLE.split(title)), *(both.groups() if both else ())]

"""Grades answers to labelled questions: what each must say, must not say, and what it is about."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any

from bot.work import load_answering
from knowledge.answers.answer_models import Answer, Situation, Talk
from locales.localized import Language
from locales.translator import Translator, load_catalogues

ROOT = Path(__file__).parents[3]
CONTENT = ROOT / "knowledge" / "content" / "pmm-2024"
QUESTIONS = Path(__file__).parent / "questions"
NOON = datetime.fromisoformat("2024-10-21T12:00:00-03:00")


@dataclass(frozen=True)
class Labelled:
    """One question of a set, as it is written there."""

    id: str
    lang: Language
    style: str
    text: str
    now: datetime
    expect: Mapping[str, Any]

    @property
    def out_of_scope(self) -> bool:
        """Whether it should get an honest "I do not know"."""
        return self.expect["topic"] in {"out_of_scope", "personal_case"}


def read(path: Path) -> Iterator[Labelled]:
    """The questions of that file."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        now = datetime.fromisoformat(row["now"]) if "now" in row else NOON
        yield Labelled(row["id"], row["lang"], row["style"], row["text"], now, row["expect"])


@dataclass(frozen=True)
class Grade:
    """A question, what was said to it, and what is wrong with that ("" for nothing)."""

    question: Labelled
    said: str
    topics: tuple[str, ...]
    fault: str
    known: bool
    queries: tuple[str, ...] = ()  # how each clause was read


class Grader:
    """Asks the answering side as the bot does, from a person of that phone language, and reads the answer."""

    def __init__(self) -> None:
        self.answering = load_answering(CONTENT)  # the one of all stories of this process
        self.cycle = self.answering.cycle
        self._translator = Translator(load_catalogues, self.cycle.zone)

    @cached_property
    def live(self) -> Mapping[int, tuple[datetime, datetime]]:
        """The programme as the content has it."""
        return {each.number: (each.starts_at, each.ends_at) for each in self.cycle.sessions}

    def ask(self, words: str, now: datetime = NOON, language: Language = "es") -> list[Answer]:
        """The answers, to somebody who has told no time zone and said nothing before."""
        return self.answering.answers(words, self.situation(now, language))

    def converse(self, language: Language, *messages: str, now: datetime = NOON) -> list[Answer]:
        """The answers to the last of those messages, each said after the one before."""
        talk, found = None, list[Answer]()
        for words in messages:
            before = found[-1].language if found else None
            found = self.answering.answers(words, replace(self.situation(now, language, talk), talk_language=before))
            talk = found[-1].talk or talk
        return found

    def heard(self, language: Language, *turns: str) -> tuple[str, str]:
        """How the last of those messages is read, and the first line of its answer."""
        found = self.converse(language, *turns)
        return " | ".join(str(each.query) for each in found), self.text(found).split("\n")[0]

    def situation(self, now: datetime = NOON, language: Language = "es", talk: Talk | None = None) -> Situation:
        """Somebody who has told no time zone."""
        return Situation(self.cycle, self.live, now, language, talk=talk)

    def text(self, answers: list[Answer]) -> str:
        """What a phone shows of them."""
        pages = []
        for answer in answers:
            reader = self._translator.reader(answer.language, None)
            page = "\n".join(reader.render(line) for line in answer.lines)
            pages.append(unescape(re.sub(r"<[^>]+>", "", page)))
        return "\n\n".join(pages)

    def grade(self, question: Labelled) -> Grade:
        """Whether the answer says what it must."""
        answers = self.ask(question.text, question.now, question.lang)
        said = self.text(answers)
        fault = _fault(plain(said), question.expect)
        known = any(answer.known for answer in answers)
        queries = tuple(str(answer.query) for answer in answers)
        return Grade(question, said, tuple(answer.topic for answer in answers), fault, known, queries)


def plain(text: str) -> str:
    """Small letters without accents, as the rules of the sets expect."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _fault(said: str, expect: Mapping[str, Any]) -> str:
    for rule in expect["must"]:
        if not re.search(rule, said, re.IGNORECASE | re.MULTILINE):
            return f"does not say {rule}"
    for rule in expect["must_not"]:
        if re.search(rule, said, re.IGNORECASE):
            return f"says {rule}"
    return ""

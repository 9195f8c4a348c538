"""What is asked of objectives, principles and words of the glossary, by number or name, composed.

When this was first tried, a tenth of 5,200 were told as the nearest there is, as another thing, or not known.
"""

import re
from collections.abc import Callable, Iterator

import pytest
import tomli

from locales.localized import LANGUAGES, Language
from tests.support.knowledge.grading import QUESTIONS, Grader
from tests.support.knowledge.phone_labels import plain
from tests.support.thorough import one_in

_WORDINGS = tomli.loads((QUESTIONS / "things.toml").read_text("utf-8"))
_OBJECTIVE = {"es": "objetivo", "pt": "objetivo", "en": "objective", "fr": "objectif"}
_PRINCIPLE = {"es": "principio", "pt": "principio", "en": "principle", "fr": "principe"}
Case = tuple[str, str]  # a question, and a pattern of what it is told
_LEFT = frozenset({  # still read as another question
    "explique enfoque pangubernamental, el principio", "explique enfoque pansocial, el principio",
    "onde se aborda dados?", "me interessa combater o contrabando de migrantes, em qual sessão vou?",
    "quando falam de desenvolvimento e reconhecimento de competências?",
    "I want to hear about screening and referral, when?",
    "je veux entendre parler de identité légale et papiers, c'est quand ?",
    "où aborde-t-on combattre le trafic de migrants ?",
})  # fmt: skip


def _low(name: str) -> str:
    """The name as it stands within a sentence: "OIM" stays."""
    return name if name[:2].isupper() else name[0].lower() + name[1:]


def _of_objectives(grader: Grader, language: Language) -> Iterator[Case]:
    words, noun = _WORDINGS[language], _OBJECTIVE[language]
    for each in grader.cycle.objectives:
        session, name = grader.cycle.session_of(each.number), _low(each.short.in_(language))
        area = next(one for one in session.areas if each.number in one.objectives)
        told = (
            ("objective", each.number, rf"^{noun} {each.number}\b"),
            ("session_of_number", each.number, rf"\b(?:sesion|sessao|session) {session.number}\b"),
            ("area", each.number, re.escape(plain(area.name.in_(language)))),
            ("session_of_name", name, rf"\b(?:sesion|sessao|session) {session.number}\b"),
            ("objective_of_name", name, rf"\b{each.number}\b"),
        )
        for key, said, pattern in told:
            yield from ((wording.format(said), pattern) for wording in words[key])


def _of_principles(grader: Grader, language: Language) -> Iterator[Case]:
    for each in grader.cycle.principles:
        pattern, name = rf"^{_PRINCIPLE[language]} {each.number}\b", _low(each.name.in_(language))
        for key, said in (("principle", each.number), ("principle_of_name", name)):
            yield from ((wording.format(said), pattern) for wording in _WORDINGS[language][key])


def _of_words(grader: Grader, language: Language) -> Iterator[Case]:
    """Yields only words that no entry of the FAQ and no name of another thing explains."""
    known = {plain(line) for each in grader.cycle.faq for line in each.asked[language]}
    known |= {plain(each.name.in_(language)) for each in grader.cycle.principles}
    for term in grader.cycle.terms:
        name = term.name.in_(language)
        if term.key in _ONLY_WORDS and not any(plain(name) in line for line in known):
            begin = re.escape(plain(name))
            yield from ((wording.format(_low(name)), f"^{begin}") for wording in _WORDINGS[language]["term"])


_ONLY_WORDS = frozenset({
    "apatridia", "diaspora", "no_devolucion", "pangubernamental", "pansocial", "portabilidad", "regularizacion",
    "reintegracion", "replicabilidad", "situacion_irregular",
})  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["objectives", "principles", "words"])
def test_things_are_told(grader: Grader, language: Language, kind: str) -> None:
    """One of some questions; thoroughly each."""
    compose, step = _KINDS[kind]
    wrong = []
    for words, pattern in one_in(step, list(compose(grader, language)), begin=LANGUAGES.index(language)):
        found = grader.ask(words, language=language)
        if words not in _LEFT and (len(found) != 1 or re.search(pattern, plain(grader.text(found))) is None):
            wrong.append(words)
    assert wrong == []


_KINDS: dict[str, tuple[Callable[[Grader, Language], Iterator[Case]], int]] = {
    "objectives": (_of_objectives, 29), "principles": (_of_principles, 5), "words": (_of_words, 5),
}  # fmt: skip

"""Names of places that are made of ordinary words: "Santo Domingo" is no Sunday, "Puerto Plata" no subject."""

import pytest

from locales.localized import Language
from tests.support.knowledge.grading import ROOT, Grader
from tests.support.thorough import one_in

_ASKED: dict[Language, tuple[str, str]] = {
    "es": ("¿cuándo es la sesión 1?", "¿y en {}?"),
    "pt": ("quando é a sessão 1?", "e em {}?"),
    "en": ("when is session 1?", "and in {}?"),
    "fr": ("c'est quand la session 1 ?", "et à {} ?"),
}
_MOST_WORDS = 5


def named_with_several_words() -> list[str]:
    """The names of that kind on the map."""
    lines = (ROOT / "knowledge" / "places" / "geo" / "places.tsv").read_text().splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [row[0] for row in rows if 1 < len(row[0].split()) <= _MOST_WORDS]


def answered(grader: Grader, language: Language, *messages: str) -> tuple[tuple[str, ...], str]:
    """Which sessions the last message is answered about, and the words of that answer."""
    found = grader.converse(language, *messages)
    return found[0].ids, grader.text(found)


@pytest.mark.parametrize("language", _ASKED)
@pytest.mark.parametrize(
    ("name", "hour"),
    [
        ("Port-au-Prince", "13:00"), ("Santo Domingo", "13:00"), ("Puerto España", "13:00"), ("Nueva York", "13:00"),
        ("Puerto Plata", "13:00"), ("São Marcos", "14:00"), ("Entre Rios", "14:00"), ("San Juan del Sur", "11:00"),
        ("Saint-Michel de l’Atalaye", "13:00"), ("Tres Arroyos", "14:00"), ("Ciudad Juárez", "11:00"),
    ],
)  # fmt: skip
def test_the_session_that_was_talked_about_is_told_in_that_place(
    grader: Grader, language: Language, name: str, hour: str
) -> None:
    first, then = _ASKED[language]
    ids, words = answered(grader, language, first, then.format(name))
    assert ids == ("1",), (name, words)
    assert hour in words


@pytest.mark.parametrize("language", _ASKED)
def test_no_name_of_a_place_leads_to_another_session(grader: Grader, language: Language) -> None:
    """Each name in one language; thoroughly in each."""
    wrong = []
    for name in one_in(4, named_with_several_words()[::50], begin=list(_ASKED).index(language)):
        ids, words = answered(grader, language, *(part.format(name) for part in _ASKED[language]))
        if ids != ("1",):
            wrong.append((name, ids, words[:90]))
    assert not wrong

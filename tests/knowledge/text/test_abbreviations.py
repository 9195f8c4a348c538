"""Words that are shortened on phones are read as they stand for; names, addresses and figures stay."""

import pytest

from knowledge.text.words import write_out
from locales.localized import Language


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [
        ("es", "a q hora es la 4 xfa", "a que hora es la 4 xfa"),
        ("pt", "qdo é a d dados? oq vcs fazem", "quando é a de dados? o que vocês fazem"),
        ("en", "wen is d data one, pls", "when is d data one, pls"),
        ("fr", "c koi la portabilité de la sécu", "c'est quoi la portabilité de la sécurité sociale"),
    ],
)
def test_they_are_written_out(language: Language, typed: str, read: str) -> None:
    assert write_out(typed, language) == read


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "BC and PPL"),  # capitals are names
        ("es", "ana.q@correo.org"),
        ("es", "https://meet.example.org/q/x"),
        ("fr", "l’objectif 4 de l'OIM"),
        ("en", "session 4"),
    ],
)
def test_names_addresses_and_figures_stay(language: Language, typed: str) -> None:
    assert write_out(typed, language) == typed


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_what_is_written_out_is_not_written_out_again(language: Language) -> None:
    text = write_out("a q hrs xq vc pls keske c koi tbm 2moro", language)
    assert write_out(text, language) == text

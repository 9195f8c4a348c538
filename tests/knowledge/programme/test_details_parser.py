"""What organizers type of a session: addresses that are safe to open, languages by any name, lines kept as lines."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.programme.details_parser import DetailParseError, parse_detail
from knowledge.programme.session_details import FIELDS, DetailField, SessionDetails, card_lines, field_lines
from knowledge.text.interpretation_languages import is_language_code, parse_languages
from knowledge.text.web_address import LONGEST_ADDRESS, WebAddressError, validate_address
from locales.localized import LANGUAGES
from locales.reply import Reply
from locales.translator import Translator, load_catalogues
from rehearsal.telegram.text.formatting import parse_html
from rehearsal.telegram.text.links import checked_link

TRANSLATOR = Translator(load_catalogues, "America/Argentina/Buenos_Aires")
_ALPHABET = "abcXYZ019:/.?#@&=%[]\\<>\"' \n\t\u202e\u00f1\u0430-_~"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" https://zoom.us/j/123?pwd=a%20b#x ", "https://zoom.us/j/123?pwd=a%20b#x"),
        ("https://TEAMS.Example.ORG:8443/a", "https://teams.example.org:8443/a"),
        ("https://señal.example.org/año", "https://xn--seal-hqa.example.org/año"),
        ("https://раypal.com/", "https://xn--ypal-43d9g.com/"),  # not the letters that they seem
        ("https://t.me/ciclo", "https://t.me/ciclo"),
    ],
)
def test_a_good_address_is_kept_with_a_host_that_cannot_be_mistaken(typed: str, kept: str) -> None:
    assert validate_address(typed) == kept


@given(st.one_of(st.text(), st.text(_ALPHABET).map("https://".__add__), st.text(_ALPHABET)))
@example("https://a.b@c.example.org/")
@example("https://0x7f.1/")
@example("https://[::1]/")
@example("https://a.example.org\\@evil.example.org/")
@example("HTTPS://a..example.org")
@example("https://a.example.org:99999999/")
def test_whatever_is_typed_is_a_plain_https_address_or_refused(typed: str) -> None:
    """What is kept opens for Telegram, too, and means the same when it is read again."""
    try:
        kept = validate_address(typed)
    except WebAddressError as error:
        reason = error.reason
        assert reason in {"long", "spaces", "https", "credentials", "host"}
        return
    assert kept.startswith("https://")
    assert len(typed.strip()) <= LONGEST_ADDRESS
    assert not set(kept.split("/")[2]) - set("abcdefghijklmnopqrstuvwxyz0123456789.-:")
    assert validate_address(kept) == kept
    assert checked_link(kept) is not None


@given(st.sampled_from(FIELDS), st.text(max_size=5_000))
def test_any_words_become_lines_that_telegram_takes_or_are_refused(field: DetailField, typed: str) -> None:
    try:
        value = parse_detail(field, typed)
    except DetailParseError as error:
        refused = TRANSLATOR.reader("es", None).plain(error.problem)
        assert refused != ""
        return
    details = SessionDetails.from_stored({field: value})
    assert details.has(field)
    for language in LANGUAGES:
        reader = TRANSLATOR.reader(language, None)
        for lines in (field_lines(details, field), card_lines(details, over=False)):
            shown = parse_html(reader.page(Reply(lines))).text
            assert len(shown.encode("utf-16-le")) // 2 <= 4_000


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("español, portugués, inglés y francés", ["es", "pt", "en", "fr"]),
        ("Spanish and Portuguese\nFrench", ["es", "pt", "fr"]),
        ("português e inglês", ["pt", "en"]),
        ("français et créole haïtien", ["fr", "ht"]),
        ("ES/PT/EN", ["es", "pt", "en"]),
        ("quechua; lengua de señas", ["qu", "lengua de señas"]),
        ("inglés, English", ["en"]),
        ("es/pt/en simultánea", ["es", "pt", "en"]),
        ("es / pt / en en simultánea", ["es", "pt", "en"]),
        ("español, portugués e inglés, en simultánea", ["es", "pt", "en"]),
        ("español y inglés en simultánea", ["es", "en"]),
        ("Interpretación simultánea al español y al francés", ["es", "fr"]),
        ("interpretação simultânea: português, francês", ["pt", "fr"]),
        ("simultaneous interpretation into English and French", ["en", "fr"]),
        ("interprétation simultanée en français et en espagnol", ["fr", "es"]),
        ("interpretación simultánea", ["interpretación simultánea"]),
    ],
)
def test_languages_are_known_by_any_of_their_names(typed: str, kept: list[str]) -> None:
    assert parse_languages(typed) == kept
    assert all(is_language_code(each) for each in kept if " " not in each)


def test_panelists_and_materials_keep_dashes_of_their_own() -> None:
    assert parse_detail("panelists", "• Ana María Paz-Soldán — Red Sur-Sur\n2) José") == [
        ["Ana María Paz-Soldán", "Red Sur-Sur"],
        ["José", ""],
    ]
    assert parse_detail("materials", "Guía – parte 1 - https://a.example.org/x-y") == [
        ["Guía – parte 1", "https://a.example.org/x-y"]
    ]

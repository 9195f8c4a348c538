"""A session's link is taken out of whatever the team wrote, for readers whom it is not for; nothing else is."""

import pytest

from knowledge.programme.link_guard import LinkGuard
from knowledge.programme.session_details import Access, SessionDetails
from locales.reply import Button, Formatted, Reply

LINK = "https://Zoom.us/j/9?pwd=a&x=1"
OPEN = "https://zoom.us/j/10"
GUARD = LinkGuard(frozenset({LINK}), frozenset({OPEN}))


@pytest.mark.parametrize(
    "words",
    [
        "Sala: https://zoom.us/j/9?pwd=a&amp;x=1",
        "zoom.us/j/9",
        "HTTPS://ZOOM.US/J/9#x",
        "www.zoom.us/j/9/",
        '<b>Entrar: <a href="https://zoom.us/j/9?pwd=b">aquí</a></b>',
        "<code>https://zoom.us/j/9</code>",
        "(https://zoom.us/j/9), y más",
    ],
)
def test_the_link_is_taken_out_however_it_is_written(words: str) -> None:
    said = GUARD.without_links(Reply((Formatted(words),), ((Button("Entrar", url=LINK), Button("Otro", url=OPEN)),)))
    html = "".join(line.html for line in said.lines if isinstance(line, Formatted))
    assert "j/9" not in html.lower()
    assert "[…]" in html
    assert [button.url for row in said.keyboard for button in row] == [OPEN]


@pytest.mark.parametrize(
    "words",
    ["zoom.us/j/10", "https://zoom.us/j/99", "https://example.org/j/9", "j/9", "<b>nada</b>", "https://zoom.us"],
)
def test_other_addresses_stay(words: str) -> None:
    said = Reply((Formatted(words),), ((Button("Otro", url=OPEN),),))
    assert GUARD.without_links(said) is said


def test_one_address_for_all_sessions_is_seen_by_who_may_see_it_in_one() -> None:
    said = Reply((Formatted(LINK),))
    assert LinkGuard(frozenset({LINK}), frozenset({LINK})).without_links(said) is said


def test_it_is_hidden_in_the_other_details_too() -> None:
    kept = {
        "link": {"url": LINK, "open": False},
        "platform": "Zoom, zoom.us/j/9",
        "materials": [["Sala", "https://zoom.us/j/9"], ["Nota", "https://example.org/n"]],
    }
    seen = SessionDetails.from_stored(kept, 10).visible_to(Access("waiting", reminded=True, registered=True))
    assert (seen.link, seen.platform, seen.materials) == (None, None, (("Nota", "https://example.org/n"),))

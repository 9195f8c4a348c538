"""What parse_mode=HTML makes of a text: plain words, and entities counted in UTF-16 units."""

import contextlib
import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearsal.telegram.text.formatting import ParseError, as_sent, parse_html, utf16_length, utf16_slice
from tests.support.telegram.any_html import MARKED
from tests.support.telegram.rehearsal_stage import Stage

WHOLE = {"offset": 0, "length": 1}


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ("<b>x</b>", {"type": "bold"}),
        ("<STRONG>x</Strong>", {"type": "bold"}),
        ("<i>x</i >", {"type": "italic"}),
        ("<em>x</>", {"type": "italic"}),
        ("<u>x</u>", {"type": "underline"}),
        ("<ins>x</ins>", {"type": "underline"}),
        ("<s>x</s>", {"type": "strikethrough"}),
        ("<del>x</del>", {"type": "strikethrough"}),
        ("<tg-spoiler>x</tg-spoiler>", {"type": "spoiler"}),
        ('<span class="tg-spoiler">x</span>', {"type": "spoiler"}),
        ("<code>x</code>", {"type": "code"}),
        ("<pre>x</pre>", {"type": "pre"}),
        ('<pre><code class="language-python">x</code></pre>', {"type": "pre", "language": "python"}),
        ('<code class="language-python"><pre>x</pre></code>', {"type": "pre", "language": "python"}),
        ('<code class="language-python">x</code>', {"type": "code"}),
        ("<blockquote>x</blockquote>", {"type": "blockquote"}),
        ("<blockquote expandable>x</blockquote>", {"type": "expandable_blockquote"}),
        (
            "<a href='https://example.org/?a=1&amp;b=2'>x</a>",
            {"type": "text_link", "url": "https://example.org/?a=1&b=2"},
        ),
        ("<a href=example.org>x</a>", {"type": "text_link", "url": "http://example.org/"}),
        (
            '<tg-emoji emoji-id="5368324170671202286">x</tg-emoji>',
            {"type": "custom_emoji", "custom_emoji_id": "5368324170671202286"},
        ),
        ('<tg-time unix="1729600000">x</tg-time>', {"type": "date_time", "unix_time": 1729600000}),
        (
            '<tg-time unix="1729600000" format="wDT">x</tg-time>',
            {"type": "date_time", "unix_time": 1729600000, "date_time_format": "wDT"},
        ),
        (
            '<tg-time unix="1729600000" format="R">x</tg-time>',
            {"type": "date_time", "unix_time": 1729600000, "date_time_format": "r"},
        ),
    ],
)
def test_each_tag_is_an_entity(source: str, entity: dict[str, Any]) -> None:
    parsed = parse_html(source)
    assert (parsed.text, parsed.entities) == ("x", (WHOLE | entity,))


@pytest.mark.parametrize(
    "source",
    [
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='http://localhost/'>x</a>",
        "<a>x</a>",
        "<tg-time unix='0'>x</tg-time>",
        "<b></b>x",
    ],
)
def test_what_leads_nowhere_or_holds_nothing_is_plain(source: str) -> None:
    assert parse_html(source).entities == ()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;&gt;&amp;&quot;", '<>&"'),
        ("&#9731;&#x1F600;", "☃😀"),
        ("&lt", "<"),
        ("&nbsp; &eacute; & &; &#0; &#x110000;", "&nbsp; &eacute; & &; &#0; &#x110000;"),
        ("1 > 2 'x' \"y\"", "1 > 2 'x' \"y\""),
    ],
)
def test_only_four_names_and_numbers_stand_for_signs(source: str, text: str) -> None:
    assert parse_html(source).text == text


def test_offsets_are_utf16_units() -> None:
    parsed = parse_html("😀ñ<b>😀</b>")
    assert parsed.entities == ({"type": "bold", "offset": 3, "length": 2},)
    assert utf16_slice(parsed.text, 3, 2) == "😀"


async def test_a_mention_by_link_names_whoever_the_bot_knows(stage: Stage) -> None:
    for person, known in ((stage.ana, True), (stage.beto, False), (404, False)):
        sent = await stage.sends(f"<a href='tg://user?id={person}'>quién</a>", parse_mode="HTML")
        assert ("entities" in sent) is known
    sent = await stage.sends(f"<a href='tg://user?id={stage.ana}'>Ana</a>", parse_mode="html")
    assert sent["entities"][0]["user"]["first_name"] == "Ana"


@given(MARKED)
def test_entities_lie_within_the_text_in_order_and_never_cross(source: str) -> None:
    for parsed in (parse_html(source), as_sent(parse_html(source))):
        places = [(each["offset"], each["offset"] + each["length"]) for each in parsed.entities]
        assert all(0 <= start < end <= utf16_length(parsed.text) for start, end in places)
        assert places == sorted(places, key=lambda place: (place[0], -place[1]))
        for one, (start, end) in enumerate(places):
            for other_start, other_end in places[one + 1 :]:
                assert other_start >= end or other_end <= end, (start, end, other_start, other_end)


@given(MARKED)
def test_what_is_sent_has_no_outer_space_unless_it_is_formatted_and_reads_the_same_again(source: str) -> None:
    sent = as_sent(parse_html(source))
    assert sent.text == sent.text.rstrip(" \n")
    assert as_sent(sent) == sent


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_an_escaped_text_is_read_as_it_was_written(text: str) -> None:
    assert parse_html(html.escape(text, quote=False)).text == text
    assert parse_html(f"<b>{html.escape(text)}</b>".replace("&#x27;", "'")).text == text


@given(
    st.text()
    | st.lists(st.sampled_from(["<", ">", "b", "/", "&", "#", ";", "a href", "=", "'", "x", " "])).map("".join)
)
def test_any_text_is_read_or_refused(source: str) -> None:
    """Never anything else than an answer or Telegram's refusal."""
    with contextlib.suppress(ParseError):
        parsed = as_sent(parse_html(source))
        assert utf16_length(parsed.text) <= utf16_length(source)

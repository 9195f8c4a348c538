"""How a phone shows a message; whatever it holds, its HTML is safe and complete."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearsal.telegram.message_html import page_html
from rehearsal.telegram.text.formatting import as_sent, parse_html, plain
from tests.support.telegram.any_html import MARKED
from tests.support.telegram.rehearsal_stage import Stage


class Reader(HTMLParser):
    """Reads a page's HTML back: its text, and whether every tag was closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"a", "b", "i", "u", "s", "code", "pre", "blockquote", "mark", "time", "span"}
        assert not any(name.startswith("on") for name, _ in attrs)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@given(MARKED)
def test_the_page_shows_the_very_text_in_tags_that_close(source: str) -> None:
    sent = as_sent(parse_html(source))
    reader = Reader()
    reader.feed(page_html(sent.text, sent.entities))
    reader.close()
    assert (reader.text, reader.open) == (sent.text, [])


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_somebody_types_is_never_markup(text: str) -> None:
    sent = plain(text)
    shown = page_html(sent.text, ())
    assert "<" not in shown
    assert '"' not in shown


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<b>a<i>b</i></b>c", "<b>a</b><b><i>b</i></b>c"),
        ("<tg-spoiler>x</tg-spoiler>", "<mark>x</mark>"),
        ("<blockquote expandable>x</blockquote>", "<blockquote>x</blockquote>"),
        ("/start", '<span class="bot_command">/start</span>'),
        ("un.org", '<a href="https://un.org" target="_blank" rel="noopener noreferrer">un.org</a>'),
        (
            "<a href='http://a.org/?a&quot;'>x</a>",
            '<a href="http://a.org/?a&quot;" target="_blank" rel="noopener noreferrer">x</a>',
        ),
        (
            "<tg-time unix='0001' format='wD'>x</tg-time>",
            '<time datetime="1970-01-01T00:00:01+00:00" data-unix="1" data-format="wD">x</time>',
        ),
        ("😀<b>😀</b>", "😀<b>😀</b>"),
    ],
)
def test_each_entity_is_one_element(source: str, html: str) -> None:
    sent = as_sent(parse_html(source))
    assert page_html(sent.text, sent.entities) == html


def test_an_address_of_another_kind_leads_nowhere() -> None:
    entity = {"type": "text_link", "offset": 0, "length": 1, "url": "javascript:alert(1)"}
    assert 'href="#"' in page_html("x", [entity])


async def test_what_people_send_is_shown_as_what_it_is(stage: Stage) -> None:
    phone = stage.telegram
    phone.sends_photo(stage.ana, "El mapa")
    phone.sends_sticker(stage.ana)
    phone.sends_voice(stage.ana)
    phone.sends_document(stage.ana, "nota.pdf")
    phone.shares_location(stage.ana, 18.54, -72.34)
    phone.forwards(stage.ana, "de otra parte")
    shown = phone.chat(stage.ana)[1:]
    assert [each.media and each.media["kind"] for each in shown] == [
        "photo",
        "sticker",
        "voice",
        "document",
        "location",
        None,
    ]
    assert (shown[0].text, shown[0].from_bot, shown[0].sender) == ("El mapa", False, "Ana")
    told = [each["message"] for each in await stage.updates(offset=2)]
    assert [next(key for key in each if key in KINDS) for each in told] == list(KINDS)


KINDS = ("photo", "sticker", "voice", "document", "location", "forward_origin")


async def test_a_person_edits_their_own_text_only(stage: Stage) -> None:
    number = stage.telegram.says(stage.ana, "/start s1")
    stage.telegram.edits(stage.ana, number, "sin mandato")
    told = (await stage.updates(offset=-1))[0]["edited_message"]
    assert (told["text"], told["message_id"], "entities" in told) == ("sin mandato", number, False)
    stage.telegram.edits(stage.ana, number, "/help")
    assert stage.telegram.message(stage.ana, number)["entities"][0]["type"] == "bot_command"
    place = stage.telegram.shares_location(stage.ana, 1, 1)
    for other in ((await stage.sends())["message_id"], place):
        with pytest.raises(ValueError, match="written oneself"):
            stage.telegram.edits(stage.ana, other, "x")


def test_a_phone_sends_neither_nothing_nor_too_much(stage: Stage) -> None:
    for text in ("", " \n", "x" * 4097, "😀" * 2049):
        with pytest.raises(ValueError, match="1 to 4096"):
            stage.telegram.says(stage.ana, text)
    stage.telegram.says(stage.ana, "😀" * 2048)


def test_an_answer_of_a_person_shows_what_it_answers(stage: Stage) -> None:
    number = stage.telegram.says(stage.ana, "sí", reply_to=1)
    assert stage.telegram.message(stage.ana, number)["reply_to_message"]["text"] == "/start"
    with pytest.raises(LookupError):
        stage.telegram.says(stage.ana, "sí", reply_to=999)

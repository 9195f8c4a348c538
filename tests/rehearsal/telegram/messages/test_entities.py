"""Texts without markup: what a bot says is formatted, what Telegram finds by itself, what it takes out."""

from typing import Any

import pytest

from rehearsal.telegram.text.formatting import plain, utf16_slice, with_entities
from rehearsal.telegram.text.links import checked_link, linked_user
from tests.support.telegram.rehearsal_stage import Stage

Found = list[tuple[str, str]]


def found(text: str) -> Found:
    parsed = plain(text)
    return [(each["type"], utf16_slice(parsed.text, each["offset"], each["length"])) for each in parsed.entities]


def marked(kind: str, start: int, end: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    return {"type": kind, "offset": start, "length": end - start} | more


def kept(text: str, *given: dict[str, Any]) -> list[tuple[str, int, int]]:
    return [(each["type"], each["offset"], each["length"]) for each in with_entities(text, list(given)).entities]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/start s2", [("bot_command", "/start")]),
        ("(/help@ciclo_bot)", [("bot_command", "/help@ciclo_bot")]),
        ("y/o a/b", []),
        ("https://example.org/a?b=c.", [("url", "https://example.org/a?b=c")]),
        ("vea example.org, o Un.org!", [("url", "example.org"), ("url", "Un.org")]),
        ("fin.Empieza v1.2", []),
        ("ana@example.org", [("email", "ana@example.org")]),
        ("@ciclo_bot y @yo", [("mention", "@ciclo_bot")]),
        ("😀 #migración #2024", [("hashtag", "#migración")]),
        ("<b>hola</b>", []),
        ("sin nada", []),
    ],
)
def test_commands_addresses_mentions_and_hashtags_are_found(text: str, entities: Found) -> None:
    assert found(text) == entities


def test_a_text_loses_odd_signs_and_outer_space_and_nothing_blank_is_sent() -> None:
    assert plain(" \n a\tb\r\n\u202ec \n").text == "a b\nc"
    for blank in ("", " \n", "\u200b\u200d", "\u2800", "\u202e"):
        assert plain(blank).text == ""


def test_entities_move_with_what_is_taken_out() -> None:
    assert kept("  \r😀\r bold ", marked("bold", 7, 11)) == [("bold", 3, 4)]
    assert kept(" x ", marked("bold", 0, 3)) == [("bold", 0, 2)]
    assert kept("\rx", marked("bold", 0, 1)) == []
    assert kept("x", marked("bold", 0, 0)) == []


@pytest.mark.parametrize(
    ("given", "result"),
    [
        ([("bold", 0, 3), ("bold", 2, 6)], [("bold", 0, 6)]),
        ([("bold", 0, 3), ("bold", 4, 6)], [("bold", 0, 3), ("bold", 4, 2)]),
        ([("bold", 0, 4), ("italic", 2, 6)], [("bold", 0, 2), ("italic", 2, 4), ("bold", 2, 2)]),
        ([("bold", 0, 6), ("code", 2, 4)], [("bold", 0, 2), ("code", 2, 2), ("bold", 4, 2)]),
        ([("code", 0, 4), ("pre", 2, 6)], [("code", 0, 4)]),
        ([("blockquote", 0, 4), ("bold", 2, 6)], [("blockquote", 0, 4), ("bold", 2, 2), ("bold", 4, 2)]),
        ([("blockquote", 0, 4), ("code", 2, 6)], [("blockquote", 0, 4)]),
        ([("blockquote", 0, 4), ("code", 1, 3)], [("blockquote", 0, 4), ("code", 1, 2)]),
    ],
)
def test_styles_are_merged_and_split_and_the_rest_never_crosses(
    given: list[tuple[str, int, int]], result: list[tuple[str, int, int]]
) -> None:
    assert kept("abcdef", *(marked(*each) for each in given)) == result


def test_an_entity_of_the_bots_own_hides_what_telegram_would_find() -> None:
    assert kept("/start", marked("code", 0, 6)) == [("code", 0, 6)]
    assert kept("/start", marked("bold", 0, 6)) == [("bold", 0, 6), ("bot_command", 0, 6)]
    assert kept("/start", marked("url", 0, 6)) == [("bot_command", 0, 6)]


async def test_links_mentions_and_moments_may_come_as_entities(stage: Stage) -> None:
    given = [
        marked("text_link", 0, 1, url="example.org", language="x"),
        marked("text_mention", 1, 2, user={"id": stage.ana}),
        marked("date_time", 2, 3, unix_time=1729600000, date_time_format="wD"),
        marked("pre", 3, 4, language="python"),
        marked("text_link", 4, 5, url="javascript:alert(1)"),
        marked("text_mention", 5, 6, user={"id": 404}),
        marked("date_time", 6, 7, unix_time=-1),
    ]
    sent = await stage.sends("abcdefg", entities=given)
    link, mention, moment, code = sent["entities"]
    assert link == marked("text_link", 0, 1, url="http://example.org/")
    assert mention["user"]["first_name"] == "Ana"
    assert (moment, code) == (given[2], given[3])


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        ("x", "can't parse MessageEntity: expected an Object"),
        (marked("text_link", 0, 1), "can't parse MessageEntity: Can't find field \"url\""),
        (marked("text_link", 0, 1, url=["x"]), 'can\'t parse MessageEntity: Field "url" must be of type String'),
        (marked("text_mention", 0, 1, user="x"), 'can\'t parse MessageEntity: Field "user" must be of type Object'),
        (
            marked("date_time", 0, 1, unix_time="x"),
            'can\'t parse MessageEntity: Field "unix_time" must be of type Number',
        ),
        (
            marked("date_time", 0, 1, unix_time=1, date_time_format="q"),
            "can't parse MessageEntity: Invalid date-time format specified",
        ),
        (marked("bold", -1, 1), "receive an entity with incorrect offset -1"),
        (marked("bold", 0, 1_000_001), "receive an entity with incorrect length 1000001"),
    ],
)
async def test_a_bad_entity_is_refused(stage: Stage, entity: object, words: str) -> None:
    given = {"chat_id": stage.ana, "text": "x", "entities": [entity]}
    assert await stage.refusal("sendMessage", **given) == f"400 Bad Request: {words}"


async def test_a_list_that_cannot_be_read_is_none(stage: Stage) -> None:
    lists: list[object] = ["[", "{}", {"type": "bold"}, []]
    for unreadable in lists:
        assert "entities" not in await stage.sends("x", entities=unreadable)


@pytest.mark.parametrize(
    ("link", "checked"),
    [
        ("https://example.org/a b", None),
        ("https://Example.ORG", "https://example.org/"),
        ("https://example.org:8443/x?y#z", "https://example.org:8443/x?y#z"),
        ("https://example.org?x", "https://example.org/?x"),
        (" example.org/x ", "http://example.org/x"),
        ("https://localhost/", None),
        ("https://example.org:x/", None),
        ("ftp://example.org/", None),
        ("TG://resolve?domain=ciclo_bot", "tg://resolve?domain=ciclo_bot"),
        ("", None),
    ],
)
def test_which_links_telegram_takes_and_how_it_writes_them(link: str, checked: str | None) -> None:
    assert checked_link(link) == checked


def test_a_link_may_mean_a_person() -> None:
    assert linked_user(" tg://user?id=1001 ") == 1001
    assert [linked_user(each) for each in ("tg://user?id=x", "tg://user?id=1&x", "https://t.me/x")] == [None] * 3

"""What one does with the phones on the rehearsal's page, and what they show."""

import pytest

from tests.support.telegram.page_visitor import JOHN, MARIE, YOU, Visitor


@pytest.mark.sets_menu
async def test_everybody_is_there_with_their_own_language_zone_and_menu(visitor: Visitor) -> None:
    people = (await visitor.looks("state"))["people"]
    assert [each["zone"] for each in people[:3]] == ["America/Port-au-Prince", "America/Mexico_City", "Europe/Zurich"]
    marie, john = await visitor.person(MARIE), await visitor.person(JOHN)
    assert {each["command"] for each in marie["commands"]} >= {"rappels", "seances"}
    assert {each["command"] for each in john["commands"]} >= {"reminders", "sessions"}
    assert marie["description"]
    assert marie["description"] != john["description"]


async def test_what_is_written_in_the_page_is_answered_in_the_chat(visitor: Visitor) -> None:
    await visitor.does(f"people/{YOU}/says", text="/start")
    asked, *answers = await visitor.chat(YOU)
    assert (asked["from_bot"], asked["html"]) == (False, '<span class="bot_command">/start</span>')
    assert any(each["from_bot"] and each["keyboard"] for each in answers)


async def test_a_pressed_button_changes_the_message_under_which_it_is(visitor: Visitor) -> None:
    await visitor.does(f"people/{YOU}/says", text="/sesiones")
    before = (await visitor.chat(YOU))[-1]
    await visitor.does(f"people/{YOU}/presses", message_id=before["id"], row=0, column=0)
    after = (await visitor.chat(YOU))[-1]
    assert after["id"] == before["id"]
    assert after["edited"]
    assert after["html"] != before["html"]


async def test_photo_sticker_voice_and_place_arrive(visitor: Visitor) -> None:
    for act in ("photo", "sticker", "voice"):
        await visitor.does(f"people/{YOU}/{act}")
    await visitor.does(f"people/{YOU}/location", latitude=18.54, longitude=-72.34)
    kinds = [each["media"]["kind"] for each in await visitor.chat(YOU) if each["media"] and not each["from_bot"]]
    assert kinds == ["photo", "sticker", "voice", "location"]


async def test_a_phone_without_network_shows_its_chat_as_it_was_and_then_catches_up(visitor: Visitor) -> None:
    await visitor.does(f"people/{YOU}/says", text="/start")
    before = await visitor.chat(YOU)
    await visitor.does(f"people/{YOU}/offline")
    visitor.rehearsal.telegram.says(YOU, "/help")
    await visitor.rehearsal.settle()
    assert (await visitor.person(YOU))["offline"]
    assert await visitor.chat(YOU) == before
    assert await visitor.refusal(f"people/{YOU}/says", {"text": "hola"}) == (409, "offline")
    await visitor.does(f"people/{YOU}/online")
    assert len(await visitor.chat(YOU)) > len(before)


async def test_who_has_blocked_the_bot_can_only_unblock_it(visitor: Visitor) -> None:
    await visitor.does(f"people/{MARIE}/says", text="/start")
    await visitor.does(f"people/{MARIE}/block")
    assert (await visitor.person(MARIE))["blocked"]
    assert await visitor.refusal(f"people/{MARIE}/says", {"text": "allô"}) == (409, "blocked")
    await visitor.does(f"people/{MARIE}/unblock")
    assert not (await visitor.person(MARIE))["blocked"]
    await visitor.does(f"people/{MARIE}/says", text="/start")


REFUSED: tuple[tuple[str, object, tuple[int, str]], ...] = (
    ("says", {}, (400, "bad_value")),
    ("says", {"text": 7}, (400, "bad_value")),
    ("says", {"text": "  \n"}, (400, "empty")),
    ("says", {"text": "é" * 4097}, (400, "too_long")),
    ("says", {"text": "🌎" * 2049}, (400, "too_long")),
    ("says", ["/start"], (400, "bad_json")),
    ("presses", {"message_id": 1, "row": -1, "column": 0}, (400, "bad_value")),
    ("presses", {"message_id": 1.5, "row": 0, "column": 0}, (400, "bad_value")),
    ("presses", {"message_id": 4000, "row": 0, "column": 0}, (404, "not_there")),
    ("location", {"latitude": 91, "longitude": 0}, (400, "bad_value")),
    ("location", {"latitude": "18", "longitude": 0}, (400, "bad_value")),
    ("location", {"latitude": True, "longitude": 0}, (400, "bad_value")),
)


async def test_what_a_phone_cannot_do_is_refused_with_a_reason(visitor: Visitor) -> None:
    for act, body, refused in REFUSED:
        assert await visitor.refusal(f"people/{YOU}/{act}", body) == refused, (act, body)
    assert await visitor.chat(YOU) == []


async def test_nobody_outside_the_cast_can_be_played(visitor: Visitor) -> None:
    stranger = visitor.rehearsal.telegram.joins("Ana").id
    assert await visitor.refusal(f"people/{stranger}/says", {"text": "hola"}) == (404, "nobody")
    assert (await visitor.client.get(f"/rehearsal/chats/{stranger}")).status_code == 404


async def test_another_web_page_cannot_make_a_phone_speak(visitor: Visitor) -> None:
    """A browser sends these kinds of body from anywhere, without asking."""
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        body, headers = b'{"text": "/start"}', {"content-type": kind}
        answer = await visitor.client.post(f"/rehearsal/people/{YOU}/says", content=body, headers=headers)
        assert answer.status_code == 415
    assert await visitor.chat(YOU) == []


async def test_a_body_that_cannot_be_read_is_refused(visitor: Visitor) -> None:
    headers = {"content-type": "application/json"}
    unreadable = ((b"{", (400, "bad_json")), (b"[" * 60_000, (400, "bad_json")), (b" " * 65_537, (413, "too_long")))
    for body, refused in unreadable:
        answer = await visitor.client.post(f"/rehearsal/people/{YOU}/says", content=body, headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == refused


async def test_what_somebody_types_is_never_markup_in_the_page(visitor: Visitor) -> None:
    await visitor.does(f"people/{YOU}/says", text='<img src=x onerror="alert(1)">')
    assert (await visitor.chat(YOU))[0]["html"] == "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;"


async def test_typing_the_bots_name_lists_its_cards_and_one_is_sent(visitor: Visitor) -> None:
    asked = await visitor.does(f"people/{YOU}/inline", query="remesas")
    offers = await visitor.looks(f"inline/{asked['id']}")
    assert offers["answered"]
    place = next(n for n, each in enumerate(offers["results"]) if each["title"].startswith("Objetivo 20"))
    await visitor.does(f"people/{YOU}/picks", query=asked["id"], index=place)
    assert "remesas" in (await visitor.chat(YOU))[-1]["html"]


async def test_nobody_picks_from_somebody_elses_list(visitor: Visitor) -> None:
    asked = await visitor.does(f"people/{YOU}/inline", query="")
    assert await visitor.refusal(f"people/{MARIE}/picks", {"query": asked["id"], "index": 0}) == (404, "not_there")
    assert await visitor.refusal(f"people/{YOU}/picks", {"query": asked["id"], "index": 99}) == (404, "not_there")

"""The Bot API over real HTTP: every form of a call that Telegram takes, and a line that breaks."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.support.telegram.local_telegram import served, until
from tests.support.telegram.rehearsal_stage import BUTTON, PIXEL, TOKEN, Stage, keyboard

UNREADABLE = {"ok": False, "error_code": 400, "description": "Bad Request: JSON object expected"}
JSON = {"content-type": "application/json"}


@pytest.fixture
async def http(stage: Stage) -> AsyncIterator[httpx.AsyncClient]:
    """A bot's connection to that Telegram."""
    async with served(stage.telegram) as address, httpx.AsyncClient(base_url=f"{address}/bot{TOKEN}") as client:
        yield client


def result(answer: httpx.Response) -> Any:  # noqa: ANN401 - whatever the method gives
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert body["ok"] is True
    return body["result"]


async def test_a_call_may_come_as_query_form_multipart_or_json(stage: Stage, http: httpx.AsyncClient) -> None:
    markup = keyboard(BUTTON)
    given = {"chat_id": str(stage.ana), "text": "¡hola! & adiós", "reply_markup": json.dumps(markup)}
    answers = [
        await http.get("/sendMessage", params=given),
        await http.post("/sendMessage", params=given),
        await http.post("/sendMessage", data=given),
        await http.post("/sendMessage", files={key: (None, value) for key, value in given.items()}),
        await http.post("/sendMessage", json=given | {"chat_id": stage.ana, "reply_markup": markup}),
    ]
    for answer in answers:
        sent = result(answer)
        assert (sent["text"], sent["reply_markup"]) == ("¡hola! & adiós", markup)
    assert len(stage.telegram.chat(stage.ana)) == 1 + len(answers)


async def test_query_and_body_are_read_together(stage: Stage, http: httpx.AsyncClient) -> None:
    sent = result(await http.post("/sendMessage", params={"chat_id": stage.ana}, json={"text": "hola"}))
    assert sent["text"] == "hola"
    assert result(await http.post("/getMe", content=b"", headers=JSON))["username"] == "ciclo_bot"
    assert result(await http.post("/getMe", content=b"x", headers={"content-type": "text/plain"}))["is_bot"]


async def test_a_file_comes_as_a_part_or_is_named_by_attach(stage: Stage, http: httpx.AsyncClient) -> None:
    part = ("año.ics", b"BEGIN:VCALENDAR", "text/calendar")
    for field, more in (("document", {}), ("f1", {"document": "attach://f1"})):
        sent = result(await http.post("/sendDocument", data={"chat_id": str(stage.ana), **more}, files={field: part}))
        assert sent["document"]["file_name"] == "año.ics"
        assert sent["document"]["mime_type"] == "text/calendar"
    file = result(await http.get("/getFile", params={"file_id": sent["document"]["file_id"]}))
    root = str(http.base_url).split("/bot", maxsplit=1)[0]
    fetched = await http.get(f"{root}/file/bot{TOKEN}/{file['file_path']}")
    assert (fetched.content, fetched.headers["content-type"].split(";")[0]) == (b"BEGIN:VCALENDAR", "text/calendar")
    for wrong in (f"{root}/file/bot2:wrong/{file['file_path']}", f"{root}/file/bot{TOKEN}/documents/nothing"):
        assert (await http.get(wrong)).json()["error_code"] == 404


async def test_an_album_names_its_files_by_attach(stage: Stage, http: httpx.AsyncClient) -> None:
    media = [{"type": "photo", "media": f"attach://{name}"} for name in ("a", "b")]
    files = {name: (f"{name}.png", PIXEL, "image/png") for name in ("a", "b")}
    given = {"chat_id": str(stage.ana), "media": json.dumps(media)}
    sent = result(await http.post("/sendMediaGroup", data=given, files=files))
    assert [each["photo"][0]["width"] for each in sent] == [1, 1]


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"7", b"null", b'"x"', b"\xff", b"[" * 100_000, b'{"chat_id": ' + b"9" * 5000 + b"}"]
)
async def test_a_body_that_is_no_json_object_is_refused(http: httpx.AsyncClient, body: bytes) -> None:
    answer = await http.post("/getMe", content=body, headers=JSON)
    assert (answer.status_code, answer.json()) == (400, UNREADABLE)


async def test_a_multipart_body_without_parts_is_refused(http: httpx.AsyncClient) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
        answer = await http.post("/sendMessage", content=b"nothing of the kind", headers={"content-type": kind})
        assert answer.status_code == 400
    assert result(await http.get("/getMe"))["is_bot"]


async def test_an_unknown_method_is_404_and_a_wrong_token_401(http: httpx.AsyncClient) -> None:
    unknown = await http.post("/sendTelepathy")
    assert (unknown.status_code, unknown.json()["description"]) == (404, "Not Found")
    root = str(http.base_url).split("/bot", maxsplit=1)[0]
    wrong = await http.get(f"{root}/bot2:wrong/getMe")
    assert wrong.status_code == 401
    assert wrong.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_too_many_requests_say_how_long_to_wait_in_the_header_too(stage: Stage, http: httpx.AsyncClient) -> None:
    stage.telegram.fails("getMe", status=429, retry_after=7)
    answer = await http.get("/getMe")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")
    assert answer.json()["parameters"] == {"retry_after": 7}
    assert "retry-after" not in (await http.get("/getMe")).headers


async def test_a_cut_line_closes_the_connection_without_a_word(stage: Stage, http: httpx.AsyncClient) -> None:
    stage.telegram.cut_line(cut=True)
    for path in ("/getMe", "/getUpdates?timeout=30"):
        with pytest.raises(httpx.RemoteProtocolError):
            await http.get(path)
    root = str(http.base_url).split("/bot", maxsplit=1)[0]
    with pytest.raises(httpx.RemoteProtocolError):
        await http.get(f"{root}/file/bot{TOKEN}/documents/x")
    stage.telegram.cut_line(cut=False)
    assert result(await http.get("/getMe"))["is_bot"]


async def test_a_lost_answer_closes_the_connection_after_the_message_has_arrived(
    stage: Stage, http: httpx.AsyncClient
) -> None:
    stage.telegram.fails("sendMessage", status=500, after_effect=True)
    with pytest.raises(httpx.RemoteProtocolError):
        await http.post("/sendMessage", json={"chat_id": stage.ana, "text": "llegó"})
    assert stage.telegram.chat(stage.ana)[-1].text == "llegó"


async def test_a_poll_waits_over_http_and_a_cut_line_cuts_it(stage: Stage, http: httpx.AsyncClient) -> None:
    async def poll() -> httpx.Response:
        return await http.post("/getUpdates", json={"offset": 2, "timeout": 30})

    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(poll())
        await until(stage.telegram.getting_updates)
        stage.telegram.says(stage.ana, "hola")
    assert [each["message"]["text"] for each in result(waiting.result())] == ["hola"]
    stage.telegram.waiting.clear()

    async def cuts() -> None:
        await until(stage.telegram.getting_updates)
        stage.telegram.cut_line(cut=True)

    lost, _ = await asyncio.gather(poll(), cuts(), return_exceptions=True)
    assert isinstance(lost, httpx.RemoteProtocolError)


async def test_a_bot_that_hangs_up_polls_no_longer(stage: Stage, http: httpx.AsyncClient) -> None:
    with pytest.raises(httpx.ReadTimeout):
        await http.post("/getUpdates", json={"offset": 2, "timeout": 50}, timeout=0.1)
    await until(lambda: not stage.telegram.getting_updates())
    stage.telegram.says(stage.ana, "hola")
    assert not stage.telegram.updates_settled()

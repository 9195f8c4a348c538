"""Files that a bot sends and fetches: documents, pictures, albums."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearsal.telegram.picture_size import picture_size
from rehearsal.telegram.telegram import Upload
from tests.support.telegram.rehearsal_stage import PIXEL, Stage

CALENDAR = Upload("ciclo.ics", b"BEGIN:VCALENDAR", "text/calendar")
ALBUM = [{"type": "document", "media": f"attach://{name}"} for name in ("a", "b")]


def png(width: int, height: int) -> bytes:
    return PIXEL[:16] + struct.pack(">II", width, height) + PIXEL[24:]


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height)


def jpeg(width: int, height: int) -> bytes:
    """A comment comes before the frame, as cameras write it."""
    return b"\xff\xd8\xff\xfe\x00\x04xx\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width)


async def test_a_document_arrives_with_its_name_kind_and_caption(stage: Stage) -> None:
    given = {"chat_id": stage.ana, "document": "attach://f", "caption": "<b>El ciclo</b>", "parse_mode": "HTML"}
    sent = await stage.does("sendDocument", {"f": CALENDAR}, **given)
    document = sent["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == ("ciclo.ics", "text/calendar", 15)
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("El ciclo", "bold")
    shown = stage.telegram.chat(stage.ana)[-1]
    assert (shown.text, shown.media and shown.media["kind"]) == ("El ciclo", "document")


async def test_a_file_may_stand_directly_under_its_parameter(stage: Stage) -> None:
    sent = await stage.does("sendDocument", {"document": CALENDAR}, chat_id=stage.ana)
    assert sent["document"]["file_name"] == "ciclo.ics"


async def test_what_was_sent_can_be_fetched_and_sent_again_by_its_id(stage: Stage) -> None:
    document = (await stage.does("sendDocument", {"document": CALENDAR}, chat_id=stage.ana))["document"]
    file = await stage.does("getFile", file_id=document["file_id"])
    assert (file["file_size"], file["file_path"]) == (15, f"documents/{document['file_id']}")
    again = await stage.does("sendDocument", chat_id=stage.ana, document=document["file_id"])
    assert again["document"] == document
    wrong = {"chat_id": stage.ana, "photo": document["file_id"]}
    assert await stage.refusal("sendPhoto", **wrong) == "400 Bad Request: wrong file identifier/HTTP URL specified"


async def test_what_a_person_sent_can_be_fetched_and_sent_on(stage: Stage) -> None:
    stage.telegram.sends_document(stage.ana, "nota.pdf", b"%PDF-1")
    sent = (await stage.updates(offset=-1))[0]["message"]["document"]
    assert (await stage.does("getFile", file_id=sent["file_id"]))["file_size"] == 6
    assert (await stage.does("sendDocument", chat_id=stage.ana, document=sent["file_id"]))["document"] == sent


async def test_files_have_their_largest_size(stage: Stage) -> None:
    fits = {"document": Upload("x", bytes(50 * 2**20))}
    sent = await stage.does("sendDocument", fits, chat_id=stage.ana)
    assert await stage.refusal("getFile", file_id=sent["document"]["file_id"]) == "400 Bad Request: file is too big"
    largest = await stage.does("sendDocument", {"document": Upload("x", bytes(20 * 2**20))}, chat_id=stage.ana)
    assert (await stage.does("getFile", file_id=largest["document"]["file_id"]))["file_size"] == 20 * 2**20
    assert await stage.refusal("getFile") == "400 Bad Request: file_id not specified"


@pytest.mark.parametrize("picture", [png(640, 480), gif(640, 480), jpeg(640, 480)])
async def test_a_photo_is_measured(stage: Stage, picture: bytes) -> None:
    sent = await stage.does("sendPhoto", {"photo": Upload("x", picture)}, chat_id=stage.ana, caption="El mapa")
    (size,) = sent["photo"]
    assert (size["width"], size["height"], sent["caption"]) == (640, 480, "El mapa")
    again = await stage.does("sendPhoto", chat_id=stage.ana, photo=size["file_id"])
    assert again["photo"] == sent["photo"]


@pytest.mark.parametrize(
    ("sides", "fits"), [((2000, 100), True), ((2001, 100), False), ((5000, 5000), True), ((5001, 5000), False)]
)
async def test_a_photo_is_not_too_long_and_not_too_large(stage: Stage, sides: tuple[int, int], *, fits: bool) -> None:
    body = await stage.call("sendPhoto", {"photo": Upload("x.png", png(*sides))}, chat_id=stage.ana)
    assert body["ok"] is fits
    assert fits or body["description"] == "Bad Request: PHOTO_INVALID_DIMENSIONS"


SIDES = st.integers(1, 0xFFFF)


@given(SIDES, SIDES)
def test_every_kind_of_picture_tells_its_size(width: int, height: int) -> None:
    assert {picture_size(each(width, height)) for each in (png, gif, jpeg)} == {(width, height)}


@given(st.sampled_from([b"", PIXEL[:8], b"GIF89a", b"\xff\xd8\xff"]), st.binary(max_size=40))
def test_what_is_no_picture_has_no_size_or_a_positive_one(start: bytes, rest: bytes) -> None:
    size = picture_size(start + rest)
    assert size is None or min(size) > 0


async def test_an_album_is_several_messages_with_one_number(stage: Stage) -> None:
    files = {"a": CALENDAR, "b": Upload("b.pdf", b"b")}
    media = [ALBUM[0] | {"caption": "<i>dos</i>", "parse_mode": "HTML"}, ALBUM[1]]
    sent = await stage.does("sendMediaGroup", files, chat_id=stage.ana, media=media)
    assert [each["document"]["file_name"] for each in sent] == ["ciclo.ics", "b.pdf"]
    assert [each.get("caption") for each in sent] == ["dos", None]
    assert len({each["media_group_id"] for each in sent}) == 1
    other = await stage.does("sendMediaGroup", files, chat_id=stage.ana, media=ALBUM)
    assert other[0]["media_group_id"] != sent[0]["media_group_id"]


@pytest.mark.parametrize("count", [2, 10])
async def test_an_album_has_two_to_ten(stage: Stage, count: int) -> None:
    media = [{"type": "photo", "media": "attach://p"}] * count
    files = {"p": Upload("p.png", PIXEL)}
    assert len(await stage.does("sendMediaGroup", files, chat_id=stage.ana, media=media)) == count


async def test_of_a_bad_album_nothing_arrives(stage: Stage) -> None:
    before = stage.telegram.chat(stage.ana)
    files = {"a": CALENDAR, "b": Upload("b.pdf", b"")}
    given = {"chat_id": stage.ana, "media": ALBUM}
    assert await stage.refusal("sendMediaGroup", files, **given) == "400 Bad Request: file must be non-empty"
    for media, words in (
        ([], "group send failed"),
        (["x"] * 2, "can't parse InputMedia: expected an Object"),
        ([{"type": "video", "media": "attach://a"}] * 2, 'can\'t parse InputMedia: type "video" is unsupported'),
    ):
        assert (
            await stage.refusal("sendMediaGroup", files, chat_id=stage.ana, media=media) == f"400 Bad Request: {words}"
        )
    assert stage.telegram.chat(stage.ana) == before

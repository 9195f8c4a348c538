"""The Bot API's methods that send and fetch files."""

from typing import Any

from rehearsal.telegram.methods.sending import send, send_all, with_text
from rehearsal.telegram.params import Params
from rehearsal.telegram.people import People
from rehearsal.telegram.picture_size import picture_size
from rehearsal.telegram.records import ApiError, Json, Upload, refused

_LARGEST = {"photo": 10 * 2**20, "document": 50 * 2**20}
_LARGEST_DOWNLOAD = 20 * 2**20
_FEWEST, _MOST = 2, 10
_PHOTO_SIDES, _PHOTO_RATIO = 10_000, 20


def send_document(telegram: People, params: Params) -> Json:
    """Does what https://core.telegram.org/bots/api#senddocument says."""
    return send(telegram, params, _content(telegram, params, "document", params.upload("document")))


def send_photo(telegram: People, params: Params) -> Json:
    """Does what https://core.telegram.org/bots/api#sendphoto says."""
    return send(telegram, params, _content(telegram, params, "photo", params.upload("photo")))


def send_media_group(telegram: People, params: Params) -> list[Json]:
    """Does what https://core.telegram.org/bots/api#sendmediagroup says."""
    if not params.text("media"):
        raise refused('parameter "media" is required')
    media = params.array("media", "InputMedia")
    parts = [(_part(params, each), each) for each in media]
    if not _FEWEST <= len(media) <= _MOST:
        raise refused("there must be from 2 to 10 items in the media group" if media else "group send failed")
    if len({each["type"] for each in media}) > 1:
        raise refused("documents can't be mixed with other media types")
    album = {"media_group_id": str(telegram.number("album"))}
    contents = [_content(telegram, part, each["type"], part.upload("media")) for part, each in parts]
    return send_all(telegram, params.replaced({"reply_markup": None}), [each | album for each in contents])


def _part(params: Params, media: Any) -> Params:  # noqa: ANN401 - what a bot sent
    if not isinstance(media, dict):
        raise refused("can't parse InputMedia: expected an Object")
    if str(media.get("type")) not in _LARGEST:
        # Telegram takes videos and music, too; this rehearsal has none.
        raise refused(f'can\'t parse InputMedia: type "{media.get("type")}" is unsupported')
    one = Params(media, params.files)
    try:
        one.upload("media")
    except ApiError:
        raise refused("can't parse InputMedia: media not found") from None
    return one


def _content(telegram: People, params: Params, kind: str, upload: Upload | str) -> Json:
    caption = with_text(telegram, "caption", "caption_entities", params.caption())
    if isinstance(upload, str):
        return _known(telegram, kind, upload) | caption
    if not upload.content:
        raise refused("file must be non-empty")
    if len(upload.content) > _LARGEST[kind]:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "photo":
        width, height = _sides(upload)
        return {kind: [telegram.keep(upload) | {"width": width, "height": height}]} | caption
    return {kind: telegram.keep(upload) | {"file_name": upload.name, "mime_type": upload.kind}} | caption


def _sides(upload: Upload) -> tuple[int, int]:
    size = picture_size(upload.content)
    if size is None:
        raise refused("IMAGE_PROCESS_FAILED")
    if sum(size) > _PHOTO_SIDES or max(size) > _PHOTO_RATIO * min(size):
        raise refused("PHOTO_INVALID_DIMENSIONS")
    return size


def _known(telegram: People, kind: str, key: str) -> Json:
    """Finds a file that Telegram has already. It fetches no address: a rehearsal has no outside."""
    if key.startswith(("http://", "https://")):
        raise refused("failed to get HTTP URL content")
    sent = (message for chat in telegram.chats.values() for message in chat.messages.values())
    for stored in (message[kind] for message in sent if kind in message):
        if (stored[-1] if isinstance(stored, list) else stored)["file_id"] == key:
            return {kind: stored}
    raise refused("wrong file identifier/HTTP URL specified")


def get_file(telegram: People, params: Params) -> Json:
    """Does what https://core.telegram.org/bots/api#getfile says."""
    key = params.text("file_id")
    upload = telegram.files.get(key)
    if upload is None:
        raise refused("invalid file_id" if key else "file_id not specified")
    if len(upload.content) > _LARGEST_DOWNLOAD:
        raise refused("file is too big")
    size = len(upload.content)
    return {"file_id": key, "file_unique_id": key, "file_size": size, "file_path": f"documents/{key}"}


METHODS = {
    "senddocument": send_document,
    "sendphoto": send_photo,
    "sendmediagroup": send_media_group,
    "getfile": get_file,
}

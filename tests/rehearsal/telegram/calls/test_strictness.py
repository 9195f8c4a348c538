"""The rehearsal's Telegram refuses what Telegram refuses, in its words."""

from typing import Any

import pytest

from rehearsal.telegram.telegram import Upload
from tests.support.telegram.rehearsal_stage import BUTTON, PIXEL, Stage, keyboard

FULL = "400 Bad Request: "
ENTITIES = FULL + "can't parse entities: "
INLINE = FULL + "can't parse inline keyboard button: "

MESSAGES: list[tuple[dict[str, Any], str]] = [
    ({"text": ""}, FULL + "message text is empty"),
    ({"text": None}, FULL + "message text is empty"),
    ({"text": "  \n "}, FULL + "text must be non-empty"),
    ({"text": "<b> </b>", "parse_mode": "HTML"}, FULL + "text must be non-empty"),
    ({"text": "x" * 4097}, FULL + "message is too long"),
    ({"text": "😀" * 2049}, FULL + "message is too long"),
    ({"text": "\ud800"}, FULL + "strings must be encoded in UTF-8"),
    ({"text": "x", "parse_mode": "BBCode"}, FULL + "unsupported parse_mode"),
    ({"text": "*x*", "parse_mode": "MarkdownV2"}, FULL + "this rehearsal reads no Markdown: use parse_mode HTML"),
    ({"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, FULL + "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2"),
    ({"text": "😀", "entities": [{"type": "bold", "offset": 0, "length": 1}]}, FULL + "entity begins or ends in a middle of a UTF-16 symbol at UTF-16 offset 0"),
    ({"text": "x", "entities": [{"type": "loud", "offset": 0, "length": 1}]}, FULL + "can't parse MessageEntity: Unsupported type specified"),
    ({"text": "x", "entities": [{"type": "bold", "offset": 0}]}, FULL + 'can\'t parse MessageEntity: Can\'t find field "length"'),
    ({"chat_id": 404}, FULL + "chat not found"),
    ({"chat_id": "@nobody"}, FULL + "chat not found"),
    ({"chat_id": ""}, FULL + "chat_id is empty"),
    ({"chat_id": None}, FULL + "chat_id is empty"),
    ({"reply_parameters": {"message_id": 999}}, FULL + "message to be replied not found"),
    ({"reply_parameters": "[]x"}, FULL + "can't parse reply parameters JSON object"),
]  # fmt: skip

HTML: list[tuple[str, str]] = [
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<x>x</x>", 'Unsupported start tag "x" at byte offset 0'),
    ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ("ñ<br>", 'Unsupported start tag "br" at byte offset 2'),
    ("<b/>", 'Unsupported start tag "b/" at byte offset 0'),
    ("<!-- x -->", 'Unsupported start tag "!--" at byte offset 0'),
    ("ñ</b>", "Unexpected end tag at byte offset 2"),
    ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ("2<", "Unclosed start tag at byte offset 1"),
    ("x <b", "Unclosed start tag at byte offset 2"),
    ("<a href='x", "Unclosed start tag at byte offset 0"),
    ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<a href=a/b>x</a>", "Unexpected end of name token at byte offset 8"),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("<a href", 'Unclosed start tag "a" at byte offset 0'),
    ("<a href ", 'Unclosed start tag "a" at byte offset 0'),
    ("<a href= ", 'Unclosed start tag "a" at byte offset 0'),
    ("<a href=x", "Unclosed start tag at byte offset 0"),
    ("<a href=x ", 'Unclosed start tag "a" at byte offset 0'),
    ("<tg-time unix='1' format='q'>x</tg-time>", "Invalid date format used"),
    ("<tg-emoji emoji-id='x'>x</tg-emoji>", "Invalid custom emoji identifier specified"),
    ("&#xD800;", "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"),
]  # fmt: skip

KEYBOARDS: list[tuple[object, str]] = [
    ("{", FULL + "can't parse reply keyboard markup JSON object"),
    ([], FULL + "object expected as reply markup"),
    ({"inline_keyboard": [BUTTON]}, FULL + 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
    ({"keyboard": ["x"]}, FULL + 'field "keyboard" must be an Array of Arrays'),
    (keyboard("x"), INLINE + "InlineKeyboardButton must be an Object"),
    (keyboard({"callback_data": "x"}), INLINE + 'Can\'t find field "text"'),
    (keyboard({"text": " ", "callback_data": "x"}), FULL + "inline keyboard button text must be non-empty"),
    (keyboard({"text": "x"}), INLINE + "Text buttons are unallowed in the inline keyboard"),
    (keyboard({"text": "x", "callback_data": ""}), INLINE + "Text buttons are unallowed in the inline keyboard"),
    (keyboard({"text": "x", "callback_data": "d", "url": "https://a.org"}), INLINE + "exactly one of callback_data, url may be used"),
    (keyboard({"text": "x", "callback_data": 7}), INLINE + 'field "callback_data" must be of type String'),
    (keyboard({"text": "x", "callback_data": "d" * 65}), FULL + "BUTTON_DATA_INVALID"),
    (keyboard({"text": "x", "callback_data": "ñ" * 33}), FULL + "BUTTON_DATA_INVALID"),
    (keyboard({"text": "x", "callback_data": "d", "style": "loud"}), INLINE + "invalid button style specified"),
    (keyboard({"text": "x", "url": "javascript:alert(1)"}), FULL + "inline keyboard button URL 'javascript:alert(1)' is invalid: Wrong HTTP URL"),
    (keyboard({"text": "x", "url": "http://localhost/x"}), FULL + "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL"),
    (keyboard(*[BUTTON] * 101), FULL + "reply markup is too long"),
    ({"keyboard": [[{"text": ""}]]}, FULL + "keyboard button text must be non-empty"),
    ({"keyboard": [[1]]}, FULL + "can't parse keyboard button: KeyboardButton must be a String or an Object"),
]  # fmt: skip

FILE = {"f": Upload("x.bin", b"x")}
OTHERS: list[tuple[str, dict[str, Any], dict[str, Upload], str]] = [
    ("sendTelepathy", {}, {}, "404 Not Found"),
    ("editMessageText", {"message_id": 999, "text": "x"}, {}, FULL + "message to edit not found"),
    ("editMessageText", {"message_id": 1, "text": "x"}, {}, FULL + "message can't be edited"),
    ("editMessageText", {"chat_id": None, "text": "x"}, {}, FULL + "message identifier is not specified"),
    ("deleteMessage", {"chat_id": None, "message_id": 1}, {}, FULL + "chat identifier is not specified"),
    ("deleteMessage", {"message_id": 999}, {}, FULL + "message to delete not found"),
    ("deleteMessage", {}, {}, FULL + "message identifier is not specified"),
    ("deleteMessages", {"message_ids": []}, {}, FULL + "message identifiers are not specified"),
    ("pinChatMessage", {"message_id": 999}, {}, FULL + "message to pin not found"),
    ("unpinChatMessage", {}, {}, FULL + "message to unpin not found"),
    ("copyMessage", {"from_chat_id": "", "message_id": 1}, {}, FULL + 'parameter "from_chat_id" is required'),
    ("copyMessage", {"from_chat_id": 404, "message_id": 1}, {}, FULL + "chat not found"),
    ("forwardMessage", {"message_id": 999}, {}, FULL + "message to forward not found"),
    ("sendChatAction", {"action": "dance"}, {}, FULL + "wrong parameter action in request"),
    ("sendLocation", {"longitude": 1}, {}, FULL + "latitude is empty"),
    ("sendLocation", {"latitude": 91, "longitude": 1}, {}, FULL + "invalid location specified"),
    ("sendLocation", {"latitude": "nan", "longitude": 1}, {}, FULL + "invalid location specified"),
    ("sendDocument", {}, {}, FULL + "there is no document in the request"),
    ("sendDocument", {"document": "attach://g"}, FILE, FULL + "there is no document in the request"),
    ("sendDocument", {"document": "nothing"}, {}, FULL + "wrong file identifier/HTTP URL specified"),
    ("sendDocument", {"document": "https://a.org/x.pdf"}, {}, FULL + "failed to get HTTP URL content"),
    ("sendDocument", {"document": "attach://f", "caption": "x" * 1025}, FILE, FULL + "message caption is too long"),
    ("sendDocument", {"document": "attach://f"}, {"f": Upload("x", b"")}, FULL + "file must be non-empty"),
    ("sendDocument", {"document": "attach://f"}, {"f": Upload("x", bytes(50 * 2**20 + 1))}, "413 Request Entity Too Large"),
    ("sendPhoto", {"photo": "attach://f"}, FILE, FULL + "IMAGE_PROCESS_FAILED"),
    ("sendPhoto", {"photo": "attach://f"}, {"f": Upload("x", bytes(10 * 2**20 + 1))}, "413 Request Entity Too Large"),
    ("sendMediaGroup", {}, {}, FULL + 'parameter "media" is required'),
    ("sendMediaGroup", {"media": [{"type": "document", "media": "attach://f"}]}, FILE, FULL + "there must be from 2 to 10 items in the media group"),
    ("sendMediaGroup", {"media": [{"type": "document", "media": "attach://f"}] * 11}, FILE, FULL + "there must be from 2 to 10 items in the media group"),
    ("sendMediaGroup", {"media": [{"type": "document", "media": "attach://g"}] * 2}, FILE, FULL + "can't parse InputMedia: media not found"),
    ("sendMediaGroup", {"media": [{"type": kind, "media": "attach://f"} for kind in ("document", "photo")]}, {"f": Upload("x", PIXEL)}, FULL + "documents can't be mixed with other media types"),
    ("getFile", {"file_id": "nothing"}, {}, FULL + "invalid file_id"),
    ("getChat", {"chat_id": 404}, {}, FULL + "chat not found"),
    ("getChatMember", {"user_id": 404}, {}, FULL + "PARTICIPANT_ID_INVALID"),
    ("getChatAdministrators", {}, {}, FULL + "there are no administrators in the private chat"),
    ("leaveChat", {}, {}, FULL + "chat member status can't be changed in private chats"),
    ("answerCallbackQuery", {"callback_query_id": "12345"}, {}, FULL + "query is too old and response timeout expired or query ID is invalid"),
    ("setMyCommands", {"commands": [{"command": "Séance", "description": "x"}]}, {}, FULL + "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "x" * 33, "description": "x"}]}, {}, FULL + "command length must not exceed 32"),
    ("setMyCommands", {"commands": [{"command": "x", "description": " "}]}, {}, FULL + "command description must be non-empty"),
    ("setMyCommands", {"commands": [{"command": "x", "description": "x" * 257}]}, {}, FULL + "command description length must not exceed 256"),
    ("setMyCommands", {"commands": [{"command": "/", "description": "x"}]}, {}, FULL + "command must be non-empty"),
    ("setMyCommands", {"commands": [{"command": "x", "description": "x"}] * 101}, {}, FULL + "BOT_COMMANDS_TOO_MUCH"),
    ("setMyCommands", {"commands": [{"command": "x"}]}, {}, FULL + 'can\'t parse BotCommand: Can\'t find field "description"'),
    ("setMyCommands", {"commands": [], "language_code": "spa"}, {}, FULL + "invalid language code specified"),
    ("setMyCommands", {"commands": ["x"]}, {}, FULL + "can't parse BotCommand: expected an Object"),
    ("setMyCommands", {"commands": "["}, {}, FULL + "can't parse commands JSON object"),
    ("setMyCommands", {"commands": "{}"}, {}, FULL + "expected an Array of BotCommand"),
    ("setMyCommands", {"commands": [], "scope": {"type": "planet"}}, {}, FULL + "can't parse BotCommandScope: Unsupported type specified"),
    ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 404}}, {}, FULL + "chat not found"),
    ("setMyName", {"name": "x" * 65}, {}, FULL + "bot name is too long"),
    ("setMyDescription", {"description": "x" * 513}, {}, FULL + "bot description is too long"),
    ("setMyShortDescription", {"short_description": "x" * 121}, {}, FULL + "bot short description is too long"),
    ("setChatMenuButton", {"menu_button": {"type": "gold"}}, {}, FULL + "can't parse menu button: MenuButton has unsupported type"),
    ("setChatMenuButton", {"menu_button": []}, {}, FULL + "can't parse menu button: MenuButton must be an Object"),
    ("setWebhook", {"url": "http://example.org/hook"}, {}, FULL + "bad webhook: An HTTPS URL must be provided for webhook"),
    ("setWebhook", {"url": "hook"}, {}, FULL + "invalid webhook URL specified"),
    ("setWebhook", {"url": "https://example.org:9000/hook"}, {}, FULL + "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
    ("setWebhook", {"url": "https://example.org/hook", "secret_token": "a b"}, {}, FULL + "secret token contains unallowed characters"),
]  # fmt: skip


@pytest.mark.parametrize(("params", "refusal"), MESSAGES)
async def test_a_message_is_refused_in_telegrams_words(stage: Stage, params: dict[str, Any], refusal: str) -> None:
    given: dict[str, Any] = {"chat_id": stage.ana, "text": "hola"} | params
    assert await stage.refusal("sendMessage", **given) == refusal


@pytest.mark.parametrize(("text", "words"), HTML)
async def test_broken_html_is_refused_with_its_place_in_bytes(stage: Stage, text: str, words: str) -> None:
    assert await stage.refusal("sendMessage", chat_id=stage.ana, text=text, parse_mode="HTML") == ENTITIES + words


@pytest.mark.parametrize(("markup", "refusal"), KEYBOARDS)
async def test_a_keyboard_is_refused_in_telegrams_words(stage: Stage, markup: object, refusal: str) -> None:
    assert await stage.refusal("sendMessage", chat_id=stage.ana, text="hola", reply_markup=markup) == refusal


@pytest.mark.parametrize(("method", "params", "files", "refusal"), OTHERS)
async def test_any_other_call_is_refused_in_telegrams_words(
    stage: Stage, method: str, params: dict[str, Any], files: dict[str, Upload], refusal: str
) -> None:
    usual = {"chat_id": stage.ana, "from_chat_id": stage.ana}
    assert await stage.refusal(method, files, **usual | params) == refusal


async def test_a_wrong_token_is_nobodys(stage: Stage) -> None:
    answer = await stage.telegram.call("2:wrong", "getMe", {})
    assert (answer.status, answer.body["description"]) == (401, "Unauthorized")


async def test_what_a_method_does_not_know_it_ignores(stage: Stage) -> None:
    assert (await stage.sends("hola", mood="sunny", link_preview_options={"is_disabled": True}))["text"] == "hola"

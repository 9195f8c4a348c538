"""Inline queries: what is typed after the bot's name in any chat, and what can be picked."""

from typing import Any

import pytest

from tests.support.telegram.rehearsal_stage import BUTTON, Stage, keyboard

FULL = "400 Bad Request: "
BAD = FULL + "can't parse inline query result: "


def article(number: object = 1, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    given = {"type": "article", "id": str(number), "title": "Objetivo", "input_message_content": {"message_text": "x"}}
    return given | more


async def answers(stage: Stage, results: object, **more: Any) -> str:  # noqa: ANN401 - any parameter
    """What becomes of that answer to a fresh query: "" where Telegram takes it."""
    query = stage.telegram.asks_inline(stage.ana, "datos")
    body = await stage.call("answerInlineQuery", inline_query_id=query, results=results, **more)
    return "" if body["ok"] else f"{body['error_code']} {body['description']}"


async def test_a_query_reaches_the_bot_and_its_answer_the_phone(stage: Stage) -> None:
    query = stage.telegram.asks_inline(stage.ana, "datos", offset="10")
    told = (await stage.updates(offset=-1))[0]["inline_query"]
    assert (told["id"], told["query"], told["offset"], told["from"]["id"]) == (query, "datos", "10", stage.ana)
    assert stage.telegram.inline_answer(query) is None
    await stage.does("answerInlineQuery", inline_query_id=query, results=[article()], next_offset="20")
    shown = stage.telegram.inline_answer(query)
    assert shown is not None
    assert (shown["results"][0]["title"], shown["next_offset"], shown["button"]) == ("Objetivo", "20", None)


async def test_what_is_picked_is_sent_by_the_person_through_the_bot(stage: Stage) -> None:
    query = stage.telegram.asks_inline(stage.ana, "datos")
    content = {"message_text": "<b>Objetivo 1</b>", "parse_mode": "HTML"}
    result = article(input_message_content=content, reply_markup=keyboard(BUTTON))
    await stage.does("answerInlineQuery", inline_query_id=query, results=[result])
    number = stage.telegram.picks_inline(query, 0)
    message = stage.telegram.message(stage.ana, number)
    assert (message["text"], message["entities"][0]["type"]) == ("Objetivo 1", "bold")
    assert (message["from"]["id"], message["via_bot"]["username"]) == (stage.ana, "ciclo_bot")
    assert message["reply_markup"] == keyboard(BUTTON)


async def test_a_query_is_answered_once_and_within_ten_seconds(stage: Stage) -> None:
    old = FULL + "query is too old and response timeout expired or query ID is invalid"
    query = stage.telegram.asks_inline(stage.ana, "datos")
    await stage.does("answerInlineQuery", inline_query_id=query, results=[])
    late = stage.telegram.asks_inline(stage.ana, "datos")
    stage.telegram.seconds_ahead += 11
    for each in (query, late, "12345"):
        assert await stage.refusal("answerInlineQuery", inline_query_id=each, results=[]) == old


async def test_an_answer_has_at_most_fifty_results_with_short_distinct_ids(stage: Stage) -> None:
    assert await answers(stage, [article(number) for number in range(50)]) == ""
    many = [article(number) for number in range(51)]
    assert await answers(stage, many) == FULL + "too many inline query results specified"
    assert await answers(stage, [article("ñ" * 32)]) == ""
    assert await answers(stage, [article("ñ" * 32 + "x")]) == FULL + "RESULT_ID_INVALID"
    assert await answers(stage, [article("")]) == FULL + "RESULT_ID_INVALID"
    assert await answers(stage, [article(), article()]) == FULL + "RESULT_ID_DUPLICATE"
    assert await answers(stage, [], next_offset="x" * 65) == FULL + "NEXT_OFFSET_INVALID"


@pytest.mark.parametrize(
    ("result", "words"),
    [
        ("x", "Inline query result must be an object"),
        ({"type": "planet", "id": "1"}, 'type "planet" is unsupported for the inline query result'),
        ({"id": "1"}, 'Can\'t find field "type"'),
        (article() | {"title": None}, 'Can\'t find field "title"'),
        ({"type": "photo"}, 'Can\'t find field "id"'),
        (article(input_message_content=None), "Input message content is not specified"),
        (article(input_message_content={"message_text": ""}), "Message text is empty"),
        (
            article(input_message_content={"message_text": "<b>", "parse_mode": "HTML"}),
            "Can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
    ],
)
async def test_a_result_is_refused_in_telegrams_words(stage: Stage, result: object, words: str) -> None:
    assert await answers(stage, [result]) == BAD + words


async def test_a_picture_may_stand_without_words_and_an_article_may_not(stage: Stage) -> None:
    assert await answers(stage, [{"type": "Photo", "id": "1", "photo_file_id": "x"}]) == ""
    words = BAD + "Input message content is not specified"
    assert await answers(stage, [article() | {"type": "Article", "input_message_content": {}}]) == words


async def test_a_button_above_the_results_leads_into_the_chat(stage: Stage) -> None:
    assert await answers(stage, [], button={"text": "Registrarme", "start_parameter": "s2"}) == ""
    assert await answers(stage, [], button={"text": "x", "start_parameter": "s 2"}) == FULL + "START_PARAM_INVALID"
    for wrong, words in (
        ({"text": "x"}, "InlineQueryResultsButton must have exactly one optional field"),
        ({"start_parameter": "s2"}, 'Can\'t find field "text"'),
        ([], "InlineQueryResultsButton must be an Object"),
    ):
        assert await answers(stage, [], button=wrong) == FULL + f"can't parse inline query results button: {words}"
    assert await answers(stage, {}) == FULL + "expected an Array of inline query results"

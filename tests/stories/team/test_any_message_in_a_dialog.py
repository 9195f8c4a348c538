"""Whatever kind of message comes at a step of an organizer's dialog, it is answered, and the step goes on."""

from collections.abc import Callable

import pytest

from rehearsal.telegram.telegram import Telegram
from tests.support.thorough import one_in
from tests.support.world.announcements import drafted, later, with_a_crowd
from tests.support.world.people import Person, World

pytestmark = pytest.mark.one_owner(confirm_above=0)


KINDS: dict[str, Callable[[Telegram, int], object]] = {
    "a picture without a caption": lambda telegram, id_: telegram.sends_photo(id_, ""),
    "a picture with a caption": lambda telegram, id_: telegram.sends_photo(id_, "El mapa"),
    "a file": lambda telegram, id_: telegram.sends_document(id_),
    "a voice note": lambda telegram, id_: telegram.sends_voice(id_),
    "a sticker": lambda telegram, id_: telegram.sends_sticker(id_),
    "a place": lambda telegram, id_: telegram.shares_location(id_, -12.05, -77.04),
    "forwarded words": lambda telegram, id_: telegram.forwards(id_, "Lo que otra persona escribió"),
    "a word of 4,000 letters": lambda telegram, id_: telegram.says(id_, "é" * 4000),
    "an hour of 4,000 figures": lambda telegram, id_: telegram.says(id_, "9" * 3990 + ":00"),
    "2,000 lines": lambda telegram, id_: telegram.says(id_, "é\n" * 2000),
    "nothing but signs": lambda telegram, id_: telegram.says(id_, "\u200b.,;"),
}


async def draft_body(_world: World, olga: Person) -> None:
    await olga.says("/anunciar")
    await olga.presses("Nuevo anuncio")


async def draft_time(_world: World, olga: Person) -> None:
    await drafted(olga)
    await olga.presses("Cuándo")


async def correction(world: World, olga: Person) -> None:
    await drafted(olga)
    await olga.presses("Enviar")
    await later(world)
    await olga.says("/anunciar")
    await olga.presses(next(each for each in olga.buttons if each.startswith("Anuncio")))  # the newest
    await olga.presses("Corregir")
    await olga.presses("español")


async def session_time(_world: World, olga: Person) -> None:
    await olga.says("/session 3")
    await olga.presses("Cambiar día u hora")


async def session_detail(_world: World, olga: Person) -> None:
    await olga.says("/session 3")
    await olga.presses("Enlace, panelistas y más")
    await olga.forges("sd:3:link")


async def search(_world: World, olga: Person) -> None:
    await olga.says("/participantes")
    await olga.presses("Buscar")


STEPS = (draft_body, draft_time, correction, session_time, session_detail, search)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
async def test_every_kind_is_answered_at_every_step(world: World, step: Callable[..., object]) -> None:
    """Every kind at two steps; thoroughly every kind at every step."""
    olga = await with_a_crowd(world, 3)
    for kind, send in one_in(3, list(KINDS.items()), begin=STEPS.index(step)):
        await step(world, olga)  # type: ignore[misc]
        await olga.does(send)
        assert olga.news, kind
        assert not any("Algo falló" in each.text for each in olga.news), (kind, [each.text for each in olga.news])

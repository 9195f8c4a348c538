"""In a forum: answers, reminders and announcements come in the topic where they were asked for."""

from tests.support.world.groups import Group, with_the_bot
from tests.support.world.people import World


async def forum(world: World) -> tuple[Group, int]:
    """Ana's group has topics; one of them is for the sessions."""
    group = await with_the_bot(world)
    world.telegram.becomes_forum(group.id)
    return group, world.telegram.opens_topic(group.id, "Sesiones")


def topics(world: World, group: Group) -> list[int | None]:
    """The topic of each message that the bot wrote there, in their order."""
    written = world.telegram.chats[group.id].messages.values()
    return [each.get("message_thread_id") for each in written if each["from"]["is_bot"]]


async def asks_for_reminders(world: World, group: Group, topic: int) -> None:
    """Turns the group's reminders on from that topic."""
    world.telegram.says(group.ana, "/recordatorios@ciclo_bot", chat_id=group.id, topic=topic)
    await world.settle()
    await group.presses(group.ana, "Recordar las sesiones al grupo")


async def test_an_answer_comes_in_the_topic_of_the_question(world: World) -> None:
    group, topic = await forum(world)
    world.telegram.says(group.beto, "/sesiones@ciclo_bot", chat_id=group.id, topic=topic)
    await world.settle()
    await group.says(group.beto, "/sesiones@ciclo_bot")
    assert topics(world, group)[-2:] == [topic, None]


async def test_a_reply_outside_of_topics_has_a_thread_and_is_answered_where_it_is(world: World) -> None:
    """In "General", and in a group without topics, a reply has the number of its thread, which is no topic's."""
    group, _ = await forum(world)
    first = group.said[0].id
    world.telegram.says(group.beto, "¿cuándo es la sesión 2?", chat_id=group.id, reply_to=first)
    message = next(reversed(world.telegram.chats[group.id].messages.values()))
    message["message_thread_id"] = first
    world.telegram.waiting[-1]["message"]["message_thread_id"] = first
    await world.settle()
    assert "29 de octubre" in group.said[-1].text
    assert topics(world, group)[-1] is None


async def test_reminders_come_in_the_topic_where_they_were_turned_on(world: World) -> None:
    group, topic = await forum(world)
    await asks_for_reminders(world, group, topic)
    await world.turn_to("2024-10-22 17:00")
    assert group.said[-1].text.startswith("Recordatorio: sesión 1")
    assert topics(world, group)[-1] == topic


async def test_turned_on_again_elsewhere_they_come_there(world: World) -> None:
    group, topic = await forum(world)
    await asks_for_reminders(world, group, topic)
    await group.presses(group.ana, "Quitar los recordatorios del grupo")
    await group.says(group.ana, "/recordatorios@ciclo_bot")
    await group.presses(group.ana, "Recordar las sesiones al grupo")
    await world.turn_to("2024-10-22 17:00")
    assert group.said[-1].text.startswith("Recordatorio: sesión 1")
    assert topics(world, group)[-1] is None


async def test_where_the_topic_is_closed_the_reminder_comes_outside_of_it(world: World) -> None:
    group, topic = await forum(world)
    await asks_for_reminders(world, group, topic)
    world.telegram.closes_topic(group.id, topic)
    await world.turn_to("2024-10-22 17:00")
    assert group.said[-1].text.startswith("Recordatorio: sesión 1")
    assert topics(world, group)[-1] is None
    world.telegram.closes_topic(group.id, topic, closed=False)
    await world.turn_to("2024-10-23 16:00")
    assert topics(world, group)[-1] == topic


async def test_where_the_topic_is_gone_the_reminder_comes_outside_of_it(world: World) -> None:
    group, topic = await forum(world)
    await asks_for_reminders(world, group, topic)
    world.telegram.deletes_topic(group.id, topic)
    await world.turn_to("2024-10-22 17:00")
    assert group.said[-1].text.startswith("Recordatorio: sesión 1")
    assert topics(world, group)[-1] is None

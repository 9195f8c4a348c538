"""Remembers the place that somebody says is theirs before they ask: "soy de Tijuana. ¿de qué va la 3?"."""

import re
from dataclasses import replace

from knowledge.answers.answer_models import Answer, Situation
from knowledge.places.places import Places
from knowledge.wishes.told_place import possible_places, read_told_place

_SENTENCES = re.compile(r"[.?!;\n]+")


def remember_own_place(found: list[Answer], words: str, at: Situation, places: Places) -> list[Answer]:
    """Returns the answers, of which the last one remembers that place; nothing where their zone is known anyway."""
    talk = found[-1].talk
    if talk is None or talk.own or at.zone is not None:
        return found
    told = next(filter(None, (read_told_place(each, at.language) for each in _SENTENCES.split(words))), "")
    every = (places.find_exactly(name, at.language) for name in possible_places(told))
    place = next((each[0] for each in every if each and talk.zone in {None, each[0].zone}), None)
    if place is None:
        return found
    return [*found[:-1], replace(found[-1], talk=replace(talk, zone=place.zone, place=place.name, own=True))]

"""Loads a content pack's TOML files into a Cycle and checks them."""

from pathlib import Path

from knowledge.loading.content_file import ContentError, missing_file, read_file
from knowledge.loading.content_validation import (
    ALIASES,
    CYCLE,
    FAQ,
    GLOSSARY,
    OBJECTIVES,
    PRACTICES,
    PRINCIPLES,
    find_errors,
)
from knowledge.loading.pack import (
    AliasesFile,
    CycleFile,
    FaqFile,
    GlossaryFile,
    ObjectivesFile,
    Pack,
    PracticesFile,
    PrinciplesFile,
)
from knowledge.programme.cycle import Cycle

__all__ = ["ContentError", "load_cycle"]

_FILES = (CYCLE, OBJECTIVES, PRINCIPLES, PRACTICES, GLOSSARY)
# What only makes answers better; a new cycle may begin without.
_OPTIONAL = (FAQ, ALIASES)


def load_cycle(folder: Path) -> Cycle:
    """Returns the cycle in that folder, whose name is its key.

    Raises ContentError, whose message is one line naming file, line and key, for anything that is not right.
    """
    pack = _read_pack(folder)
    for error in find_errors(pack):
        raise error
    return _build_cycle(folder.absolute().name, pack)


def _read_pack(folder: Path) -> Pack:
    if not folder.is_dir():
        label = "/".join(folder.parts[-2:])
        raise ContentError(f"{label}: there is no such folder; name one of knowledge/content/ in [cycle] content.")
    files = {name: read_file(folder / name) for name in _FILES}
    files |= {
        name: read_file(folder / name) if (folder / name).exists() else missing_file(folder / name)
        for name in _OPTIONAL
    }
    return Pack(
        cycle=files[CYCLE].validate_as(CycleFile),
        objectives=files[OBJECTIVES].validate_as(ObjectivesFile),
        principles=files[PRINCIPLES].validate_as(PrinciplesFile),
        practices=files[PRACTICES].validate_as(PracticesFile),
        glossary=files[GLOSSARY].validate_as(GlossaryFile),
        faq=files[FAQ].validate_as(FaqFile),
        aliases=files[ALIASES].validate_as(AliasesFile),
        files=files,
    )


def _build_cycle(key: str, pack: Pack) -> Cycle:
    about = pack.cycle.cycle
    return Cycle(
        key=key,
        title=about.title,
        region=about.region,
        zone=about.zone,
        zone_name=about.zone_name,
        sessions=pack.cycle.session,
        objectives=pack.objectives.objective,
        principles=pack.principles.principle,
        practices=pack.practices.practice,
        terms=pack.glossary.term,
        criteria=pack.cycle.eligibility,
        links=pack.cycle.link,
        unknown=pack.cycle.unknown,
        background=pack.cycle.background,
        general_objective=pack.cycle.general_objective,
        panelists=pack.cycle.people.panelists,
        moderation=pack.cycle.people.moderation,
        audience=pack.cycle.people.audience,
        practices_location=pack.cycle.practices_location,
        faq=pack.faq.faq,
        aliases=pack.aliases.alias,
    )

"""Loads a content pack's TOML files into a Cycle and checks them."""

from pathlib import Path

from knowledge.loading.content_file import ContentError, missing_file, read_file
from knowledge.loading.content_validation import (
    ALIASES,
    ATTENDANCE,
    CERTIFICATE,
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
    AttendanceFile,
    CycleFile,
    FaqFile,
    GlossaryFile,
    ObjectivesFile,
    Pack,
    PracticesFile,
    PrinciplesFile,
)
from knowledge.programme.certificate_template import (
    LARGEST_PICTURE,
    CertificateFile,
    CertificateTemplate,
)
from knowledge.programme.cycle import Cycle

__all__ = ["ContentError", "load_cycle"]

_FILES = (CYCLE, OBJECTIVES, PRINCIPLES, PRACTICES, GLOSSARY)
# What only makes answers better, or is not needed at the beginning; a new cycle may begin without.
_OPTIONAL = (FAQ, ALIASES, ATTENDANCE, CERTIFICATE)


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
    certificate = files[CERTIFICATE].validate_as(CertificateFile) if files[CERTIFICATE].text else None
    return Pack(
        cycle=files[CYCLE].validate_as(CycleFile),
        objectives=files[OBJECTIVES].validate_as(ObjectivesFile),
        principles=files[PRINCIPLES].validate_as(PrinciplesFile),
        practices=files[PRACTICES].validate_as(PracticesFile),
        glossary=files[GLOSSARY].validate_as(GlossaryFile),
        faq=files[FAQ].validate_as(FaqFile),
        aliases=files[ALIASES].validate_as(AliasesFile),
        attendance=files[ATTENDANCE].validate_as(AttendanceFile),
        certificate=certificate,
        pictures={} if certificate is None else _read_pictures(folder, certificate),
        files=files,
    )


def _read_pictures(folder: Path, certificate: CertificateFile) -> dict[str, bytes | None]:
    names = [certificate.look.logo, *(each.picture for each in certificate.signature)]
    return {name: _read_picture(folder / name) for name in names if name is not None}


def _read_picture(file: Path) -> bytes | None:
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_PICTURE + 1)
    except OSError:
        return None


def _certificate(pack: Pack) -> CertificateTemplate | None:
    if (found := pack.certificate) is None:
        return None
    pictures = {name: content for name, content in pack.pictures.items() if content is not None}
    return CertificateTemplate(found.wording, found.look, found.signature, pictures)


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
        attendance_words=pack.attendance.words,
        certificate=_certificate(pack),
    )

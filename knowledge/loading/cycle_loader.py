"""Loads a content pack's TOML files into a Cycle and checks them."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from knowledge.loading.content_file import ContentError, read_file
from knowledge.loading.content_validation import find_errors
from knowledge.loading.pack import FILES, OPTIONAL, Pack
from knowledge.programme.certificate_template import LARGEST_PICTURE, CertificateFile, CertificateTemplate
from knowledge.programme.cycle import Cycle

__all__ = ["ContentError", "load_cycle"]


def load_cycle(folder: Path) -> Cycle:
    """Returns the cycle in that folder, whose name is its key. Raises ContentError, which names file, line and key."""
    pack = _read_pack(folder)
    for error in find_errors(pack):
        raise error
    return _build_cycle(folder.absolute().name, pack)


def _read_pack(folder: Path) -> Pack:
    if not folder.is_dir():
        label = "/".join(folder.parts[-2:])
        raise ContentError(f"{label}: there is no such folder; name one of knowledge/content/ in [cycle] content.")
    files = {name: read_file(folder / f"{name}.toml", optional=name in OPTIONAL) for name in FILES}
    certificate = files["certificate"].validate_as(CertificateFile) if files["certificate"].text else None
    models: dict[str, Any] = {name: files[name].validate_as(FILES[name]) for name in FILES if name != "certificate"}
    pictures = {} if certificate is None else _read_pictures(folder, certificate)
    return Pack(**models, certificate=certificate, pictures=pictures, files=files)


def _read_pictures(folder: Path, certificate: CertificateFile) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name in filter(None, (certificate.look.logo, *(each.picture for each in certificate.signature))):
        with suppress(OSError), (folder / name).open("rb") as opened:
            found[name] = opened.read(LARGEST_PICTURE + 1)
    return found


def _build_cycle(key: str, pack: Pack) -> Cycle:
    about, found = pack.cycle.cycle, pack.certificate
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
        certificate=CertificateTemplate(found.wording, found.look, found.signature, pack.pictures) if found else None,
    )

"""Defines what an organizer decides of a certificate: wording in four languages, colours, logo, signature."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field, Strict

from knowledge.programme.field_validation import Content, Line, Title

# Words on white are read by everybody from that contrast on. Source: https://www.w3.org/TR/WCAG22/#contrast-minimum
_LEAST_CONTRAST = 4.5
_DARK = 0.04045  # below it sRGB is linear
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_PICTURE = re.compile(r"[A-Za-z0-9_-]{1,60}\.(?:png|jpg|jpeg)")
# The signs that every PNG and every JPEG file begins with.
PICTURE_SIGNS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
LARGEST_PICTURE = 1_000_000


def _colour(value: str) -> str:
    if not _COLOUR.fullmatch(value):
        raise ValueError("is not a colour; write it like #1f4e79")
    if contrast_with_white(value) < _LEAST_CONTRAST:
        raise ValueError("is too light to be read on white paper; choose a darker one")
    return value.lower()


def contrast_with_white(colour: str) -> float:
    """Returns the contrast of a colour such as "#1f4e79" with white, from 1 to 21."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= _DARK else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (luminance + 0.05)


def _picture(name: str) -> str:
    if not _PICTURE.fullmatch(name):
        raise ValueError("must be the name of a .png or .jpg file in this folder, in plain letters")
    return name


Colour: TypeAlias = Annotated[str, Strict(), AfterValidator(_colour)]
PictureName: TypeAlias = Annotated[str, Strict(), AfterValidator(_picture)]


class Wording(Content):
    """What a certificate says around the name and the sessions."""

    title: Title
    certifies: Title  # stands above the name
    attended: Title  # stands between the name and the sessions
    issuer: Title | None = None  # who issues it


class Signature(Content):
    """Who signs; the picture of the signature may be left out."""

    name: Line
    role: Title
    picture: PictureName | None = None


class Look(Content):
    """Colours and logo."""

    accent: Colour = "#1f4e79"
    text: Colour = "#1b1f24"
    logo: PictureName | None = None


class CertificateFile(Content):
    """certificate.toml."""

    wording: Wording
    look: Look = Look()
    signature: tuple[Signature, ...] = Field(default=(), max_length=2)


@dataclass(frozen=True)
class CertificateTemplate:
    """The template with its pictures, by file name."""

    wording: Wording
    look: Look
    signatures: tuple[Signature, ...]
    pictures: Mapping[str, bytes]

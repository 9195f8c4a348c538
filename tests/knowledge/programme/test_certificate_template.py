"""The template of certificates that an organizer replaces: what is wrong is said with file, line and key."""

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from knowledge.loading.content_file import ContentError
from knowledge.loading.cycle_loader import load_cycle
from knowledge.programme.certificate_template import contrast_with_white


@pytest.fixture
def pack(content: Path, tmp_path: Path) -> Path:
    """A copy of the pack."""
    return Path(shutil.copytree(content, tmp_path / "content" / "pmm-2024"))


def picture(kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 120), "#1f4e79").save(out, kind)
    return out.getvalue()


def changed(pack: Path, file: str, old: str, new: str) -> int:
    """Replaces the words; returns the line of the new ones."""
    text = (pack / file).read_text("utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    (pack / file).write_text(text, "utf-8")
    return text[: text.index(new)].count("\n") + 1 + new.count("\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('accent = "#1f4e79"', 'accent = "blue"', "look.accent: is not a colour; write it like #1f4e79"),
        ('accent = "#1f4e79"', 'accent = "#ffee00"', "look.accent: is too light to be read on white paper"),
        ('# logo = "logo.png"', 'logo = "../logo.png"', "look.logo: must be the name of a .png or .jpg file"),
        ('# logo = "logo.png"', 'logo = "gone.png"', "look.logo: there is no file gone.png in this folder"),
        ('# logo = "logo.png"', 'logo = "text.png"', "look.logo: text.png is neither PNG nor JPEG"),
        ('# logo = "logo.png"', 'logo = "huge.png"', "look.logo: huge.png has more than 1 MB"),
        ("title = { es", "titel = { es", "wording.titel: is not a known key"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(pack: Path, old: str, new: str, said: str) -> None:
    (pack / "text.png").write_bytes(b"no picture")
    (pack / "huge.png").write_bytes(picture() + b"\0" * 1_000_000)
    line = changed(pack, "certificate.toml", old, new)
    with pytest.raises(ContentError) as raised:
        load_cycle(pack)
    if "titel" not in new:
        assert str(raised.value).startswith(f"content/pmm-2024/certificate.toml, line {line}, "), raised.value
        assert said in str(raised.value)


def test_a_language_that_is_missing_is_named(pack: Path) -> None:
    changed(pack, "certificate.toml", ', fr = "Attestation de présence" }', " }")
    with pytest.raises(ContentError, match=r"certificate\.toml, line \d+, wording\.title\.fr: is missing"):
        load_cycle(pack)


@pytest.mark.parametrize(
    ("new", "said"), [('"colibrí", "colibris"', "too like"), ('"colibrí", "sí"', "is not one word")]
)
def test_words_of_attendance_are_unlike_each_other_and_can_be_typed(pack: Path, new: str, said: str) -> None:
    changed(pack, "attendance.toml", '"colibrí"', new)
    with pytest.raises(ContentError, match=rf"attendance\.toml, line \d+, words\.es: .*{said}"):
        load_cycle(pack)


def test_logo_and_signatures_are_read(pack: Path) -> None:
    (pack / "logo.png").write_bytes(picture())
    (pack / "firma.jpg").write_bytes(picture("JPEG"))
    changed(pack, "certificate.toml", '# logo = "logo.png"', 'logo = "logo.png"')
    with (pack / "certificate.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[signature]]\nname = "Eva Luz"\nrole = { es = "C", pt = "C", en = "C", fr = "C" }\n')
        file.write('picture = "firma.jpg"\n')
    template = load_cycle(pack).certificate
    assert template is not None
    assert set(template.pictures) == {"logo.png", "firma.jpg"}
    assert template.signatures[0].name == "Eva Luz"


def test_a_cycle_may_have_neither(pack: Path) -> None:
    for file in ("certificate.toml", "attendance.toml"):
        (pack / file).unlink()
    cycle = load_cycle(pack)
    assert (cycle.certificate, dict(cycle.attendance_words)) == (None, {})


def test_contrast_is_wcags() -> None:
    assert round(contrast_with_white("#000000"), 1) == 21
    assert round(contrast_with_white("#ffffff"), 1) == 1

"""A content pack is read whole or refused with the file, line and key that are wrong."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.loading.cycle_loader import ContentError, load_cycle
from tests.support.knowledge.broken_packs import BROKEN, Break
from tests.support.knowledge.packs import Copy
from tests.support.thorough import one_in

FILES = ("cycle.toml", "objectives.toml", "principles.toml", "practices.toml", "glossary.toml")


@pytest.fixture
def copy(content: Path, tmp_path: Path) -> Copy:
    """A copy of the shipped pack that the test may break."""
    return Copy.of(content, tmp_path)


@pytest.mark.parametrize(
    ("file", "broken"), one_in(2, [pytest.param(file, each, id=each.what) for file in FILES for each in BROKEN[file]])
)
def test_what_is_wrong_is_named_by_file_line_and_key(copy: Copy, file: str, broken: Break) -> None:
    copy.replace(file, broken.old, broken.new)
    line = copy.line_of(file, broken.at or broken.new)
    complaint = copy.complaint()
    assert complaint.startswith(f"content/pmm-2024/{file}, line {line}, {broken.said}")
    assert "\n" not in complaint


def test_what_is_not_toml_is_named_by_its_line(copy: Copy) -> None:
    copy.replace("glossary.toml", "source_seen = false", "source_seen = no")
    line = copy.line_of("glossary.toml", "source_seen = no")
    assert copy.complaint().startswith(f"content/pmm-2024/glossary.toml, line {line}: is not TOML (Invalid value)")


def test_the_shipped_pack_is_whole(content: Path) -> None:
    cycle = load_cycle(content)
    assert cycle.key == "pmm-2024"
    assert [session.number for session in cycle.sessions] == [1, 2, 3, 4]
    assert [len(session.objectives) for session in cycle.sessions] == [5, 6, 7, 5]
    assert [objective.number for objective in cycle.objectives] == list(range(1, 24))
    counts = len(cycle.principles), len(cycle.criteria), len(cycle.practices), len(cycle.terms)
    assert counts == (10, 6, 31, 40)


def test_a_file_that_is_not_there_is_named(copy: Copy) -> None:
    (copy.folder / "glossary.toml").unlink()
    assert copy.complaint().startswith("content/pmm-2024/glossary.toml: cannot be read (No such file")


def test_a_pack_that_is_not_there_is_named(content: Path) -> None:
    with pytest.raises(ContentError, match=r"^content/pmm-2031: there is no such folder"):
        load_cycle(content.parent / "pmm-2031")


def test_a_file_in_another_encoding_is_named_with_its_line(copy: Copy) -> None:
    file = copy.folder / "objectives.toml"
    line = copy.line_of("objectives.toml", "párr. 16")
    file.write_bytes(
        file.read_text(encoding="utf-8").replace("párr. 16", "p\udce1rr. 16", 1).encode("utf-8", "surrogateescape")
    )
    assert copy.complaint().startswith(f"content/pmm-2024/objectives.toml, line {line}: is not text in UTF-8")


def test_the_marks_that_windows_editors_leave_do_no_harm(copy: Copy) -> None:
    for file in FILES:
        marked = "\ufeff" + copy.text(file).replace("\n", "\r\n")
        (copy.folder / file).write_bytes(marked.encode())
    assert len(load_cycle(copy.folder).objectives) == 23


def test_lines_are_counted_through_values_of_several_lines(copy: Copy) -> None:
    """A text in three quotation marks and a list over several lines hold brackets, signs and line ends of their own."""
    notes = 'notes = """\n[[session]] = "not a table"\n# nor this\n"""\nlist = [\n  "]", # ]\n  "=",\n]\n'
    copy.replace("objectives.toml", "official_document =", f"{notes}official_document =")
    copy.replace("objectives.toml", 'area = "trabajo"', "area = 6")
    line = copy.line_of("objectives.toml", "area = 6")
    assert copy.complaint() == (
        f"content/pmm-2024/objectives.toml, line {line}, objective[6].area: must be a text in quotation marks."
    )


def test_another_cycle_needs_only_its_files(copy: Copy) -> None:
    """A cycle of two objectives, one session, in another zone, under another name."""
    head, _, _ = copy.text("cycle.toml").partition("[[session]]")
    session = """[[session]]
number = 1
title = { es = "Una", pt = "Uma", en = "One", fr = "Une" }
translated = []
start = 2025-07-01T10:00:00-05:00
end = 2025-07-01T11:00:00-05:00
[[session.area]]
key = "datos"
name = { es = "Datos", pt = "Dados", en = "Data", fr = "Données" }
objectives = [1, 2]
"""
    copy.write("cycle.toml", head.replace("America/Argentina/Buenos_Aires", "America/Lima") + session)
    two = "".join(copy.text("objectives.toml").partition("number = 3\n")[0].rpartition("[[objective]]")[:1])
    copy.write("objectives.toml", two.replace('area = "vias"', 'area = "datos"'))
    copy.write("practices.toml", "[meta]\n")
    copy.write("glossary.toml", "[meta]\n")
    for optional in ("faq.toml", "aliases.toml"):
        (copy.folder / optional).unlink()
    cycle = load_cycle(copy.folder.rename(copy.folder.parent / "pmm-2025"))
    assert (cycle.key, cycle.zone, cycle.session(1).objectives) == ("pmm-2025", "America/Lima", (1, 2))
    assert (cycle.practices, cycle.unknown, cycle.countries()) == ((), (), ())


@settings(
    max_examples=settings().max_examples,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(file=st.sampled_from(FILES), place=st.floats(min_value=0, max_value=1, exclude_max=True))
def test_without_any_one_line_a_pack_loads_or_says_what_is_wrong(copy: Copy, file: str, place: float) -> None:
    whole = copy.text(file)
    lines = whole.splitlines(keepends=True)
    del lines[int(place * len(lines))]
    copy.write(file, "".join(lines))
    try:
        assert load_cycle(copy.folder).key == "pmm-2024"
    except ContentError as error:
        assert str(error).startswith(f"content/pmm-2024/{file}, line ")  # noqa: PT017 - either outcome is right
    finally:
        copy.write(file, whole)

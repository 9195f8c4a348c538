"""The table of places is slim, current, attributed, and of one piece with the handwritten names."""

from importlib.resources import files

from knowledge.text.words import fold, name_key, phonetic_key
from knowledge.time.zones import canonical_zone, is_zone, territories


def test_the_table_names_its_source_and_licence() -> None:
    first = (files("knowledge.places") / "geo" / "places.tsv").read_text(encoding="utf-8").splitlines()[0]
    assert "GeoNames" in first
    assert "CC BY 4.0" in first


def test_the_table_is_slim_current_and_has_real_zones() -> None:
    text = (files("knowledge.places") / "geo" / "places.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert len(text.encode()) < 1_500_000
    assert {len(row) for row in rows} == {10}
    assert all(canonical_zone(row[3]) == row[3] and is_zone(row[3]) for row in rows)
    assert all(name_key(fold(row[0])) in row[9].split("|") for row in rows if len(name_key(fold(row[0]))) > 2)
    assert {territory.zone for territory in territories()} <= {row[3] for row in rows}


def test_every_handwritten_name_belongs_to_a_place_of_the_table() -> None:
    rows = (files("knowledge.places") / "geo" / "names.tsv").read_text(encoding="utf-8").splitlines()
    named = [tuple(row.split("\t")[:2]) for row in rows if not row.startswith("#")]
    lines = (files("knowledge.places") / "geo" / "places.tsv").read_text(encoding="utf-8").splitlines()
    known = {(line.split("\t")[1], line.split("\t")[0]) for line in lines if not line.startswith("#")}
    assert set(named) <= known
    assert len(named) == len(set(named))


def test_names_that_sound_alike_are_heard_alike() -> None:
    assert phonetic_key("kito") == phonetic_key("quito")
    assert phonetic_key("jinebra") == phonetic_key("ginebra")
    assert phonetic_key("tegusigalpa") == phonetic_key("tegucigalpa")
    assert phonetic_key("aiti") == phonetic_key("haiti")

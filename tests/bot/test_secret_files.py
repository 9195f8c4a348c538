"""Secrets come from files that variables name, and never show up in an error."""

from pathlib import Path

import pytest

from bot.config.settings import ConfigError, read_settings, token_of

SECRET = "73195:a-secret-of-nobody"  # noqa: S105 - it opens nothing


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text('[telegram]\ntoken = "1:from-the-config"\n')
    return file


def secret_in(folder: Path, content: bytes) -> str:
    file = folder / "secret"
    file.write_bytes(content)
    return str(file)


def test_a_token_is_read_from_its_file(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It wins over the configuration; the line's end that editors leave is none of it."""
    monkeypatch.setenv("CICLO_TELEGRAM__TOKEN_FILE", secret_in(config.parent, f"{SECRET}\n".encode()))
    assert token_of(read_settings(config)) == SECRET


def test_every_key_can_come_from_a_file(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, content in {
        "DATABASE__URL": "postgresql://ciclo:pass@db/ciclo",
        "TELEGRAM__WEBHOOK__SECRET": "quiet",
        "ORGANIZERS__IDS": "1, 2",
    }.items():
        file = config.parent / name
        file.write_text(content)
        monkeypatch.setenv(f"CICLO_{name}_FILE", str(file))
    settings = read_settings(config)
    assert settings.database.url.endswith("@db/ciclo")
    assert settings.telegram.webhook.secret.get_secret_value() == "quiet"
    assert settings.organizers.ids == (1, 2)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "is empty"), (b" \n", "is empty"), (b"\xff\xfe\x00", "is no text"), (b"x" * 20_000, "is too long")],
)
def test_a_file_that_holds_no_secret_is_refused(
    config: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, says: str
) -> None:
    monkeypatch.setenv("CICLO_TELEGRAM__TOKEN_FILE", secret_in(config.parent, content))
    with pytest.raises(ConfigError, match=f"CICLO_TELEGRAM__TOKEN_FILE: .* {says}"):
        read_settings(config)


def test_a_file_that_is_not_there_or_a_folder_is_refused(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (str(config.parent / "none"), str(config.parent)):
        monkeypatch.setenv("CICLO_TELEGRAM__TOKEN_FILE", name)
        with pytest.raises(ConfigError, match="cannot be read"):
            read_settings(config)


def test_a_value_and_a_file_for_the_same_key_are_refused(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CICLO_TELEGRAM__TOKEN", SECRET)
    monkeypatch.setenv("CICLO_TELEGRAM__TOKEN_FILE", secret_in(config.parent, SECRET.encode()))
    with pytest.raises(ConfigError, match="both set") as error:
        read_settings(config)
    assert SECRET not in str(error.value)


def test_a_misspelt_key_with_a_file_is_refused(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CICLO_TELEGRAM__TOKN_FILE", secret_in(config.parent, SECRET.encode()))
    with pytest.raises(ConfigError, match=r"telegram\.tokn") as error:
        read_settings(config)
    assert SECRET not in str(error.value)


@pytest.mark.parametrize("url", ["mysql://u:{}@h/x", "postgresql+psycopg2://u:{}@h:port/x", "{}"])
def test_an_address_that_cannot_be_used_is_not_quoted(config: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("CICLO_DATABASE__URL_FILE", secret_in(config.parent, url.format(SECRET).encode()))
    with pytest.raises(ConfigError, match=r"database\.url") as error:
        read_settings(config)
    assert SECRET not in str(error.value)
    assert "secret" not in str(error.value)


def test_settings_shown_hide_their_secrets(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a traceback or a careless print."""
    monkeypatch.setenv("CICLO_TELEGRAM__TOKEN_FILE", secret_in(config.parent, SECRET.encode()))
    monkeypatch.setenv("CICLO_DATABASE__URL", "postgresql://ciclo:pass-of-nobody@db/ciclo")
    shown = repr(read_settings(config))
    assert SECRET not in shown
    assert "pass-of-nobody" not in shown

"""python -m bot, as an operator meets it: it runs, or says in one line what to do."""

import asyncio
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.config.settings import ConfigError, read_settings
from db.admin import schema
from db.engine.database import Database
from db.people import participants
from tests.support.command_line import GOOD, bot

BAD: list[tuple[str, str, str]] = [
    # what is wrong, the config, what the line says
    ("no token", "", "telegram.token is missing: ask @BotFather"),
    ("broken TOML", "[telegram\n", "is not valid TOML"),
    ("unknown key", GOOD + '[cycle]\ncolour = "blue"\n', "unknown key cycle.colour"),
    ("unknown section", GOOD + "[weather]\nsun = 1\n", "unknown key weather"),
    ("wrong type", GOOD + '[delivery]\nrate = "fast"\n', "delivery.rate"),
    ("out of range", GOOD + "[delivery]\nrate = 0\n", "delivery.rate: Input should be greater than 0"),
    ("a lead that is none", GOOD + '[cycle]\nreminders = ["soon"]\n', "A lead is written like 24h, 10m, 0m or 09:00"),
    ("another database", GOOD + '[database]\nurl = "mysql://u:secret@h/x"\n', "'mysql' is not supported"),
    ("no database at all", GOOD + '[database]\nurl = "sqlite:///"\n', "database.url: it names no file"),
    ("a database in memory", GOOD + '[database]\nurl = "sqlite:///:memory:"\n', "database.url: it names no file"),
    ("no such content", GOOD + '[cycle]\ncontent = "pmm-1999"\n', "pmm-1999"),
    ("a naive moment", GOOD + "[clock]\nstart = 2024-10-22T12:00:00\n", "clock.start"),
]


@pytest.mark.parametrize(("config", "says"), [each[1:] for each in BAD], ids=[each[0] for each in BAD])
def test_a_bad_config_ends_with_code_2_and_one_line(tmp_path: Path, config: str, says: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(config)
    for command in ("run", "check"):
        done = bot(command, "--config", str(file), HOME=str(tmp_path))
        assert done.returncode == 2, done.stderr
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
        assert says in done.stderr
        assert "secret" not in done.stderr


def test_no_config_file_says_which_to_copy(tmp_path: Path) -> None:
    done = bot("run", "--config", str(tmp_path / "none.toml"))
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)
    assert "copy config.example.toml" in done.stderr


def test_an_empty_folder_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = bot("run")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "ciclo init" in done.stderr


def test_the_environment_alone_is_a_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = bot("check", CICLO_TELEGRAM__TOKEN=f"123456789:{'a' * 35}")
    assert (done.returncode, "All well" in done.stdout) == (0, True), done.stderr


def test_a_config_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b"\xff\xfe\x00")
    done = bot("check", "--config", str(file))
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)


def test_a_misspelt_variable_does_not_pass_in_silence(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(GOOD)
    for name in ("CICLO_TELEGRM__TOKEN", "CICLO_TELEGRAM__TOKN", "CICLO_TOKEN"):
        done = bot("check", "--config", str(file), **{name: "x"})
        assert done.returncode == 2
        assert len(done.stderr.strip().splitlines()) == 1


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "config.toml"
    file.write_text(GOOD)
    for name, value in {"TELEGRAM__TOKEN": "2:b", "ORGANIZERS__IDS": "1, 2", "CYCLE__REMINDERS": "1h,09:00"}.items():
        monkeypatch.setenv(f"CICLO_{name}", value)
    settings = read_settings(file)
    assert settings.telegram.token.get_secret_value() == "2:b"
    assert settings.organizers.ids == (1, 2)
    assert settings.cycle.reminders == ("1h", "09:00")
    monkeypatch.setenv("CICLO_ORGANIZERS__IDS", "me")
    with pytest.raises(ConfigError, match=r"organizers\.ids"):
        read_settings(file)


def test_check_says_that_all_is_well(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(GOOD)
    done = bot("check", "--config", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert "4 sessions, 23 objectives" in done.stdout


def test_a_database_from_the_future_ends_with_code_2(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'{GOOD}[database]\nurl = "sqlite:///{tmp_path}/ciclo.db"\n')
    assert bot("migrate", "--config", str(file)).returncode == 0
    asyncio.run(_comes_from_the_future(f"sqlite:///{tmp_path}/ciclo.db"))
    for command in ("run", "migrate"):
        done = bot(command, "--config", str(file))
        assert done.returncode == 2
        assert "A newer Ciclo has used this database" in done.stderr.strip().splitlines()[-1]


async def _comes_from_the_future(url: str) -> None:
    database = Database(url)
    async with database.transaction() as tx:
        assert await tx.run_sync(schema.differences) == []
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()


def test_a_database_that_cannot_be_opened_ends_with_code_2(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'{GOOD}[database]\nurl = "sqlite:////no/such/folder/x.db"\n')
    done = bot("migrate", "--config", str(file))
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)


def modes_in(folder: Path) -> dict[str, int]:
    """Who may read and write the database's files there."""
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.glob("ciclo.db*")}


async def test_a_database_is_its_owners_only(tmp_path: Path) -> None:
    """It holds names and addresses, and so do the files that SQLite puts beside it."""
    config = tmp_path / "config.toml"
    config.write_text(f'{GOOD}[database]\nurl = "sqlite:///{tmp_path}/ciclo.db"\n')
    assert bot("migrate", "--config", str(config)).returncode == 0
    database = Database(f"sqlite:///{tmp_path}/ciclo.db")
    async with database.transaction() as tx:
        await participants.meet(tx, 7, language="es", now=datetime(2024, 10, 21, tzinfo=UTC))
    modes = modes_in(tmp_path)
    await database.close()
    assert modes == {"ciclo.db": 0o600, "ciclo.db-wal": 0o600, "ciclo.db-shm": 0o600}


def test_a_database_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    """Whoever lets a group read it has a reason."""
    config, file = tmp_path / "config.toml", tmp_path / "ciclo.db"
    config.write_text(f'{GOOD}[database]\nurl = "sqlite:///{file}"\n')
    file.touch()
    file.chmod(0o640)
    assert bot("migrate", "--config", str(config)).returncode == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.parametrize("content", [b"", b"People deleted\n", b"SQLite format 3\0\xff", b'{"table": "people"}\n[1]\n'])
def test_what_is_no_log_of_the_bots_forgets_nobody_and_says_so(tmp_path: Path, content: bytes) -> None:
    """Taken for a log without deletions, those who asked to be deleted would stay."""
    config, log = tmp_path / "config.toml", tmp_path / "log"
    config.write_text(f'{GOOD}[database]\nurl = "sqlite:///{tmp_path}/ciclo.db"\n')
    log.write_bytes(content)
    done = bot("forget", str(log), "--config", str(config))
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1), done.stdout
    assert "has no line of the bot's log" in done.stderr


def test_a_log_without_deletions_says_so(tmp_path: Path) -> None:
    config, log = tmp_path / "config.toml", tmp_path / "log"
    config.write_text(f'{GOOD}[database]\nurl = "sqlite:///{tmp_path}/ciclo.db"\n')
    log.write_text('Oct 22 bot[7]: {"event": "ready"}\n')
    done = bot("forget", str(log), "--config", str(config))
    assert (done.returncode, done.stdout.strip()) == (0, "People deleted again: 0.")
    assert "names nobody who was deleted" in done.stderr


async def test_forget_deletes_again_whom_a_backup_brought_back(tmp_path: Path) -> None:
    """The log names nobody; with the database's own key it is enough."""
    config = tmp_path / "config.toml"
    config.write_text(f'{GOOD}[database]\nurl = "sqlite:///{tmp_path}/ciclo.db"\n')
    log, database = tmp_path / "log", Database(f"sqlite:///{tmp_path}/ciclo.db")
    await schema.upgrade(database)
    monday, tuesday = datetime(2024, 10, 21, tzinfo=UTC), datetime(2024, 10, 22, tzinfo=UTC)
    async with database.transaction() as tx:
        for number in (7, 8):
            await participants.meet(tx, number, language="es", now=monday)
    async with database.transaction() as tx:
        await participants.create_deletion_key(tx)
    async with database.engine.connect() as tx:  # never committed: a backup of before
        mark = await participants.delete_for_good(tx, 7, now=tuesday)
        await tx.rollback()
    log.write_text(f'noise\n{{"event": "x"}}\n{{"mark": "{mark}", "deleted_at": "{tuesday.isoformat()}"}}\n')
    done = bot("forget", str(log), "--config", str(config))
    assert (done.returncode, done.stdout.strip()) == (0, "People deleted again: 1."), done.stderr
    async with database.transaction() as tx:
        assert await participants.find(tx, 7) is None
        assert await participants.find(tx, 8) is not None
    await database.close()

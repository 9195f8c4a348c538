"""`ciclo init`, as an operator meets it: three questions, and a configuration that check accepts."""

import os
import stat
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.command_line import cli
from bot.config.first_config import filled

TOKEN = f"123456789:{'a' * 35}"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder, and an environment that says nothing."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("CICLO_")]:
        monkeypatch.delenv(name)


def ciclo(*arguments: str, typed: str = "") -> Result:
    """Runs a command; what is typed are its lines."""
    return CliRunner().invoke(cli, arguments, input=typed)


def test_three_answers_make_a_configuration_that_check_accepts() -> None:
    done = ciclo("init", typed=f"{TOKEN}\n77\n\n")
    assert done.exit_code == 0, done.output
    assert TOKEN not in done.output
    written = tomllib.loads(Path("config.toml").read_text())
    assert written["telegram"]["token"] == TOKEN
    assert written["organizers"]["ids"] == [77]
    assert written["database"]["url"] == "sqlite:///ciclo.db"
    assert stat.S_IMODE(Path("config.toml").stat().st_mode) == 0o600
    assert ciclo("check").exit_code == 0


def test_an_answer_that_is_none_is_asked_for_again() -> None:
    wrong = ("not a token", TOKEN, "@ana", "-3", "77, 78", "mysql://u:secret@h/x", "sqlite:///no/folder/x.db", "")
    done = ciclo("init", typed="".join(f"{line}\n" for line in wrong))
    assert done.exit_code == 0, done.output
    assert done.stderr.count("That does not work yet.") == 5
    assert "secret" not in done.stderr
    assert tomllib.loads(Path("config.toml").read_text())["organizers"]["ids"] == [77, 78]


def test_a_configuration_that_is_there_is_left_alone_unless_forced() -> None:
    Path("config.toml").write_text("# mine\n")
    Path("config.toml").chmod(0o644)
    options = ("init", "--token", TOKEN, "--owner", "77", "--database", "sqlite:///x.db")
    refused = ciclo(*options)
    assert (refused.exit_code, len(refused.stderr.splitlines())) == (2, 1)
    assert "--force" in refused.stderr
    assert Path("config.toml").read_text() == "# mine\n"
    assert ciclo(*options, "--force").exit_code == 0
    assert tomllib.loads(Path("config.toml").read_text())["database"]["url"] == "sqlite:///x.db"
    assert stat.S_IMODE(Path("config.toml").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--token", "abc", "telegram.token"),
        ("--owner", "ana", "organizers.ids"),
        ("--database", "mysql://u:secret@h/x", "not supported"),
        ("--config", "no/such/folder/config.toml", "cannot be written"),
    ],
)
def test_an_option_that_is_wrong_ends_with_code_2_and_one_line(option: str, value: str, says: str) -> None:
    options = {"--token": TOKEN, "--owner": "77", "--database": "sqlite:///x.db"} | {option: value}
    done = ciclo("init", *(part for pair in options.items() for part in pair))
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1), done.output
    assert says in done.stderr
    assert "secret" not in done.stderr
    assert not Path("config.toml").exists()


@pytest.mark.parametrize("url", ['sqlite:///a "b" \\c.db', "postgresql://ciclo:p%40ss'ñ@db/ciclo"])
def test_what_is_filled_in_reads_back_and_all_comments_stay(url: str) -> None:
    example = Path(__file__).parent.parent.parent / "config.example.toml"
    text = filled(TOKEN, (1, 2), url)
    expected = tomllib.loads(example.read_text())
    expected["telegram"]["token"], expected["organizers"]["ids"], expected["database"]["url"] = TOKEN, [1, 2], url
    assert tomllib.loads(text) == expected
    assert text.count("\n#") == example.read_text().count("\n#")
    assert "begun by `ciclo init`" in text.splitlines()[0]

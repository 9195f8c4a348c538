"""Reads config.toml and the environment once into typed values; errors name the key."""

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import tomli
from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
)
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from bot.http.webhook_address import SECRET, public_url, webhook_url
from db.engine.database_url import read_url
from knowledge.time.lead_time import parse_lead_time

FILE = "_FILE"
# Nothing that can be set is longer; the file may be a device or somebody's mistake.
_LONGEST_BYTES = 16_384


class SecretFileError(Exception):
    """A file that a variable names cannot be used; the message never quotes what is in it."""


class Environment(EnvSettingsSource):
    """Secrets in files are Docker's, Kubernetes' and systemd's way: no other process and no log sees them."""

    def __init__(self, settings_cls: type[BaseSettings]) -> None:
        """Reads the environment and the files that it names. Raises SecretFileError."""
        super().__init__(settings_cls)
        self.env_vars = _with_files(self.env_vars, self.env_prefix.lower())


def _with_files(found: Mapping[str, str | None], prefix: str) -> Mapping[str, str | None]:
    ending = FILE.lower()
    named = {name: file for name, file in found.items() if name.startswith(prefix) and name.endswith(ending)}
    read: dict[str, str | None] = {}
    for name, file in named.items():
        plain = name.removesuffix(ending)
        if found.get(plain):
            raise SecretFileError(f"{plain.upper()} and {name.upper()} are both set: keep one")
        read[plain] = _content(name.upper(), Path(file or ""))
    return {name: value for name, value in found.items() if name not in named} | read


def _content(variable: str, file: Path) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(_LONGEST_BYTES + 1)
        text = content.decode().strip()
    except OSError as error:
        raise SecretFileError(f"{variable}: {file} cannot be read ({error.strerror})") from error
    except UnicodeDecodeError:
        raise SecretFileError(f"{variable}: {file} is no text") from None
    if len(content) > _LONGEST_BYTES:
        raise SecretFileError(f"{variable}: {file} is too long")
    if not text:
        raise SecretFileError(f"{variable}: {file} is empty")
    return text


TELEGRAM = "https://api.telegram.org"


class Section(BaseModel):
    """No key that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Webhook(Section):
    """Where Telegram brings updates, when it is not asked for them."""

    url: str = ""
    listen: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8080
    secret: SecretStr = SecretStr("")

    @field_validator("url")
    @classmethod
    def _public(cls, value: str) -> str:
        return webhook_url(value)

    @field_validator("secret")
    @classmethod
    def _allowed(cls, value: SecretStr) -> SecretStr:
        if not SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("at most 256 letters, digits, _ and -; or leave it empty")
        return value


class Http(Section):
    """Where /healthz, /readyz, /metrics and the pages of panels answer."""

    listen: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 0
    tzdata_warning_days: Annotated[int, Field(ge=1, le=10_000)] = 365
    public_url: str = ""

    @field_validator("public_url")
    @classmethod
    def _page(cls, value: str) -> str:
        return public_url(value)


class Telegram(Section):
    """Who the bot is."""

    token: SecretStr = SecretStr("")
    base_url: str = TELEGRAM
    webhook: Webhook = Webhook()

    @field_validator("base_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("write it like https://api.telegram.org")
        return value.rstrip("/")


_PREFIX = "CICLO_"


DEFAULT = Path("config.toml")


class ConfigError(Exception):
    """The configuration cannot be used; the message says which key and what to do."""

    def __init__(self, *problems: str) -> None:
        """Takes the first problem as the error's message; `problems` has them all."""
        super().__init__(problems[0])
        self.problems = problems


def _split(value: object) -> object:
    return [part.strip() for part in value.strip("[] ").split(",") if part.strip()] if isinstance(value, str) else value


# In the file a list is a list; in a variable of the environment it is written with commas.
Names = Annotated[tuple[str, ...], BeforeValidator(_split)]
Ids = Annotated[tuple[int, ...], BeforeValidator(_split)]


class DatabaseSettings(Section):
    """Where Ciclo remembers."""

    url: Annotated[str, Field(repr=False)] = "sqlite:///ciclo.db"  # it may hold a password

    @field_validator("url")
    @classmethod
    def _readable(cls, value: str) -> str:
        address = read_url(value)
        if address.get_backend_name() == "sqlite" and address.database in {None, "", ":memory:"}:
            raise ValueError("it names no file, and all would be forgotten at the next stop; try sqlite:///ciclo.db")
        return value


class Organizers(Section):
    """The owners, by Telegram id; they invite the rest of the team."""

    ids: Ids = ()
    confirm_above: Annotated[int, Field(ge=0)] = 500  # 0: never


class CycleSettings(Section):
    """Which cycle, and when its reminders come."""

    content: str = "pmm-2024"
    reminders: Names = ("24h", "1h", "10m", "0m", "09:00")

    @field_validator("reminders")
    @classmethod
    def _leads(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for code in value:
            parse_lead_time(code)
        if len(set(value)) < len(value):
            raise ValueError("each reminder once")
        return value


class DeliverySettings(Section):
    """How fast Telegram may be written to, in messages a second."""

    rate: Annotated[float, Field(gt=0, le=1000)] = 28
    per_chat: Annotated[float, Field(gt=0, le=30)] = 1
    paid: bool = False


class Privacy(Section):
    """What people are told about their data."""

    retention_days: Annotated[int, Field(ge=1, le=3650)] = 90
    contact: str = ""


class Limits(Section):
    """What one person may ask of the bot."""

    messages: Annotated[int, Field(ge=5, le=1_000_000)] = 20


class AnswersSettings(Section):
    """How questions are understood."""

    meaning: bool = True


class Reports(Section):
    """Who is told of errors beside the log."""

    sentry_dsn: SecretStr = SecretStr("")


class ClockSettings(Section):
    """Rehearsals only: another time."""

    start: AwareDatetime | None = None
    speed: Annotated[float, Field(ge=0, le=100_000)] = 1

    @field_validator("start")
    @classmethod
    def _utc(cls, value: datetime | None) -> datetime | None:
        return value.astimezone(UTC) if value else None


class Settings(BaseSettings):
    """Everything that can be set; the environment (`CICLO_TELEGRAM__TOKEN`, …) wins over the file."""

    model_config = SettingsConfigDict(
        extra="forbid",
        frozen=True,
        env_prefix=_PREFIX,
        env_nested_delimiter="__",
        env_ignore_empty=True,
        enable_decoding=False,  # a list in a variable is written 1,2,3
    )

    telegram: Telegram = Telegram()
    http: Http = Http()
    database: DatabaseSettings = DatabaseSettings()
    organizers: Organizers = Organizers()
    cycle: CycleSettings = CycleSettings()
    delivery: DeliverySettings = DeliverySettings()
    privacy: Privacy = Privacy()
    limits: Limits = Limits()
    answers: AnswersSettings = AnswersSettings()
    reports: Reports = Reports()
    clock: ClockSettings = ClockSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - ours reads files, too
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Returns where settings come from: the environment first, then what was read from the file."""
        return Environment(settings_cls), init_settings


def public_address(settings: Settings) -> str:
    """Returns the address at which the HTTP server is reached, without a last stroke; "" where there is none.

    Without `http.public_url` it is the webhook's, which Telegram reaches; else the port's, which only this machine may
    reach.
    """
    hook, http = settings.telegram.webhook, settings.http
    if http.public_url:
        return http.public_url
    if hook.url:
        parts = urlsplit(hook.url)
        return f"{parts.scheme}://{parts.netloc}"
    return f"http://{http.listen}:{http.port}" if http.port else ""


def read_settings(path: Path | None = None) -> Settings:
    """Reads the settings from that file.

    Without one from ./config.toml, and if there is none, from the environment alone.

    Raises ConfigError, each of whose lines says what to do.
    """
    _refuse_unknown_variables()
    if path is None and not DEFAULT.exists():
        where, values = "environment", _nothing_if_the_environment_has_it()
    else:
        where = str(path or DEFAULT)
        values = _read_toml(path or DEFAULT)
    try:
        return Settings(**values)
    except ValidationError as error:
        raise ConfigError(*(f"{where}: {each}" for each in _explain(error))) from error
    except SecretFileError as error:
        raise ConfigError(f"environment: {error}") from error
    except SettingsError as error:
        raise ConfigError(f"environment: {error}".split("\n", maxsplit=1)[0]) from error


def token_of(settings: Settings) -> str:
    """Returns the bot's token. Raises ConfigError where there is none."""
    token = settings.telegram.token.get_secret_value()
    if not token:
        raise ConfigError(
            "telegram.token is missing: ask @BotFather for one, then write it in the config, in CICLO_TELEGRAM__TOKEN, "
            "or in a file that CICLO_TELEGRAM__TOKEN_FILE names"
        )
    return token


def _nothing_if_the_environment_has_it() -> dict[str, Any]:
    if not any(name.startswith(_PREFIX) for name in os.environ):
        raise ConfigError("there is no config.toml here: `ciclo init` writes one, or set CICLO_TELEGRAM__TOKEN")
    return {}


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path} does not exist: `ciclo init` writes one, or copy config.example.toml") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    except tomli.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not valid TOML: {error}") from error


def _explain(error: ValidationError) -> Iterator[str]:
    for each in error.errors(include_url=False, include_input=False):
        key = ".".join(str(part) for part in each["loc"])
        if each["type"] == "extra_forbidden":
            yield f"unknown key {key}; the known ones are in config.example.toml"
        else:
            yield f"{key}: {each['msg'].removeprefix('Value error, ')}"


def _refuse_unknown_variables() -> None:
    """Refuses a variable that fits no section: pydantic-settings passes over a misspelt one in silence."""
    for name in os.environ:
        if name.startswith(_PREFIX):
            section, *rest = name.removeprefix(_PREFIX).lower().split("__")
            if section not in Settings.model_fields or not rest:
                raise ConfigError(f"environment: unknown variable {name}; the keys are in config.example.toml")

"""The sections of config.toml about Telegram and the web: each key's kind, default, and what it must be like."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from bot.http.webhook_address import SECRET, webhook_url

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
    """Where /healthz, /readyz and /metrics answer."""

    listen: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 0
    tzdata_warning_days: Annotated[int, Field(ge=1, le=10_000)] = 365


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

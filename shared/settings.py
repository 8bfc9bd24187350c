"""Settings, read from the environment (``JINGZHUN_…``) or given by the command line. Secrets come from here."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_settings import BaseSettings, SettingsConfigDict


def _listed(urls: Any) -> Any:
    return [urls] if isinstance(urls, str) else urls


def _without_slash(url: Any) -> Any:
    return url.rstrip("/") if isinstance(url, str) else url


Url = Annotated[str, BeforeValidator(_without_slash), StringConstraints(pattern=r"^https?://[^\s?#]+$")]
Urls = Annotated[tuple[Url, ...], BeforeValidator(_listed), Field(min_length=1)]


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="JINGZHUN_", extra="forbid")

    data: Path = Field(default=Path("var"), description="Folder of everything that lasts")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    sandbox: bool = Field(default=False, description="Allow moving the policy clock and sandbox officers")
    bus: Literal["postgres"] = "postgres"
    database_server: str | None = Field(
        default=None, description="postgresql://user@host/ of an administrator; the embedded server where absent"
    )
    database_connections: int = Field(default=10, ge=2, le=100)
    service_urls: dict[str, Urls] = Field(
        default={},
        description='of services elsewhere, one URL or a list: {"audit": ["http://a:8004", "http://b:8004"]}',
    )
    bus_retention_days: int = Field(default=30, ge=1)
    replay_window_days: int = Field(default=7, ge=0)
    inbox_retention_days: int = Field(default=45, ge=1)
    handler_attempts: int = Field(default=8, ge=1, description="Tries before a failing event is dead-lettered")
    max_body_bytes: int = Field(default=16 * 1024 * 1024, ge=1024)
    max_upload_bytes: int = Field(default=64 * 1024 * 1024, ge=1024)
    token_seconds: int = Field(default=12 * 3600, ge=60)
    log_level: Literal["debug", "info", "warning", "error"] = "warning"

    @property
    def keys(self) -> Path:
        return self.data / "keys"

    @property
    def evidence(self) -> Path:
        return self.data / "evidence"

    @property
    def uploads(self) -> Path:
        return self.data / "uploads"

"""Settings, read from the environment (``JINGZHUN_…``) or given by the command line. Secrets come from here."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, FilePath, SecretStr, StringConstraints, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _listed(urls: Any) -> Any:
    return [urls] if isinstance(urls, str) else urls


def _without_slash(url: Any) -> Any:
    return url.rstrip("/") if isinstance(url, str) else url


def _by_commas(text: Any) -> Any:
    return [part.strip() for part in text.split(",") if part.strip()] if isinstance(text, str) else text


def _network(text: str) -> str:
    ip_network(text)
    return text


Origin = Annotated[str, StringConstraints(pattern=r"^https?://([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?$")]
Origins = Annotated[tuple[Origin, ...], NoDecode, BeforeValidator(_by_commas)]
Networks = Annotated[tuple[Annotated[str, AfterValidator(_network)], ...], NoDecode, BeforeValidator(_by_commas)]
Url = Annotated[str, BeforeValidator(_without_slash), StringConstraints(pattern=r"^https?://[^\s?#]+$")]
Urls = Annotated[tuple[Url, ...], BeforeValidator(_listed), Field(min_length=1)]
_OF_THE_BUCKET = ("endpoint", "region", "virtual_host", "prefix", "key_id", "secret", "encryption", "encryption_key")


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="JINGZHUN_", extra="forbid")

    data: Path = Field(default=Path("var"), description="Folder of everything that lasts")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    sandbox: bool = Field(default=False, description="Allow moving the policy clock and sandbox officers")
    bus: Literal["postgres", "kafka"] = Field(default="postgres", description="postgres or kafka")
    kafka_bootstrap: str = Field(
        default="127.0.0.1:9092",
        pattern=r"^[^\s:,]+:\d+(,[^\s:,]+:\d+)*$",
        description="host:port, several with commas",
    )
    kafka_prefix: str = Field(
        default="", pattern=r"^[a-z0-9._-]{0,60}$", description="before all names of topics and groups on the cluster"
    )
    kafka_security: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        default="PLAINTEXT", description="PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL"
    )
    kafka_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] | None = Field(
        default=None, description="PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512"
    )
    kafka_username: str | None = None
    kafka_password: SecretStr | None = None
    kafka_ca: FilePath | None = Field(
        default=None, description="PEM file of the authority that signed the broker's key"
    )
    kafka_certificate: FilePath | None = Field(default=None, description="PEM file of our own certificate")
    kafka_key: FilePath | None = Field(default=None, description="PEM file of our own key")
    kafka_replication: int = Field(default=1, ge=1, le=32767, description="Copies of each topic; 3 in earnest")
    kafka_in_sync: int = Field(default=1, ge=1, description="Copies that must have a message; 2 in earnest")
    kafka_session_seconds: int = Field(
        default=10, ge=1, le=1800, description="Silence after which a member's shards go to another"
    )
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
    idempotency_retention_days: int = Field(default=45, ge=1, description="How long a command's answer is kept")
    handler_attempts: int = Field(default=8, ge=1, description="Tries before a failing event is dead-lettered")
    cors_origins: Origins = Field(
        default=(),
        description="Origins of web pages that may call the API, exactly as browsers send them, several with commas",
    )
    trusted_proxies: Networks = Field(
        default=(), description="Addresses or networks whose X-Forwarded-For is believed, several with commas"
    )
    max_body_bytes: int = Field(default=16 * 1024 * 1024, ge=1024)
    max_upload_bytes: int = Field(default=64 * 1024 * 1024, ge=1024)
    max_connections: int = Field(default=2000, ge=10, description="At once; who comes then is told to come again")
    head_seconds: float = Field(default=10, gt=0, description="Seconds in which a request's head must come")
    keep_alive_seconds: int = Field(
        default=5, ge=4, description="Seconds after which an unused connection is closed; the gateway's own live for 3"
    )
    body_seconds: float = Field(
        default=20, gt=0, description="Seconds in which a body must come, and one more for each body_bytes_per_second"
    )
    body_bytes_per_second: int = Field(default=4096, ge=1, description="The slowest that a long body may come")
    answer_seconds: float = Field(
        default=50, gt=0, le=55, description="Seconds after which a request that is not answered is broken off"
    )
    send_seconds: float = Field(default=60, gt=0, description="Seconds for which a caller may not take its answer")
    rate_reads: int | None = Field(
        default=None, ge=0, description="GET requests of one caller a minute; 0: no limit. 1,200 unless set"
    )
    rate_commands: int | None = Field(default=None, ge=0, description="Commands likewise; 600 unless set")
    rate_searches: int | None = Field(default=None, ge=0, description="Searches likewise; 120 unless set")
    rate_bulk: int | None = Field(
        default=None, ge=0, description="Imports, exports, evidence, evaluations, simulations likewise; 60 unless set"
    )
    rate_anonymous: int | None = Field(
        default=None, ge=0, description="All that an address asks without a valid token, likewise; 300 unless set"
    )
    hsts_seconds: int = Field(
        default=0, ge=0, description="Strict-Transport-Security where TLS stands in front of the gateway; 0: none"
    )
    token_seconds: int = Field(default=12 * 3600, ge=60, le=24 * 3600, description="How long a token lives")
    public_url: Url | None = Field(default=None, description="where callers reach the gateway; else as they call it")
    oidc_issuer: str | None = Field(
        default=None,
        pattern=r"^(https://[^\s/?#]+|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)(/[^\s?#]*)?$",
        description="an OIDC issuer that is trusted for officers: https://…",
    )
    oidc_audience: str = Field(default="jingzhun", min_length=1, description="what its tokens must name as audience")
    oidc_role_claim: str = Field(default="role", min_length=1, description="a claim, or a path: realm_access.roles")
    oidc_division_claim: str = Field(default="division", min_length=1, description="a claim, or a path with dots")
    oidc_roles: dict[str, str] = Field(
        default={}, description='ours for the issuer\'s: {"CountyOffice": "county_officer"}'
    )
    evidence_bucket: str | None = Field(
        default=None,
        pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
        description="S3 bucket of evidence; a folder below DATA where absent",
    )
    evidence_endpoint: Url | None = Field(default=None, description="of the S3 server; Amazon's where absent")
    evidence_region: str = "us-east-1"
    evidence_virtual_host: bool = Field(
        default=False, description="The bucket's name is part of the host's, not of the path"
    )
    evidence_prefix: str = Field(
        default="", pattern=r"^([A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*)?$", description="before all keys in the bucket"
    )
    evidence_key_id: SecretStr | None = Field(default=None, description="The machine's own role where absent")
    evidence_secret: SecretStr | None = None
    evidence_encryption: Literal["AES256", "aws:kms", "aws:kms:dsse"] | None = Field(
        default=None, description="by the S3 server: AES256, aws:kms or aws:kms:dsse; the bucket's own where absent"
    )
    evidence_encryption_key: str | None = Field(default=None, description="of the S3 server's key management")
    evidence_grace_days: int = Field(
        default=60, ge=1, description="How long evidence may wait to be named by something before it is swept away"
    )
    stream_heartbeat_seconds: float = Field(
        default=15, gt=0, le=30, description="Silence after which a stream of events says that it lives"
    )
    stream_buffer_bytes: int = Field(
        default=4 * 1024 * 1024, ge=2 * 1024 * 1024, description="What may wait for one reader before it is cut off"
    )
    stream_patience_seconds: float = Field(
        default=30, gt=0, le=50, description="For how long a reader may take nothing before it is cut off"
    )
    streams_per_principal: int = Field(default=50, ge=1, description="Streams of one caller, in each process of audit")
    streams_per_process: int = Field(default=500, ge=1, description="Streams of all callers, in each process of audit")
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    traces: Literal["none", "otlp", "console"] = Field(
        default="none", description="Where spans go; OTEL_EXPORTER_OTLP_… say where an OTLP collector is"
    )
    traces_ratio: float = Field(default=1.0, ge=0, le=1, description="How many of all traces are recorded")

    @model_validator(mode="after")
    def _kafka_fits(self) -> Self:
        if self.kafka_security.startswith("SASL"):
            named = {
                "MECHANISM": self.kafka_mechanism,
                "USERNAME": self.kafka_username,
                "PASSWORD": self.kafka_password,
            }
            missing = [f"JINGZHUN_KAFKA_{name}" for name, value in named.items() if not value]
            if missing:
                raise ValueError(f"JINGZHUN_KAFKA_SECURITY={self.kafka_security} needs {', '.join(missing)}")
        elif self.kafka_mechanism:
            raise ValueError("JINGZHUN_KAFKA_MECHANISM needs JINGZHUN_KAFKA_SECURITY=SASL_SSL or SASL_PLAINTEXT")
        if (self.kafka_certificate is None) != (self.kafka_key is None):
            raise ValueError("JINGZHUN_KAFKA_CERTIFICATE and JINGZHUN_KAFKA_KEY go together")
        if self.kafka_in_sync > self.kafka_replication:
            raise ValueError(
                f"JINGZHUN_KAFKA_IN_SYNC={self.kafka_in_sync} is more than"
                f" JINGZHUN_KAFKA_REPLICATION={self.kafka_replication}"
            )
        return self

    @model_validator(mode="after")
    def _evidence_fits(self) -> Self:
        if (self.evidence_key_id is None) != (self.evidence_secret is None):
            raise ValueError("JINGZHUN_EVIDENCE_KEY_ID and JINGZHUN_EVIDENCE_SECRET go together")
        if self.evidence_encryption_key and not (self.evidence_encryption or "").startswith("aws:kms"):
            raise ValueError("JINGZHUN_EVIDENCE_ENCRYPTION_KEY needs JINGZHUN_EVIDENCE_ENCRYPTION=aws:kms")
        named = self.model_fields_set & {f"evidence_{name}" for name in _OF_THE_BUCKET}
        if named and not self.evidence_bucket:
            raise ValueError(f"JINGZHUN_{min(named).upper()} needs JINGZHUN_EVIDENCE_BUCKET")
        if self.evidence_grace_days < self.idempotency_retention_days:
            raise ValueError(
                f"JINGZHUN_EVIDENCE_GRACE_DAYS={self.evidence_grace_days} is less than"
                f" JINGZHUN_IDEMPOTENCY_RETENTION_DAYS={self.idempotency_retention_days}:"
                " a repeated upload is told for so long that its bytes are here"
            )
        return self

    @property
    def keys(self) -> Path:
        return self.data / "keys"

    @property
    def evidence(self) -> Path:
        return self.data / "evidence"

    @property
    def uploads(self) -> Path:
        return self.data / "uploads"

"""Where the events are to be had: Kafka in each of its securities, the log in PostgreSQL, the gateway."""

from typing import Any

Document = dict[str, Any]
BUS = ("kafka", "kafka-tls", "kafka-sasl", "kafka-sasl-tls", "postgres-log")
GATEWAY = "gateway"
_BOOTSTRAP = {"default": "127.0.0.1:9092", "description": "引导地址 · host:port of a broker (JINGZHUN_KAFKA_BOOTSTRAP)"}
_PREFIX = (
    "若设置了 JINGZHUN_KAFKA_PREFIX，主题和消费组名称前均加该前缀 · "
    "Names of topics and groups bear the prefix of JINGZHUN_KAFKA_PREFIX, where one is set."
)
_SCHEMES: dict[str, Document] = {
    "certificate": {
        "type": "X509",
        "description": "客户端证书（可选） · A client's certificate, where the broker asks for one",
    },
    "plain": {"type": "plain", "description": "SASL PLAIN"},
    "scram-sha-256": {"type": "scramSha256", "description": "SASL SCRAM-SHA-256"},
    "scram-sha-512": {"type": "scramSha512", "description": "SASL SCRAM-SHA-512"},
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "令牌 · A token of POST /oauth/token",
    },
}
_SASL = ("plain", "scram-sha-256", "scram-sha-512")


def servers() -> Document:
    return {
        "kafka": _kafka("kafka", "PLAINTEXT", "无加密，仅限内网 · Unencrypted: closed networks only."),
        "kafka-tls": _kafka("kafka-secure", "SSL", "加密 · Encrypted.", "certificate"),
        "kafka-sasl": _kafka("kafka", "SASL_PLAINTEXT", "账号密码，无加密 · Accounts, unencrypted.", *_SASL),
        "kafka-sasl-tls": _kafka("kafka-secure", "SASL_SSL", "账号密码与 TLS · Accounts over TLS.", *_SASL),
        "postgres-log": {
            "host": "127.0.0.1",
            "protocol": "postgresql",
            "title": "PostgreSQL 日志 · The log in PostgreSQL",
            "description": (
                "单机默认总线，内部使用：同样的主题、分区、键、头和内容，存于系统自己的数据库；外部系统从网关读取 · "
                "The default bus of one machine, for the system itself: the same topics, shards, keys, headers and "
                "values, in a database of its own. Others read at the gateway."
            ),
        },
        GATEWAY: {
            "host": "{gateway}",
            "protocol": "https",
            "title": "网关 · The gateway",
            "description": (
                "不接入总线的系统按结构化 JSON 读取同样的事件：GET /v1/events 分页，GET /v1/events/stream 为 SSE · "
                "Whoever is not on the bus reads the same events here in structured JSON: GET /v1/events in pages, "
                "GET /v1/events/stream as server-sent events."
            ),
            "variables": {
                "gateway": {"default": "127.0.0.1:8000", "description": "网关地址 · host:port of the gateway"}
            },
            "security": [_reference("bearer")],
        },
    }


def security_schemes() -> Document:
    return _SCHEMES


def _kafka(protocol: str, security: str, description: str, *schemes: str) -> Document:
    server: Document = {
        "host": "{bootstrap}",
        "protocol": protocol,
        "title": f"Kafka, {security}",
        "description": f"JINGZHUN_KAFKA_SECURITY={security}: {description} {_PREFIX}",
        "variables": {"bootstrap": _BOOTSTRAP},
    }
    if schemes:
        server["security"] = [_reference(scheme) for scheme in schemes]
    return server


def _reference(scheme: str) -> Document:
    return {"$ref": f"#/components/securitySchemes/{scheme}"}

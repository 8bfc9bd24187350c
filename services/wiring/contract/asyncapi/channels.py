"""The topics as channels, and who sends to and receives from each as operations."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from services.topology import BY_NAME, SERVICES, TOPICS, ServiceTopology
from services.wiring.contract.asyncapi import servers
from services.wiring.contract.asyncapi.messages import BINDING, CLOUD_EVENT, DEAD_LETTER
from services.wiring.contract.asyncapi.who import published_by, taken_by
from services.wiring.definitions import definition_of
from shared.bus.kafka.declaring import record_limit
from shared.bus.topics import dead_letter_topic
from shared.settings import Settings

Document = dict[str, Any]
STREAM = "stream"
_SETTINGS = Settings.model_fields
_RETENTION = timedelta(days=_SETTINGS["bus_retention_days"].default)


def channels() -> Document:
    topics = {service.name: _events(service) for service in SERVICES}
    letters = {_letters(*pair): _dead_letters(*pair) for pair in _pairs()}
    return topics | letters | {STREAM: _stream()}


def operations() -> Document:
    sent = {f"{service.name}.send": _sends(service) for service in SERVICES}
    received = {
        f"{consumer.name}.receive.{producer.name}": _receives(consumer, producer) for consumer, producer in _pairs()
    }
    given_up = {
        f"{consumer.name}.give-up.{producer.name}": _gives_up(consumer, producer) for consumer, producer in _pairs()
    }
    return sent | received | given_up | {"audit.stream": _streams()}


def _pairs() -> Iterator[tuple[ServiceTopology, ServiceTopology]]:
    """(consumer, producer)"""
    for consumer in SERVICES:
        for producer in consumer.consumes:
            yield consumer, BY_NAME[producer]


def _letters(consumer: ServiceTopology, producer: ServiceTopology) -> str:
    return f"{producer.name}.{consumer.name}.dlq"


def _title(service: ServiceTopology) -> tuple[str, str]:
    zh, _, en = definition_of(service.name).title.partition(" · ")
    return zh, en


def _topic(address: str, title: str, description: str, names: list[str]) -> Document:
    return {
        "address": address,
        "title": title,
        "description": description,
        "servers": [{"$ref": f"#/servers/{name}"} for name in servers.BUS],
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
        "bindings": {
            "kafka": {
                "topic": address,
                "partitions": TOPICS[address],
                "topicConfiguration": {
                    "cleanup.policy": ["delete"],
                    "retention.ms": int(_RETENTION.total_seconds() * 1000),
                    "max.message.bytes": record_limit(address),
                },
                "bindingVersion": BINDING,
            }
        },
    }


def _events(service: ServiceTopology) -> Document:
    zh, en = _title(service)
    return _topic(
        service.topic,
        f"{zh}的事件 · Events of {en}",
        f"{service.partitions} 个分区，永不就地更改；分区 = CRC-32(键) mod 分区数，同键有序 · "
        f"{service.partitions} partitions, never changed in place; "
        "partition = CRC-32(key) mod partitions, in order per key.",
        [model.type() for model in published_by(service)],
    )


def _dead_letters(consumer: ServiceTopology, producer: ServiceTopology) -> Document:
    (zh, en), (of_zh, of_en) = _title(consumer), _title(producer)
    return _topic(
        dead_letter_topic(producer.topic, consumer.name),
        f"{zh}放弃的{of_zh}事件 · Dead letters of {en}, from {of_en}",
        "由运维人员经 /v1/dead-letters 决定重试或跳过；此主题只供查看 · "
        "Operators replay or skip them at /v1/dead-letters; this topic is for looking on.",
        [DEAD_LETTER],
    )


def _stream() -> Document:
    return {
        "address": "/v1/events/stream",
        "title": "事件流（SSE） · The stream of events",
        "description": (
            "每条 SSE 消息的 data 为一个结构化 JSON 事件，event 为其类型，id 为归档位置；按辖区过滤，"
            "可用 Last-Event-ID 续读；结束前以 closed 说明原因；浏览器凭一次性票据 · "
            "The data of each server-sent event is one event in structured JSON, its event the type, its id the place "
            "in the archive; what lies outside the caller's area is left out; Last-Event-ID resumes; a last message "
            "`closed` says why it ends; browsers bring a ticket."
        ),
        "servers": [{"$ref": f"#/servers/{servers.GATEWAY}"}],
        "messages": {CLOUD_EVENT: {"$ref": f"#/components/messages/{CLOUD_EVENT}"}},
    }


def _operation(action: str, channel: str, names: list[str], title: str) -> Document:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{channel}"},
        "title": title,
        "messages": [{"$ref": f"#/channels/{channel}/messages/{name}"} for name in names],
    }


def _sends(service: ServiceTopology) -> Document:
    zh, en = _title(service)
    names = [model.type() for model in published_by(service)]
    return _operation("send", service.name, names, f"{zh}发布 · {en} tells")


def _receives(consumer: ServiceTopology, producer: ServiceTopology) -> Document:
    (zh, en), (of_zh, of_en) = _title(consumer), _title(producer)
    names = [model.type() for model in taken_by(consumer, producer)]
    operation = _operation("receive", producer.name, names, f"{zh}接收{of_zh}的事件 · {en} takes from {of_en}")
    group = {"type": "string", "const": consumer.name, "description": "消费组 · The consumer group"}
    return operation | {"bindings": {"kafka": {"groupId": group, "bindingVersion": BINDING}}}


def _gives_up(consumer: ServiceTopology, producer: ServiceTopology) -> Document:
    (zh, en), (of_zh, of_en) = _title(consumer), _title(producer)
    title = f"{zh}放弃{of_zh}的事件 · {en} gives up what {of_en} told"
    return _operation("send", _letters(consumer, producer), [DEAD_LETTER], title)


def _streams() -> Document:
    return _operation("send", STREAM, [CLOUD_EVENT], "审计转发事件流 · Audit passes on the stream")

"""Why a projection is not rebuilt now, said in both languages to the operator. Nothing was changed."""


class RebuildRefused(Exception):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class AlreadyRebuilding(RebuildRefused):
    def __init__(self, service: str) -> None:
        super().__init__(
            f"{service} 的投影正在由另一个命令重建。请等它结束。",
            f"Another command is rebuilding a projection of {service}. Wait until it has ended.",
        )


class EventsParked(RebuildRefused):
    """The live side holds events back whose effects a rebuild would bring."""

    def __init__(self, service: str, events: int) -> None:
        super().__init__(
            f"{service} 有 {events} 个属于该投影的事件被搁置。请先重放或跳过它们（jingzhun dead-letters），再重建。",
            f"{events} events of this projection are parked in {service}. First replay or skip them"
            " (jingzhun dead-letters), then rebuild.",
        )


class SkippedMeanwhile(RebuildRefused):
    def __init__(self, service: str) -> None:
        super().__init__(
            f"重建期间有人跳过了 {service} 的事件。未作任何改动，请再运行一次。",
            f"Somebody skipped an event of {service} meanwhile. Nothing was changed; run it again.",
        )


class ArchiveBehind(RebuildRefused):
    def __init__(self, service: str, events: int) -> None:
        super().__init__(
            f"{service} 已处理的 {events} 个事件尚未归档。请确认 audit 在运行且没有搁置的事件，"
            "然后再试。未作任何改动。",
            f"{events} events that {service} has handled are not in the archive yet. See that audit runs and has"
            " nothing parked, then try again. Nothing was changed.",
        )


class ServiceBusy(RebuildRefused):
    def __init__(self, service: str) -> None:
        super().__init__(
            f"{service} 的一个事务长时间没有结束，无法收尾。未作任何改动，请稍后再试。",
            f"A transaction of {service} has been open too long to finish now. Nothing was changed; try again later.",
        )


class HandlerFailed(RebuildRefused):
    """``cause`` is the failure's class; its text may quote personal data."""

    def __init__(self, service: str, cause: str) -> None:
        super().__init__(
            f"{service} 处理一个归档事件时失败（{cause}）。未作任何改动。",
            f"{service} failed on an archived event ({cause}). Nothing was changed.",
        )


class ArchiveSilent(RebuildRefused):
    def __init__(self) -> None:
        super().__init__(
            "audit 的归档没有应答。未作任何改动，请稍后再试。",
            "The archive of audit does not answer. Nothing was changed; try again later.",
        )

"""What stops a command, said in both languages."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from services.season.stopping import SeasonStopped
from services.wiring.addresses import UnknownService
from services.wiring.backup_manifest import BackupRefused
from services.wiring.definitions import ServiceMissing
from services.wiring.migration import NotMigrated
from services.wiring.sandbox import NothingHere, NotSandbox
from services.wiring.servers import NoServer, NotPostgres
from shared.bus.port import BusUnavailable, TopicMismatch
from shared.delivery.inbox import RetentionTooShort
from shared.embedded import EmbeddedPostgresError
from shared.rebuild import RebuildRefused

_DISK_FULL = ("磁盘已满。请腾出空间后重试。", "The disk is full. Free some space and try again.")
_TEXTS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], tuple[str, str]], ...] = (
    (
        NoServer,
        (
            "数据目录 {0} 上没有运行中的系统，也没有给出 JINGZHUN_DATABASE_SERVER。请先运行 jingzhun up。",
            "Nothing runs on the data folder {0}, and JINGZHUN_DATABASE_SERVER is not set. First run jingzhun up.",
        ),
    ),
    (
        NothingHere,
        (
            "数据目录 {0} 里还没有系统。请先运行 jingzhun up --sandbox。",
            "There is no system in the data folder {0} yet. First run jingzhun up --sandbox.",
        ),
    ),
    (
        NotSandbox,
        (
            "数据目录 {0} 是正式系统，不是沙箱：不能拨动时钟，也不能签发测试令牌。",
            "The data folder {0} holds a system in earnest, no sandbox: its clock stays, its officers are real.",
        ),
    ),
    (
        NotPostgres,
        (
            "JINGZHUN_DATABASE_SERVER 应以 postgresql:// 开头，例如 postgresql://admin@host:5432/。",
            "JINGZHUN_DATABASE_SERVER must begin with postgresql://, as in postgresql://admin@host:5432/.",
        ),
    ),
    (
        UnknownService,
        ("JINGZHUN_SERVICE_URLS 里有不存在的服务：{0}。", "JINGZHUN_SERVICE_URLS names a service that is none: {0}."),
    ),
    (
        NotMigrated,
        (
            "服务 {0} 的数据库尚未迁移到本版本。请先运行 jingzhun migrate。",
            "The database of {0} lacks its tables of this version. First run jingzhun migrate.",
        ),
    ),
    (ServiceMissing, ("缺少服务：{0}。", "A service is missing: {0}.")),
    (TopicMismatch, ("总线的分区数与拓扑不符：{0}。", "Bus and topology differ in their shards: {0}.")),
    (RetentionTooShort, ("保留期设置过短：{0}。", "A retention is too short: {0}.")),
    (
        (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidPasswordError),
        ("数据库拒绝了登录。请检查 JINGZHUN_DATABASE_SERVER。", "The database refused the login. Check its address."),
    ),
    (
        (asyncpg.UndefinedTableError, asyncpg.InvalidCatalogNameError),
        ("数据库尚未迁移。请先运行 jingzhun migrate。", "The database lacks its tables. First run jingzhun migrate."),
    ),
    (asyncpg.DiskFullError, _DISK_FULL),
    (
        BusUnavailable,
        (
            "事件总线没有应答（{0}）。请检查 JINGZHUN_KAFKA_BOOTSTRAP 与登录设置，或数据库。",
            "The bus does not answer ({0}). Check JINGZHUN_KAFKA_BOOTSTRAP and the login, or the database.",
        ),
    ),
    (
        (asyncpg.CannotConnectNowError, ConnectionError),
        ("数据库没有应答。请检查 JINGZHUN_DATABASE_SERVER。", "The database does not answer. Check its address."),
    ),
)
"""What is said of each kind of failure; ``{0}`` is the failure's own text."""


class Failure(Exception):
    """The command cannot do its work; both texts tell the user what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class PortTaken(Failure):
    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"端口 {host}:{port} 已被占用。请换一个：--port N 或 PORT=N。",
            f"The port {host}:{port} is taken. Choose another: --port N or PORT=N.",
        )


class FolderInUse(Failure):
    def __init__(self, data: object, pid: int) -> None:
        super().__init__(
            f"数据目录 {data} 正被另一个 jingzhun（进程 {pid}）使用。请先停止它，或换一个目录：--data DIR。",
            f"The data folder {data} is in use by another jingzhun (process {pid}). Stop it first,"
            " or choose another folder: --data DIR.",
        )


@contextmanager
def explained() -> Iterator[None]:
    """Turns the failures that a user can mend into a ``Failure``. Others stay as they are."""
    try:
        yield
    except BaseExceptionGroup as group:
        told = next((each for each in map(_told, _leaves(group)) if each is not None), None)
        if told is None:
            raise
        raise told from group
    except Exception as error:
        told = _told(error)
        if told is None:
            raise
        raise told from error


def _leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for each in group.exceptions:
        if isinstance(each, BaseExceptionGroup):
            yield from _leaves(each)
        else:
            yield each


def _told(error: BaseException) -> Failure | None:
    if isinstance(error, Failure):
        return error
    if isinstance(error, EmbeddedPostgresError | SeasonStopped | RebuildRefused | BackupRefused):
        return Failure(error.zh, error.en)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Failure(*_DISK_FULL)
    if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Failure(f"没有权限：{error.filename}。", f"No permission: {error.filename}.")
    texts = next((texts for kinds, texts in _TEXTS if isinstance(error, kinds)), None)
    return Failure(*(text.format(error) for text in texts)) if texts is not None else None

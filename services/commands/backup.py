"""``jingzhun backup`` and ``jingzhun restore``."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from services.commands.messages import Failure
from services.commands.options import Data, settings_from
from services.commands.program import run, told
from services.wiring.backup import BackupReport
from services.wiring.backup import backup as take_backup
from services.wiring.backup import restore as put_back
from shared.settings import Settings

console = Console(highlight=False, markup=False, soft_wrap=True)


def backup(
    folder: Annotated[Path, typer.Argument(help="备份写到（新的或空的目录） · Where to: a new or empty folder")],
    data: Data = None,
) -> None:
    """备份整个系统，照常服务 · Back up the whole system, while it serves.

    五个数据库与总线同一时刻的状态、密钥、佐证材料；仅限内嵌数据库与 PostgreSQL 总线。
    The five databases and the bus as of one moment, keys, evidence; for the embedded database and its bus alone.
    The copy holds personal data and keys: keep it as closed as the system.

    例 · Example:  jingzhun backup /backups/2026-03-01 --data var
    """
    settings = _settings(data)
    report = run(take_backup(settings, folder.absolute()))
    _tell(f"{folder}", report)


def restore(
    folder: Annotated[Path, typer.Argument(help="备份所在目录 · The backup's folder")],
    data: Data = None,
) -> None:
    """把备份恢复到新的数据目录 · Put a backup into a new data folder; everything is checked first.

    恢复后用 jingzhun up 继续。切勿让原系统与恢复的系统同时对外服务。
    Then go on with `jingzhun up`. Never let the original and the restored system serve at the same time.

    例 · Example:  jingzhun restore /backups/2026-03-01 --data var2
    """
    settings = _settings(data)
    absolute = settings.model_copy(update={"data": settings.data.absolute()})
    report = run(put_back(folder.absolute(), absolute))
    _tell(f"{settings.data}", report)


def _settings(data: Path | None) -> Settings:
    try:
        return settings_from(data=data)
    except Failure as failure:
        raise told(failure) from None


def _tell(place: str, report: BackupReport) -> None:
    console.print(f"{place}")
    console.print(f"  时刻 as of        {report.consistent_at:%Y-%m-%d %H:%M:%S} UTC")
    console.print(f"  数据库 databases  {report.cluster / 2**20:,.1f} MiB")
    console.print(f"  文件 files        {report.files / 2**20:,.1f} MiB")
    console.print(f"  用时 seconds      {report.seconds:,.1f}")

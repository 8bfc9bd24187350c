"""``jingzhun rebuild``: a projection made anew from the archive, while the system serves."""

from typing import Annotated

import typer
from rich.console import Console

from services.commands.messages import Failure
from services.commands.options import Data, settings_from
from services.commands.program import run, told
from services.wiring.rebuild import projections
from services.wiring.rebuild import rebuild as rebuild_projection
from services.wiring.servers import existing_server
from shared.rebuild import Projection, Report

console = Console(highlight=False, markup=False, soft_wrap=True)


def rebuild(
    service: Annotated[str | None, typer.Argument(help="服务；缺省列出全部投影 · Without it: what there is")] = None,
    projection: Annotated[str | None, typer.Argument(help="投影 · The projection")] = None,
    data: Data = None,
) -> None:
    """由事件归档重建一个投影，系统照常服务 · Make a projection anew from the archive; the system keeps serving.

    逐行比较，只改不同的行；不重发任何事件。 Rows are compared one by one and only those that differ are written;
    no event is told again.

    例 · Example:  jingzhun rebuild households status
    """
    if service is None and projection is None:
        console.print("\n".join(_list()))
        return
    try:
        chosen = _chosen(service, projection)
        settings = settings_from(data=data)
    except Failure as failure:
        raise told(failure) from None

    async def work() -> Report:
        return await rebuild_projection(settings, existing_server(settings), str(service), chosen)

    _tell(run(work()))


def _chosen(service: str | None, projection: str | None) -> Projection:
    """Raises ``Failure`` with what there is to choose from."""
    found = projections().get(service or "", {}).get(projection or "")
    if found is None:
        there_are = "\n".join(_list())
        name = f"{service or ''} {projection or ''}".strip()
        raise Failure(f"没有投影 {name}；有：\n{there_are}", f"There is no projection {name}. There are:\n{there_are}")
    return found


def _list() -> list[str]:
    return [
        f"  {f'{service} {name}':<36} {each.zh} · {each.en}"
        for service, declared in projections().items()
        for name, each in declared.items()
    ]


def _tell(report: Report) -> None:
    console.print(
        f"事件 events       {report.read:>9,} 读 read   {report.applied:,} 用 applied"
        f"   {report.ahead:,} 先于消费者 ahead of the consumer"
    )
    console.print(f"行   rows         {report.before:>9,} 前 before   {report.after:,} 后 after")
    console.print(f"不同 differed     {report.differed:>9,}")
    console.print(f"用时 seconds      {report.seconds:>9.1f}，其中消费者等候 consumers held {report.held_seconds:.2f}")

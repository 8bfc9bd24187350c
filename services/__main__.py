"""The command line: ``jingzhun``."""

import typer

from services.commands import dead_letters, events, keys
from services.commands.accept_loss import accept_loss
from services.commands.appoint import appoint
from services.commands.backup import backup, restore
from services.commands.rebuild import rebuild
from services.commands.season import season
from services.commands.secrets import secrets
from services.commands.specification import spec
from services.commands.token import client, token
from services.commands.up import migrate, serve, up

app = typer.Typer(
    name="jingzhun",
    help=(
        "精准识别：从申请到公告，八个步骤，五个服务 · Targeted poverty alleviation: eight steps, five services.\n\n"
        "先 First:  jingzhun up --sandbox    然后 then:  jingzhun season    看 watch:  jingzhun events tail -f"
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    up,
    serve,
    migrate,
    secrets,
    rebuild,
    accept_loss,
    backup,
    restore,
    season,
    token,
    client,
    appoint,
    spec,
):
    app.command()(command)
app.add_typer(events.app, name="events")
app.add_typer(dead_letters.app, name="dead-letters")
app.add_typer(keys.app, name="keys")


def main() -> None:
    app()


if __name__ == "__main__":
    main()

"""The command line: ``jingzhun``."""

import typer

from services.commands.group import Commands

app = typer.Typer(
    name="jingzhun",
    cls=Commands,
    help=(
        "精准识别：从申请到公告，八个步骤，五个服务 · Targeted poverty alleviation: eight steps, five services.\n\n"
        "先 First:  jingzhun up --sandbox    然后 then:  jingzhun season    看 watch:  jingzhun events tail -f"
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _program() -> None: ...


def main() -> None:
    app()


if __name__ == "__main__":
    main()

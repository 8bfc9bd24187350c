"""The goldens: every version of every event as it was first written. Made once (``python -m tests.contract.goldens``).

The command writes those that are missing and never changes one: events of that form lie in archives.
"""

import orjson

from shared.events import Event
from shared.events.goldens import FOLDER, path_of
from tests.contract.examples import envelope_of, example_of


def rendered(model: type[Event]) -> bytes:
    structured = envelope_of(example_of(model)).structured()
    return orjson.dumps(structured, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for model in Event.contracts().values():
        if not path_of(model).exists():
            path_of(model).write_bytes(rendered(model))
            print(f"new: {path_of(model).name}")


if __name__ == "__main__":
    main()

"""The events' contracts: nothing personal in them, and no version ever changes."""

from pathlib import Path

import orjson
import pytest

from shared.events import Envelope, Event, parse
from shared.events.goldens import FOLDER, path_of
from tests.contract.examples import envelope_of, example_of
from tests.contract.goldens import rendered

MODELS = sorted(Event.contracts().values(), key=lambda model: model.type())
GOLDENS = sorted(FOLDER.glob("*.json"))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.type())
def test_an_event_is_written_as_it_always_was(model: type[Event]) -> None:
    """``example_of`` refuses every field type that could hold a name, a number or a fact of a person."""
    assert path_of(model).exists(), "a new event: python -m tests.contract.goldens"
    assert path_of(model).read_bytes() == rendered(model), "the form of a published version has changed: add a version"


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda path: path.stem)
def test_every_version_ever_written_can_be_read(golden: Path) -> None:
    written = orjson.loads(golden.read_bytes())
    data = written.pop("data")
    written.pop("datacontenttype")
    headers = {f"ce_{name}": str(value) for name, value in written.items()}
    event = parse(Envelope.read(headers, orjson.dumps(data)))
    assert orjson.loads(event.encoded()) == data
    assert event.subject == written["subject"]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.type())
def test_an_event_survives_the_way_over_the_bus(model: type[Event]) -> None:
    event = example_of(model)
    envelope = envelope_of(event)
    again = Envelope.read(envelope.headers(), envelope.data)
    assert (again, parse(again)) == (envelope, event)

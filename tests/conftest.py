"""What tests share: the bundled standard, the published data where it is at hand, the confirmer."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from bot import cli
from bot.adapters.jsonschema_library import JsonSchemaConfirmer
from bot.adapters.worker import Worker
from bot.compat.confirming import Confirmer
from bot.standard.model import Standard
from tests.worlds import ROOT, read_source

# How long an example takes says more of the machine than of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

DATA = Path(os.environ.get("STANDARDS_DATA", ROOT.parent / "shared" / "data"))


@pytest.fixture(scope="session")
def data() -> Path:
    """The directory of published schemas, histories and feeds."""
    if not DATA.is_dir():
        pytest.skip("the published data is not here (STANDARDS_DATA)")
    return DATA


@pytest.fixture(scope="session")
def bundled() -> Standard:
    """The extended structure of this repository."""
    return read_source(ROOT)


@pytest.fixture(scope="session")
def confirmer() -> Iterator[Confirmer]:
    """The judge of examples."""
    worker = Worker()
    yield JsonSchemaConfirmer(worker)
    worker.close()


@pytest.fixture(autouse=True)
def repairs_are_whole(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """What goes wrong with a repair costs people that repair alone; here it fails the test it happens in, unless that
    is marked `repair_lost`."""
    yield
    lost = [each.getMessage() for each in caplog.get_records("call") if each.name == "bot.report.repairing"]
    assert bool(lost) is (request.node.get_closest_marker("repair_lost") is not None), lost


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept`: write what is rendered over the golden files. They are read before they are committed."""
    parser.addoption("--accept", action="store_true", help="write golden files anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the golden file of a name, in `goldens` beside the test."""
    directory = request.path.parent / "goldens"

    def compare(name: str, text: str) -> None:
        file = directory / name
        if request.config.getoption("--accept"):
            directory.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")

    return compare


@dataclass(frozen=True)
class Ran:
    """What a command ended with and said."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process."""

    def ran(*words: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["standards-bot", *map(str, words)])
        capsys.readouterr()
        status = cli.run()
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return ran

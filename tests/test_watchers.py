"""One watches for an output folder, and is found and asked to end by others."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from reportfill.errors import UsageError
from reportfill.watchers import Watcher


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this user's logs are."""
    folder = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder


def test_a_second_one_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    output = tmp_path / "out"
    with Watcher(output).held():
        assert Watcher(output).is_running()
        with pytest.raises(UsageError), Watcher(tmp_path / "." / "out").held():
            pass
        with Watcher(tmp_path / "another").held():
            pass
    with Watcher(output).held():
        pass
    assert not Watcher(output).is_running()


def test_one_that_was_killed_holds_nothing_off(tmp_path: Path) -> None:
    holding = (
        "import sys, time; from pathlib import Path; from reportfill.watchers import Watcher\n"
        "with Watcher(Path(sys.argv[1])).held(): print(flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", holding, tmp_path], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        assert Watcher(tmp_path).is_running()
        process.kill()
    assert not Watcher(tmp_path).is_running()


def test_it_is_told_when_somebody_asks_it_to_end(tmp_path: Path) -> None:
    stopped = threading.Event()
    watcher = Watcher(tmp_path)
    watcher.ask_to_stop()
    with watcher.held():  # what was asked of one before is forgotten
        watcher.set_when_asked(stopped)
        assert not stopped.wait(1)
        assert not Watcher(tmp_path).is_stopped_within(0.1)
        assert stopped.wait(10)
    assert Watcher(tmp_path).is_stopped_within(0)


def test_where_nothing_can_be_kept_watching_goes_on(tmp_path: Path, state: Path) -> None:
    state.write_text("no folder", "utf-8")
    with Watcher(tmp_path).held(), Watcher(tmp_path).held():
        assert not Watcher(tmp_path).is_running()

"""The container serves a campaign, where something is there that builds containers."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from places import ROOT
from web_campaign import served_campaign

_HOUR = 3600


def _builder() -> str:
    """A program that builds and runs containers here; empty where there is none."""
    for name in ("podman", "docker"):
        program = shutil.which(name)
        if program and subprocess.run([program, "info"], capture_output=True, check=False).returncode == 0:
            return program
    return ""


@pytest.fixture(scope="module")
def image() -> Iterator[tuple[str, str]]:
    """The builder, and the image that it built."""
    builder = _builder()
    if not builder:
        pytest.skip("nothing builds containers here")
    if subprocess.run([builder, "pull", _base()], capture_output=True, check=False, timeout=_HOUR).returncode:
        pytest.skip(f"{_base()} cannot be had here")
    name = "reportfill-of-the-tests"
    command = [builder, "build", "--file", "packaging/Containerfile", "--tag", name, "."]
    subprocess.run(command, cwd=ROOT, check=True, timeout=_HOUR)
    yield builder, name
    subprocess.run([builder, "image", "rm", "--force", name], capture_output=True, check=False)


def _base() -> str:
    """The image of which the container is made."""
    text = (ROOT / "packaging" / "Containerfile").read_text("utf-8")
    return next(line for line in text.splitlines() if line.startswith("ARG BASE=")).removeprefix("ARG BASE=")


@pytest.mark.long
def test_the_container_serves_a_campaign(image: tuple[str, str], tmp_path: Path) -> None:
    builder, name = image
    served = served_campaign(tmp_path)
    for place in (tmp_path, *tmp_path.rglob("*")):
        place.chmod(0o777)
    volume = f"{served.campaign.folder.root}:/campaign"
    run = [builder, "run", "--rm", "--detach", "--volume", volume, "--publish", "127.0.0.1::8000", name]
    container = subprocess.run(run, check=True, capture_output=True, text=True).stdout.strip()
    try:
        port = subprocess.run(
            [builder, "port", container, "8000"], check=True, capture_output=True, text=True
        )
        assert served.campaign.name in _page(f"http://{port.stdout.split()[0]}/")
    finally:
        subprocess.run([builder, "rm", "--force", container], capture_output=True, check=False)


def test_what_the_container_copies_is_all_that_the_package_is_built_of() -> None:
    lines = (ROOT / "packaging" / "Containerfile").read_text("utf-8").splitlines()
    copied = {word for line in lines if line.startswith("COPY") for word in line.split()[1:-1]}
    allowed = {
        line.removeprefix("!")
        for line in (ROOT / ".containerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    }
    assert copied == allowed
    assert all((ROOT / name).exists() for name in copied)
    command = next(line for line in lines if line.startswith("CMD"))
    assert json.loads(command.removeprefix("CMD "))[0] == "serve"


def _page(address: str) -> str:
    for _ in range(60):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode("utf-8"))
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    raise AssertionError(f"{address} does not answer")

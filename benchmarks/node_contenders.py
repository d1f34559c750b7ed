"""What reportfill is compared with in Node: docxtemplater and carbone, in one Node process that stays warm."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.node_templates import carbone_template, docxtemplater_template, with_title
from benchmarks.places import NODE_MODULES, NODE_SOURCES

CONTENDERS = ("docxtemplater", "docxtemplater, its expressions", "carbone")
WARM = 100
"""So many reports are made before any counts: V8 compiles what it has seen often."""


class NotAtHandError(Exception):
    """There is no Node here, or what is compared could not be installed; the text says which."""


class NodeContenders:
    """A Node process that merges when it is told to."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process = process
        self._folder = folder

    def milliseconds(self, contender: str) -> float:
        """How long one report took, as the process itself measured it."""
        return float(self._answer({"contender": contender})["milliseconds"])

    def report(self, contender: str) -> bytes:
        """One report."""
        saved = self._folder / "report.docx"
        self._answer({"contender": contender, "save": str(saved)})
        return saved.read_bytes()

    def _answer(self, request: Mapping[str, str]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(request), file=self._process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self._process.stdout.readline() or '{"error": "Node ended"}')
        if "error" in answer:
            raise RuntimeError(f"{request['contender']}: {answer['error']}")
        return answer


@contextmanager
def node_contenders(template: bytes, context: Mapping[str, Any]) -> Iterator[NodeContenders]:
    """The Node process for this template and data. Raises NotAtHandError where there can be none."""
    install()
    with TemporaryDirectory() as name:
        folder = Path(name)
        data, docxtemplater, carbone = (
            folder / file for file in ("data.json", "docxtemplater.docx", "carbone.docx")
        )
        context = with_title(context, template)
        data.write_text(json.dumps(context, ensure_ascii=False, default=_number), "utf-8")
        docxtemplater.write_bytes(docxtemplater_template(template))
        carbone.write_bytes(carbone_template(template))
        command = ["node", NODE_SOURCES / "contenders.js", NODE_MODULES, data, docxtemplater, carbone]
        with subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        ) as process:
            try:
                contenders = NodeContenders(process, folder)
                for _ in range(WARM):
                    for name in CONTENDERS:
                        contenders.milliseconds(name)
                yield contenders
            finally:
                process.kill()


def install() -> None:
    """Have npm install what is compared, unless that is done. Raises NotAtHandError where it cannot be."""
    if not shutil.which("node") or not shutil.which("npm"):
        raise NotAtHandError("Node is not at hand")
    wanted = (NODE_SOURCES / "package.json").read_text("utf-8")
    installed = NODE_MODULES / "installed.json"
    if installed.is_file() and installed.read_text("utf-8") == wanted:
        return
    NODE_MODULES.mkdir(parents=True, exist_ok=True)
    (NODE_MODULES / "package.json").write_text(wanted, "utf-8")
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock"]
    if subprocess.run(command, cwd=NODE_MODULES, check=False).returncode != 0:
        raise NotAtHandError("npm could not install what is compared")
    installed.write_text(wanted, "utf-8")


def versions() -> dict[str, str]:
    """The versions of Node and of what is compared; empty where they are not at hand."""
    try:
        install()
    except NotAtHandError:
        return {}
    node = subprocess.run(
        ["node", "--version"], capture_output=True, encoding="utf-8", check=True
    ).stdout.strip()
    wanted: dict[str, str] = json.loads((NODE_SOURCES / "package.json").read_text("utf-8"))["dependencies"]
    return {"Node": node.removeprefix("v")} | {name: wanted[name] for name in sorted(wanted)}


def _number(value: Any) -> Any:
    """A decimal as JSON has numbers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"no JSON for {value!r}")

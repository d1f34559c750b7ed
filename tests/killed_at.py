"""A program whose worker processes are killed at a certain file, as the system does it where memory runs out."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from printed import PRINTED

_HOOK = '''
import hashlib, importlib.abc, multiprocessing, os, signal, sys

MODULE = "reportfill.intake.read"

class Killing(importlib.abc.MetaPathFinder):
    """Puts a reading in the place of the usual one that ends the process at a certain file."""
    def find_spec(self, name, path, target=None):
        if name != MODULE:
            return None
        sys.meta_path.remove(self)
        import importlib.util
        spec = importlib.util.find_spec(name)
        run = spec.loader.exec_module
        def exec_module(module):
            run(module)
            usual = module.read_workbook
            def read_workbook(content, *arguments, **options):
                is_fatal = hashlib.sha256(content).hexdigest() == os.environ["KILLED_AT"]
                if is_fatal and multiprocessing.parent_process():
                    os.kill(os.getpid(), signal.SIGKILL)
                return usual(content, *arguments, **options)
            module.read_workbook = read_workbook
        spec.loader.exec_module = exec_module
        return spec

sys.meta_path.insert(0, Killing())
'''


def reportfill_killed_at(content: bytes, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What the program does, with `folder` for what it needs, where whichever of its worker processes reads a file of
    that content is killed."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_HOOK, "utf-8")
    path = os.pathsep.join(filter(None, (str(folder), *sys.path)))
    environment = os.environ | {"PYTHONPATH": path, "KILLED_AT": hashlib.sha256(content).hexdigest()}
    return subprocess.run(
        [sys.executable, "-m", "reportfill", *arguments],
        env=environment,
        capture_output=True,
        encoding=PRINTED,
        timeout=120,
        check=False,
    )

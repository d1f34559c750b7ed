"""The script that talks to LibreOffice runs in a Python that is not ours."""

from __future__ import annotations

import ast
import sys

from places import ROOT

SCRIPT = ROOT / "src/reportfill/office/libreoffice/uno_worker.py"


def test_it_is_written_as_python_3_8_reads_it_and_imports_the_standard_library_and_uno_alone() -> None:
    tree = ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 8))
    modules = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert modules - sys.stdlib_module_names == {"uno", "com"}

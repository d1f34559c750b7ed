"""Asks LibreOffice to save files as others: a JSON object a line comes in and one goes out.

usage: python3 libreoffice_client.py PIPE PROFILE     (an interpreter that has `uno`, Debian's package python3-uno)

    {"source": "/a.xlsx", "target": "/b.ods", "recalculate": false}
    {"problem": null}       or why not

The LibreOffice is the one that listens at PIPE. Where none does, one is started, and ended when nothing more comes.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

SHEETS = {
    "xlsx": "Calc MS Excel 2007 XML",
    "xls": "MS Excel 97",
    "ods": "calc8",
    "csv": "Text - txt - csv (StarCalc)",
    "html": "HTML (StarCalc)",
    "pdf": "calc_pdf_Export",
}
TEXTS = {
    "docx": "MS Word 2007 XML",
    "doc": "MS Word 97",
    "odt": "writer8",
    "html": "HTML (StarWriter)",
    "pdf": "writer_pdf_Export",
}
"""The name of the filter that writes a kind of file, which LibreOffice wants to be told."""

LONGEST = 180
"""The seconds after which what is asked hangs, and this ends."""


def desktop_at(pipe: str) -> Any:
    """The desktop of the LibreOffice that listens at a pipe."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def listens(pipe: str) -> bool:
    """Whether there is one."""
    try:
        return bool(desktop_at(pipe))
    except (NoConnectException, DisposedException):
        return False


def start(pipe: str, profile: str) -> subprocess.Popen[bytes]:
    """A LibreOffice that listens."""
    command = ["soffice", f"-env:UserInstallation={uno.systemPathToFileUrl(profile)}", "--headless"]
    command += ["--norestore", f"--accept=pipe,name={pipe};urp"]
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not listens(pipe):
        time.sleep(0.1)
    return started


def save(desktop: Any, source: str, target: str, *, recalculate: bool) -> None:
    """Save a file as another, its formulas worked out anew if wished."""
    hidden = PropertyValue(Name="Hidden", Value=True)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, (hidden,))
    if document is None:
        raise ValueError(f"LibreOffice does not open {source}")
    try:
        filters = SHEETS if document.supportsService("com.sun.star.sheet.SpreadsheetDocument") else TEXTS
        if recalculate:
            document.calculateAll()
        named = PropertyValue(Name="FilterName", Value=filters[Path(target).suffix[1:]])
        document.storeToURL(uno.systemPathToFileUrl(target), (named,))
    finally:
        document.close(True)


def answer(pipe: str, asked: dict[str, Any]) -> str | None:
    """Do what is asked; what was in the way."""
    try:
        save(desktop_at(pipe), **asked)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def main(pipe: str, profile: str) -> None:
    """Answer line by line."""
    started = None
    for line in sys.stdin:
        signal.alarm(LONGEST)
        if not listens(pipe):
            started = start(pipe, profile)
        print(json.dumps({"problem": answer(pipe, json.loads(line))}), flush=True)
        signal.alarm(0)
    if started and listens(pipe):
        desktop_at(pipe).terminate()
        started.wait(LONGEST)


main(*sys.argv[1:])

"""LibreOffices that make PDFs of Word files: as many as there are cores, each file by the first that is free."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import LifoQueue
from threading import Lock
from types import MappingProxyType
from typing import Protocol, TypeVar

from reportfill.errors import UsageError
from reportfill.finding import Finding
from reportfill.office.libreoffice.cold_calls import ColdCalls
from reportfill.office.libreoffice.pdf_form import Choices, PdfForm
from reportfill.office.libreoffice.profile import font_files
from reportfill.office.libreoffice.program import require_office, talking_python
from reportfill.office.libreoffice.setup import USUAL_LIMITS, OfficeSetup, WorkerLimits, no_stand_ins
from reportfill.office.libreoffice.warm_worker import WarmWorker
from reportfill.office.libreoffice.word_file import NotConvertedError, word_file
from reportfill.office.typefaces import Typefaces, installed_typefaces
from reportfill.system_words import reason_of
from reportfill.text import Text

Item = TypeVar("Item")
Result = TypeVar("Result")

_NO_CHINESE = Text(
    "本机没有中文字体，PDF中的汉字会缺失：请安装方正小标宋、仿宋_GB2312、楷体_GB2312、黑体、宋体；"
    "Debian、Ubuntu、麒麟、统信也可以运行：sudo apt install fonts-noto-cjk fonts-arphic-uming fonts-arphic-ukai；"
    "或者用--fonts指明字体文件所在的文件夹",
    "there is no typeface with Chinese characters on this computer, and a PDF would be without them: install "
    "those that are prescribed; on Debian, Ubuntu, Kylin and UOS you may run: sudo apt install fonts-noto-cjk "
    "fonts-arphic-uming fonts-arphic-ukai; or name a folder of font files with --fonts",
)


class _Converter(Protocol):
    """What makes PDFs: one LibreOffice that stays, or one that is started for several files."""

    takes: int

    def pdfs(self, sources: Sequence[bytes], choices: Choices) -> list[bytes | Finding]: ...

    def rest(self) -> None: ...

    def close(self) -> None: ...


@dataclass(slots=True, eq=False)
class _Request:
    source: bytes
    form: PdfForm
    is_taken: bool = False
    result: Future[bytes | Finding] = field(default_factory=Future)


class Office:
    """So many LibreOffices, or one a core: a context, with whose end they end. They start with the first file each, and
    any number of threads may ask at a time.

    `fonts` is a folder of font files beside those of the computer. Where a typeface that GB/T 9704-2012 prescribes is
    not there, another stands in for it; with `only_prescribed` a file that names it is refused instead.

    Raises UsageError where LibreOffice is not installed, or there is nothing that Chinese can be set in, or where
    nothing tells which typefaces there are and none may stand in.
    """

    def __init__(
        self,
        processes: int = 0,
        fonts: Path | None = None,
        only_prescribed: bool = False,
        limits: WorkerLimits = USUAL_LIMITS,
    ) -> None:
        self.processes = processes or os.cpu_count() or 1
        self._only_prescribed = only_prescribed
        program = require_office()
        if fonts is not None:
            _require_fonts(fonts)
        typefaces = installed_typefaces(fonts)
        _require_typefaces(typefaces, only_prescribed)
        self._missing = typefaces.missing
        self._stood_in: dict[str, str] = {}
        setup = OfficeSetup(program, typefaces.replacements, fonts, limits)
        python = talking_python(program)
        self._converters: list[_Converter] = [
            WarmWorker(setup, python) if python else ColdCalls(setup) for _ in range(self.processes)
        ]
        self._free: LifoQueue[_Converter] = LifoQueue()
        for converter in self._converters:
            self._free.put(converter)
        self._waiting: list[_Request] = []
        self._lock = Lock()

    def __enter__(self) -> Office:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    @property
    def at_once(self) -> int:
        """How many files should be asked for at a time to keep all LibreOffices busy."""
        return sum(converter.takes for converter in self._converters)

    @property
    def set_in(self) -> tuple[object, ...]:
        """What is to be known of the typefaces to tell whether a PDF would be made the same: what stands in for those
        of the prescribed ones that are not there, and whether a file is refused for that."""
        return (sorted(self._missing.items()), self._only_prescribed) if self._missing else ()

    @property
    def stand_ins(self) -> Mapping[str, str]:
        """What has stood in so far for which of the prescribed typefaces."""
        return MappingProxyType(self._stood_in)

    def pdf(self, content: bytes, form: PdfForm = PdfForm.PLAIN) -> bytes:
        """The PDF of a Word file. Raises NotConvertedError, which says why, where there is none; UsageError where
        LibreOffice does not start; OSError where there is no room for its files."""
        file = word_file(content)
        missing = {face: self._missing[face] for face in file.faces if face in self._missing}
        if missing and self._only_prescribed:
            raise NotConvertedError(no_stand_ins(missing))
        made = self._made(_Request(file.content, form))
        if isinstance(made, Finding):
            raise NotConvertedError(made)
        self._stood_in |= missing
        return made

    def rest(self) -> None:
        """End the LibreOffices, of which nothing is asked now; they start again with the next file."""
        for converter in self._converters:
            converter.rest()

    def in_order(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """What a function that asks for PDFs gives for each item, in order, by as many threads as keep all
        LibreOffices busy."""
        waiting: deque[Future[Result]] = deque()
        threads = ThreadPoolExecutor(self.at_once)
        try:
            for item in items:
                waiting.append(threads.submit(function, item))
                if len(waiting) > 2 * self.at_once:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except KeyboardInterrupt:
            self._close()  # or the threads would wait for what hangs
            raise
        finally:
            threads.shutdown(cancel_futures=True)

    def _close(self) -> None:
        for converter in self._converters:
            converter.close()

    def _made(self, request: _Request) -> bytes | Finding:
        """What comes of a request. Whoever has a LibreOffice takes what waits, his own or another's."""
        with self._lock:
            self._waiting.append(request)
        while not request.is_taken:
            converter = self._free.get()
            try:
                self._serve(converter)
            finally:
                self._free.put(converter)
        return request.result.result()

    def _serve(self, converter: _Converter) -> None:
        """Have a LibreOffice make what waits, as many files of one form as it takes."""
        taken = self._taken(converter.takes)
        if not taken:
            return
        try:
            made = converter.pdfs([one.source for one in taken], taken[0].form.value)
        except BaseException as error:
            for one in taken:
                one.result.set_exception(error)
        else:
            for one, result in zip(taken, made, strict=True):
                one.result.set_result(result)

    def _taken(self, most: int) -> list[_Request]:
        with self._lock:
            form = self._waiting[0].form if self._waiting else None
            taken = [one for one in self._waiting if one.form is form][:most]
            for one in taken:
                one.is_taken = True
            self._waiting = [one for one in self._waiting if not one.is_taken]
        return taken


def _require_typefaces(typefaces: Typefaces, only_prescribed: bool) -> None:
    """Raise UsageError where nothing can be set in Chinese, or nobody knows in which typefaces that would be and it
    matters."""
    if not typefaces.has_chinese:
        raise UsageError(_NO_CHINESE.en, _NO_CHINESE.zh)
    if only_prescribed and typefaces.names is None:
        raise UsageError(
            "which typefaces are installed cannot be seen here, so stand-ins cannot be ruled out; on Debian run: "
            "sudo apt install fontconfig",
            "本机无法查看已安装的字体，不能保证只用规定字体；Debian、Ubuntu、麒麟、统信请运行："
            "sudo apt install fontconfig",
        )


def _require_fonts(folder: Path) -> None:
    """Raise UsageError where a folder has no font files, or LibreOffice would not look into it."""
    if sys.platform in ("win32", "darwin"):
        raise UsageError(
            "LibreOffice takes typefaces from a folder on Linux only; install them for this user instead: double-click "
            "the font file",
            "只有在Linux上，LibreOffice才能从文件夹读取字体；本机请双击字体文件安装",
        )
    try:
        found = font_files(folder)
    except OSError as error:
        why = reason_of(error, folder)
        raise UsageError(f"{folder}: {why.en}", f"{folder}：{why.zh}") from error
    if not found:
        raise UsageError(
            f"there are no font files (.ttf, .ttc, .otf) in {folder}",
            f"{folder}中没有字体文件（.ttf、.ttc、.otf）",
        )

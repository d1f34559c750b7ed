"""PDFs by LibreOffices that stay: whatever becomes of one of them, no file is lost."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from threading import Thread
from types import SimpleNamespace

import pdfplumber
import pytest
from office_processes import comes_true, own_offices
from pdf_texts import fonts_of, text_of
from pictures import png
from printing import a_long_report, a_report
from word_links import linking_to, with_picture

from reportfill.errors import UsageError
from reportfill.finding import Finding
from reportfill.office.libreoffice import office as office_module
from reportfill.office.libreoffice import process, program
from reportfill.office.libreoffice.cold_calls import ColdCalls
from reportfill.office.libreoffice.office import Office
from reportfill.office.libreoffice.pdf_form import PdfForm
from reportfill.office.libreoffice.process import pipes_of, profile_in
from reportfill.office.libreoffice.profile import write_profile
from reportfill.office.libreoffice.program import require_office, talking_python
from reportfill.office.libreoffice.setup import OfficeSetup, WorkerLimits
from reportfill.office.libreoffice.warm_worker import WarmWorker
from reportfill.office.libreoffice.word_file import NotConvertedError
from reportfill.office.package import composed, parts_of
from reportfill.office.typefaces import Typefaces

pytestmark = [
    pytest.mark.usefixtures("office"),
    pytest.mark.skipif(sys.platform != "linux", reason="it looks at processes as Linux lists them"),
]

WARM_AND_COLD = pytest.mark.parametrize("has_uno", [True, False], ids=["warm", "cold"])
MANY = 8
UNO_WORKER = Path(process.__file__).with_name("uno_worker.py")


@pytest.fixture
def by_way(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """A function that says whether anything can talk to a LibreOffice that runs."""

    def chosen(has_uno: bool) -> None:
        if not has_uno:
            monkeypatch.setattr(office_module, "talking_python", lambda program: None)

    return chosen


@pytest.fixture
def left_behind(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Path]]:
    """A function that lists what is left of the LibreOffices that were started in the test."""
    folders: list[Path] = []

    def noted(prefix: str) -> str:
        folders.append(Path(mkdtemp(prefix=prefix)))
        return str(folders[-1])

    monkeypatch.setattr(process, "mkdtemp", noted)

    def left() -> list[Path]:
        assert folders
        return [path for folder in folders for path in (folder, *pipes_of(folder)) if os.path.lexists(path)]

    return left


def disturbed(office: Office, disturb: Callable[[int], object], files: int = MANY) -> list[bytes]:
    """The PDFs of many files, in whose middle something is done to each LibreOffice that runs."""
    with ThreadPoolExecutor(2) as threads:
        under_way = [threads.submit(office.pdf, a_report()) for _ in range(files)]
        for number, _ in enumerate(as_completed(under_way)):
            if number == files // 3:
                for number_of_process in own_offices():
                    disturb(number_of_process)
    return [one.result() for one in under_way]


@WARM_AND_COLD
def test_a_report_becomes_a_pdf_with_its_title_bookmarks_and_language(
    has_uno: bool, by_way: Callable[[bool], None], left_behind: Callable[[], list[Path]]
) -> None:
    by_way(has_uno)
    with Office(processes=1) as office:
        made = office.pdf(a_report())
    assert "卫辉市信访局2023年政府信息公开工作年度报告" in text_of(made)
    assert b"/Lang(zh-CN)" in made
    assert b"/Outlines" in made
    assert b"/DisplayDocTitle true" in made
    assert own_offices() == []
    assert left_behind() == []


@WARM_AND_COLD
def test_faces_that_are_not_there_are_told_apart_by_what_stands_in(
    has_uno: bool, by_way: Callable[[bool], None], stand_ins: Path
) -> None:
    by_way(has_uno)
    with Office(processes=1) as office:
        assert office.stand_ins == {}
        fonts = fonts_of(office.pdf(a_report()))
        assert dict(office.stand_ins) == {
            "方正小标宋简体": "Noto Serif CJK SC",
            "仿宋_GB2312": "AR PL UMing CN",
            "楷体_GB2312": "AR PL UKai CN",
            "黑体": "Noto Sans CJK SC",
            "宋体": "AR PL UMing CN",
        }
    assert {name for name in fonts if "Liberation" not in name} == {
        *("NotoSerifCJKjp-Regular-VKana", "NotoSansCJKjp-Regular-VKana", "UMingCN", "UKaiCN")
    }


def test_a_file_that_names_missing_faces_is_refused_where_nothing_may_stand_in() -> None:
    with Office(processes=1, only_prescribed=True) as office:
        with pytest.raises(NotConvertedError) as error:
            office.pdf(a_report())
        assert error.value.why.code == "document.faces_missing"
        assert "方正小标宋简体" in error.value.why.message.zh
        assert office.pdf(linking_to("x", "hyperlink")).startswith(b"%PDF")
    assert own_offices() == []


def test_the_folder_of_fonts_is_used_where_the_computer_has_none(
    stand_ins: Path, no_chinese: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("字体 & fonts")
    shutil.copy(stand_ins / "uming.ttc", folder)
    with Office(processes=1, fonts=folder) as office:
        assert fonts_of(office.pdf(a_report())) == {"UMingCN", "LiberationSerif"}


def test_without_chinese_typefaces_one_line_says_what_to_do(no_chinese: None) -> None:
    with pytest.raises(UsageError, match="apt install fonts-noto-cjk") as error:
        Office()
    assert "本机没有中文字体" in error.value.chinese


def test_where_nothing_tells_which_typefaces_there_are_stand_ins_cannot_be_ruled_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(office_module, "installed_typefaces", lambda _: Typefaces(None, has_chinese=True))
    with pytest.raises(UsageError, match="cannot be seen"):
        Office(only_prescribed=True)
    with Office(processes=1) as office:
        assert office.pdf(a_report())
        assert office.stand_ins == {}


@pytest.mark.parametrize("name", ["nowhere", "empty", "file"])
def test_a_folder_of_fonts_that_is_none_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(UsageError, match=name):
        Office(fonts=tmp_path / name)


def test_without_libreoffice_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "office_program", lambda: None)
    with pytest.raises(UsageError) as error:
        Office()
    for system in ("Windows", "macOS", "Debian", "麒麟", "统信"):
        assert system in error.value.chinese
    assert "\n" not in error.value.chinese + error.value.english


@pytest.mark.parametrize(
    ("has_uno", "with_signal"),
    [
        pytest.param(True, signal.SIGKILL, id="warm, killed"),
        pytest.param(True, signal.SIGSTOP, id="warm, hung"),
        pytest.param(False, signal.SIGKILL, id="cold, killed"),
        pytest.param(False, signal.SIGSTOP, id="cold, hung", marks=pytest.mark.long),
    ],
)
def test_a_libreoffice_that_ends_in_the_middle_loses_no_file(
    has_uno: bool,
    with_signal: signal.Signals,
    by_way: Callable[[bool], None],
    left_behind: Callable[[], list[Path]],
) -> None:
    by_way(has_uno)
    with Office(processes=2, limits=WorkerLimits(seconds=15)) as office:
        made = disturbed(office, lambda number: os.kill(number, with_signal))
    assert [pdf.rstrip()[-5:] for pdf in made] == [b"%%EOF"] * MANY
    assert len({len(text_of(pdf)) for pdf in made}) == 1
    assert own_offices() == []
    assert left_behind() == []


@pytest.mark.long
def test_of_a_hundred_files_none_is_lost_whatever_happens_in_between() -> None:
    """One LibreOffice is killed, then one hung, then one killed, so far from each other that no file is met twice."""
    befalls = {10: signal.SIGKILL, 40: signal.SIGSTOP, 80: signal.SIGKILL}
    with Office(processes=2, limits=WorkerLimits(seconds=10)) as office, ThreadPoolExecutor(4) as threads:
        under_way = [threads.submit(office.pdf, a_report()) for _ in range(100)]
        for number, _ in enumerate(as_completed(under_way)):
            for process_number in own_offices()[:1] if number in befalls else []:
                os.kill(process_number, befalls[number])
        made = [one.result() for one in under_way]
    assert len({len(text_of(pdf)) for pdf in made}) == 1
    assert own_offices() == []


def test_a_file_at_which_memory_swells_costs_itself_and_none_of_many() -> None:
    limits = WorkerLimits(memory=1 << 20, most_memory=230 << 20)
    swollen = with_picture(png(9000, 9000))
    with Office(processes=1, limits=limits) as office, ThreadPoolExecutor(2) as threads:
        first, swelling, last = (threads.submit(office.pdf, one) for one in (a_report(), swollen, a_report()))
    assert len(text_of(first.result())) == len(text_of(last.result()))
    assert isinstance(swelling.exception(), NotConvertedError)


def test_one_that_is_always_killed_costs_the_file_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file at which LibreOffice hangs is given up after the second time."""
    begun = WarmWorker._begun

    def hung(worker: WarmWorker) -> object:
        running = begun(worker)
        for number in own_offices():
            os.kill(number, signal.SIGSTOP)
        return running

    with Office(processes=1, limits=WorkerLimits(seconds=6)) as office:
        monkeypatch.setattr(WarmWorker, "_begun", hung)
        with pytest.raises(NotConvertedError) as error:
            office.pdf(a_report())
        assert error.value.why.code == "document.not_converted"
        assert "6秒内没有完成" in error.value.why.message.zh
        monkeypatch.setattr(WarmWorker, "_begun", begun)
        assert office.pdf(a_report())


@pytest.mark.parametrize(
    "limits", [WorkerLimits(files=2), WorkerLimits(memory=1 << 20)], ids=["files", "memory"]
)
def test_after_so_many_files_or_bytes_another_takes_its_place(limits: WorkerLimits) -> None:
    seen = set()
    with Office(processes=1, limits=limits) as office:
        for _ in range(3):
            office.pdf(a_report())
            seen |= set(own_offices())
            assert len(own_offices()) <= 1
    assert len(seen) == (2 if limits.files == 2 else 0)


def test_one_after_another_is_done_by_one_libreoffice() -> None:
    with Office(processes=8) as office:
        for _ in range(3):
            office.pdf(a_report())
        assert len(own_offices()) == 1


def test_nothing_is_left_of_one_that_is_closed_while_it_starts(
    monkeypatch: pytest.MonkeyPatch, left_behind: Callable[[], list[Path]]
) -> None:
    python = talking_python(require_office())
    assert python is not None
    worker = WarmWorker(OfficeSetup(require_office()), python)
    folder = OfficeSetup.folder

    def closed_meanwhile(setup: OfficeSetup) -> object:
        worker.close()
        return folder(setup)

    monkeypatch.setattr(OfficeSetup, "folder", closed_meanwhile)
    worker.pdfs([a_report()], PdfForm.PLAIN.value)
    assert own_offices() == []
    assert left_behind() == []


def test_one_that_does_not_start_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_module, "require_office", lambda: "/bin/false")
    monkeypatch.setattr(office_module, "talking_python", lambda _: talking_python(require_office()))
    with Office(processes=1) as office, pytest.raises(UsageError, match="does not start"):
        office.pdf(a_report())


def cut_off() -> bytes:
    """A Word file whose text ends in the middle, which `word_file` keeps from LibreOffice."""
    parts = parts_of(a_report())
    return composed(parts | {"word/document.xml": parts["word/document.xml"][:3000]})


@pytest.fixture(params=["warm", "cold"])
def converter(request: pytest.FixtureRequest) -> Iterator[WarmWorker | ColdCalls]:
    """A LibreOffice that takes whatever it is given."""
    setup, python = OfficeSetup(require_office()), talking_python(require_office())
    assert python is not None
    made = WarmWorker(setup, python) if request.param == "warm" else ColdCalls(setup)
    yield made
    made.close()


def test_a_file_that_libreoffice_does_not_open_is_refused_and_the_others_are_not(
    converter: WarmWorker | ColdCalls,
) -> None:
    first, refused, last = converter.pdfs([a_report(), cut_off(), a_report()], PdfForm.PLAIN.value)
    assert isinstance(first, bytes)
    assert isinstance(refused, Finding)
    assert "LibreOffice打不开" in refused.message.zh
    assert isinstance(last, bytes)
    assert text_of(first) == text_of(last)


def test_a_full_disk_is_no_fault_of_the_file(
    converter: WarmWorker | ColdCalls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LibreOffice says of a full disk that it does not open the file, as of a broken one."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        converter.pdfs([cut_off()], PdfForm.PLAIN.value)
    assert isinstance(converter.pdfs([a_report()], PdfForm.PLAIN.value)[0], bytes)


@pytest.mark.parametrize("paragraphs", [0, 3000], ids=["idle", "at work"])
def test_nothing_is_left_of_one_whose_asker_was_killed(paragraphs: int, tmp_path: Path) -> None:
    report, next_one = tmp_path / "a.docx", tmp_path / "b.docx"
    report.write_bytes(a_report())
    next_one.write_bytes(a_long_report(paragraphs) if paragraphs else b"")
    script = (
        "import sys\n"
        "from threading import Thread\n"
        "from pathlib import Path\n"
        "from reportfill.office.libreoffice.office import Office\n"
        "office = Office(processes=1)\n"
        f"office.pdf(Path({str(report)!r}).read_bytes())\n"
        f"following = Path({str(next_one)!r}).read_bytes()\n"
        "Thread(target=office.pdf, args=(following,), daemon=True).start() if following else None\n"
        "print('done', flush=True)\n"
        "sys.stdin.read()\n"
    )
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    asker = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    assert asker.stdout is not None
    assert asker.stdout.readline() == b"done\n"
    (running,) = own_offices()
    (folder,) = tmp_path.glob("reportfill-*")
    left = [folder, *pipes_of(folder)]
    assert [path for path in left if os.path.lexists(path)] == left
    if paragraphs:
        assert comes_true((folder / "2.docx").exists), "it is being worked on"
    asker.kill()
    asker.communicate()
    assert comes_true(lambda: not os.path.isdir(f"/proc/{running}"))
    assert comes_true(lambda: not any(map(os.path.lexists, left)))


def test_nothing_is_left_of_one_whose_answer_nobody_reads(tmp_path: Path) -> None:
    program = require_office()
    python = talking_python(program)
    assert python is not None
    with OfficeSetup(program).folder() as folder:
        left = [folder, *pipes_of(folder)]
        where = (program, folder.name, profile_in(folder), 3 << 30, *left)
        worker = subprocess.Popen(
            [python, str(UNO_WORKER), *map(str, where)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert worker.stdin is not None
        assert worker.stdout is not None
        assert worker.stdout.readline()
        (running,) = own_offices()
        worker.stdout.close()
        worker.stdin.write(b'{"source": "file:///none", "target": "file:///none", "choices": {}}\n')
        worker.stdin.flush()
        assert not comes_true(lambda: worker.poll() is not None, seconds=1), "more may come"
        worker.stdin.close()
        assert worker.wait(20) == 0
        assert comes_true(lambda: not os.path.isdir(f"/proc/{running}"))
        assert [path for path in left if os.path.lexists(path)] == []


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """A server of this computer that has a picture for whoever asks: its address, and what was asked for."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(png())

        do_OPTIONS = do_HEAD = do_PROPFIND = do_GET  # noqa: N815  # as the server looks for them

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/picture.png", asked
    finally:
        server.shutdown()
        server.server_close()


def pictures_in(pdf: bytes) -> int:
    """How many pictures a PDF has."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return sum(len(page.images) for page in opened.pages)


@pytest.mark.parametrize("where", ["network", "disk"])
def test_nothing_is_fetched_whatever_a_document_names(where: str, tmp_path: Path) -> None:
    """The profile alone sees to it; what leads out of a file is cut besides."""
    picture = tmp_path / "secret.png"
    picture.write_bytes(png())
    with listening() as (address, asked):
        document = linking_to(address if where == "network" else picture.as_uri())
        open_to_all, closed = (
            pdf_of(document, tmp_path / name, is_closed=name == "closed") for name in ("open", "closed")
        )
        assert pictures_in(open_to_all) == 1, "a LibreOffice of usual settings shows it"
        assert pictures_in(closed) == 0
        assert len(asked) == (2 if where == "network" else 0), "it asked twice, both times the open one"


def pdf_of(document: bytes, folder: Path, *, is_closed: bool) -> bytes:
    """What LibreOffice makes of a document as it is, with our profile or with its own."""
    folder.mkdir()
    if is_closed:
        write_profile(folder / "profile", {})
    (folder / "a.docx").write_bytes(document)
    command = [require_office(), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(folder / "a.docx")]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    return (folder / "a.pdf").read_bytes()


def test_two_offices_at_once_do_not_disturb_each_other() -> None:
    with Office(processes=1) as one, Office(processes=1) as other, ThreadPoolExecutor(2) as threads:
        made = [threads.submit(office.pdf, a_report()) for office in (one, other) for _ in range(3)]
        assert len({len(text_of(pdf.result())) for pdf in made}) == 1


def test_an_archive_form_and_a_plain_one_are_asked_for_at_a_time(by_way: Callable[[bool], None]) -> None:
    by_way(False)
    with Office(processes=1) as office, ThreadPoolExecutor(4) as threads:
        made = threads.map(office.pdf, [a_report()] * 4, [PdfForm.PLAIN, PdfForm.ARCHIVE] * 2)
        assert [b"pdfaid:part" in pdf for pdf in made] == [False, True] * 2


def test_a_document_that_says_english_though_its_characters_are_chinese_is_chinese(
    pdf_office: Office,
) -> None:
    parts = parts_of(a_report())
    english = parts["word/styles.xml"].replace(b'<w:lang w:val="zh-CN"', b'<w:lang w:val="en-US"', 1)
    assert english != parts["word/styles.xml"]
    assert b"/Lang(zh-CN)" in pdf_office.pdf(composed(parts | {"word/styles.xml": english}))

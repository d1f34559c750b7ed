"""The window, driven on a screen that nobody sees: what is shown of each file, what its buttons do, how it ends."""

from __future__ import annotations

import gc
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from places import SAMPLES

from reportfill.cli.language import speak
from reportfill.cli.window import run_window
from tools.screen import wait_until

if not os.environ.get("CI"):
    pytest.importorskip("tkinter")
import tkinter as tk

from reportfill.cli.window_view import Window

SOUND, FAULTY = SAMPLES / "weihui-xinfang-2023.xlsx", SAMPLES / "typical-mistakes-2023.xlsx"
REPORT = "卫辉市信访局2023年政府信息公开工作年度报告.docx"
DIALOG = ".__tk_filedialog.contents.f2"


@pytest.fixture
def window(display: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """A window in Chinese, with nothing in it."""
    monkeypatch.setenv("DISPLAY", display)
    speak("zh")
    shown = Window(tk.Tk())
    yield shown
    if not is_closed(shown):
        shown.root.destroy()
    del shown
    gc.collect()  # Tk must be let go of by the thread that made it


def is_closed(window: Window) -> bool:
    """Whether a window is there no more."""
    try:
        window.root.winfo_exists()
    except tk.TclError:
        return True
    return False


def see(window: Window, is_so: Callable[[], bool]) -> None:
    """Let a window live until something is so."""

    def lives_and_is_so() -> bool:
        if not is_closed(window):
            window.root.update()
        return is_so()

    wait_until(lives_and_is_so)


def filled(window: Window, *names: Path) -> None:
    """Let a window fill files to the end."""
    window.fill([str(name) for name in names])
    see(window, lambda: window.work is None)
    window.root.update()


def listed(window: Window) -> list[tuple[str, ...]]:
    """What stands in the list of files."""
    return [tuple(window.list.item(row, "values")) for row in window.list.get_children()]


def told(window: Window) -> str:
    """What is told of the selected file."""
    return window.told.get("1.0", "end")


def can_press(window: Window) -> set[str]:
    """The buttons that have something to do."""
    return {name for name, button in window.buttons.items() if not button.instate(["disabled"])}


def copies(folder: Path, count: int) -> list[Path]:
    """So many copies of the sound workbook, each in a folder of its own, so that each has its report."""
    made = [folder / f"{number:02}" / "表.xlsx" for number in range(count)]
    for path in made:
        path.parent.mkdir(parents=True)
        shutil.copy(SOUND, path)
    return made


def reports(folder: Path) -> list[Path]:
    """The reports below a folder."""
    return sorted(folder.rglob("*.docx"))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with a sound workbook, a faulty one and one that is none."""
    folder = tmp_path / "收件 & 100%"
    folder.mkdir()
    shutil.copy(SOUND, folder / "a.xlsx")
    shutil.copy(FAULTY, folder / "b.xlsx")
    (folder / "c.xlsx").write_bytes(b"nothing")
    return folder


def test_of_each_file_is_shown_what_came_of_it(window: Window, inbox: Path) -> None:
    filled(window, inbox)
    (sound, faulty, unusable) = listed(window)
    assert sound == ("a.xlsx", "已生成报告")
    assert faulty[0] == "b.xlsx"
    assert faulty[1].startswith("需要修改（错误11")
    assert unusable == ("c.xlsx", "无法使用")
    assert window.status.get() == "共3个文件：生成报告1份，有错误1份，无法使用1个。"
    assert float(window.bar.cget("value")) == float(window.bar.cget("maximum")) == 3
    assert [path.name for path in reports(inbox)] == [REPORT]
    assert (inbox / "b-需修改.xlsx").is_file()


def test_what_is_to_be_corrected_is_selected_and_told_with_its_cells(window: Window, inbox: Path) -> None:
    filled(window, inbox)
    (selected,) = window.list.selection()
    assert window.list.item(selected, "values")[0] == "b.xlsx"
    words = told(window)
    assert f"文件：{inbox / 'b.xlsx'}" in words
    assert str(inbox / "b-需修改.xlsx") in words
    assert words.count("错误　") == 11
    assert "错误　表三!D7\n问题：" in words
    assert words.count("处理办法：") == words.count("问题：") > 11
    assert can_press(window) == {"returned", "folder", "choose"}
    window.list.selection_set(window.list.get_children()[0])
    window.root.update()
    assert told(window) == f"文件：{inbox / 'a.xlsx'}\n报告：{inbox / REPORT}\n\n"
    assert can_press(window) == {"report", "folder", "choose"}


def test_nothing_of_the_window_is_cut_off(window: Window, inbox: Path) -> None:
    long = inbox / f"{'清河县人民政府办公室' * 6}2025年政府信息公开工作年度报告（填报表）.xlsx"
    shutil.copy(FAULTY, long)
    filled(window, inbox)
    root = window.root
    assert root.winfo_width() >= root.winfo_reqwidth() <= 1024
    assert root.winfo_height() >= root.winfo_reqheight() <= 728  # a small screen, less its task bar
    for button in window.buttons.values():
        assert button.winfo_width() >= button.winfo_reqwidth()
        assert button.winfo_rootx() + button.winfo_width() <= root.winfo_rootx() + root.winfo_width()
    shown = listed(window)[-1][0]
    assert shown.startswith("清河县")
    assert shown.endswith("（填报表）.xlsx")
    assert "…" in shown
    font = tk.font.nametofont("TkDefaultFont")
    for values in listed(window):
        for column, value in zip(("name", "result"), values, strict=True):
            assert font.measure(value) < window.list.column(column, "width")


def test_the_buttons_open_what_they_name(
    window: Window, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = tmp_path / "opened"
    program = tmp_path / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >> "{opened}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    filled(window, inbox)
    for row, buttons in ((0, ("report", "folder")), (1, ("returned", "folder"))):
        window.list.selection_set(window.list.get_children()[row])
        window.root.update()
        for name in buttons:
            before = opened.read_text() if opened.exists() else ""
            window.buttons[name].invoke()
            wait_until(lambda before=before: opened.exists() and opened.read_text() != before)
    said = opened.read_text().splitlines()
    assert said == [str(inbox / REPORT), str(inbox), str(inbox / "b-需修改.xlsx"), str(inbox)]


def test_where_nothing_opens_files_that_is_said(
    window: Window, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(window, inbox)
    monkeypatch.setenv("PATH", str(tmp_path))
    window.buttons["folder"].invoke()
    assert window.status.get() == "xdg-open：没有这个文件或文件夹"


def test_what_cannot_be_written_is_told_and_the_others_go_on(window: Window, inbox: Path) -> None:
    (inbox / REPORT).mkdir()
    filled(window, inbox)
    assert [result for _, result in listed(window)][0::2] == ["未能生成文件", "无法使用"]
    window.list.selection_set(window.list.get_children()[0])
    window.root.update()
    assert f"{inbox / REPORT}是文件夹" in told(window)
    assert can_press(window) == {"folder", "choose"}
    assert (inbox / "b-需修改.xlsx").is_file()


def test_stopped_it_finishes_the_file_in_hand_and_begins_no_other(window: Window, tmp_path: Path) -> None:
    names = copies(tmp_path, 12)
    window.fill(list(map(str, names)))
    assert can_press(window) == {"stop"}
    see(window, lambda: len(listed(window)) > 0)
    window.buttons["stop"].invoke()
    see(window, lambda: window.work is None)
    done = len(listed(window))
    assert 0 < done < 12
    assert len(reports(tmp_path)) == done
    assert (
        window.status.get()
        == f"已停止，还有{12 - done}个文件没有处理。共{done}个文件：生成报告{done}份，有错误0份，无法使用0个。"
    )
    assert "choose" in can_press(window)
    assert "stop" not in can_press(window)


def test_closed_while_it_works_it_finishes_the_file_in_hand(window: Window, tmp_path: Path) -> None:
    window.fill(list(map(str, copies(tmp_path, 12))))
    see(window, lambda: len(listed(window)) > 0)
    window.close()
    see(window, lambda: is_closed(window))
    assert 0 < len(reports(tmp_path)) < 12
    assert all(path.stat().st_size > 10_000 for path in reports(tmp_path))
    assert list(tmp_path.rglob("*.tmp")) == []


def test_closed_twice_it_is_gone_at_once(window: Window, tmp_path: Path) -> None:
    window.fill(list(map(str, copies(tmp_path, 12))))
    work = window.work
    assert work is not None
    window.close()
    assert not is_closed(window)
    assert window.status.get() == "正在处理的文件完成后停止……"
    window.close()
    assert is_closed(window)
    wait_until(lambda: any("已停止" in getattr(news, "words", "") for news in work.news()))


def test_a_corrected_copy_is_filled_instead_and_that_is_said(window: Window, inbox: Path) -> None:
    filled(window, inbox)
    shutil.copy(SOUND, inbox / "b-需修改.xlsx")
    filled(window, inbox)
    assert listed(window)[0] == ("说明", "部分文件没有读取")
    assert [name for name, _ in listed(window)[1:]] == ["a.xlsx", "b-需修改.xlsx", "c.xlsx"]
    window.list.selection_set(window.list.get_children()[0])
    window.root.update()
    assert f"取改正后的b-需修改.xlsx，不再读取{inbox / 'b.xlsx'}" in told(window)
    assert can_press(window) == {"choose"}


def test_of_marked_workbooks_that_nobody_has_corrected_it_says_that_they_are_not_read(
    window: Window, inbox: Path, tmp_path: Path
) -> None:
    filled(window, inbox)
    marked = tmp_path / "marked"
    marked.mkdir()
    for name in ("a-需修改.xlsx", "b-需修改.xlsx"):
        shutil.copy(inbox / "b-需修改.xlsx", marked / name)
    filled(window, marked)
    assert listed(window) == [("说明", "部分文件没有读取")]
    assert "退回后没有改动的2个文件不再读取：a-需修改.xlsx、b-需修改.xlsx" in told(window)
    assert window.status.get() == "共0个文件：生成报告0份，有错误0份，无法使用0个。"
    assert len(list(marked.iterdir())) == 2


def test_where_there_is_nothing_to_read_that_is_said(window: Window, tmp_path: Path) -> None:
    filled(window, tmp_path)
    assert window.status.get() == "没有可以读取的填报表"
    filled(window, tmp_path / "no.xlsx")
    assert listed(window) == [("no.xlsx", "无法使用")]
    assert f"没有这个文件：{tmp_path / 'no.xlsx'}" in told(window)


def test_files_are_chosen_in_a_dialog(window: Window, tmp_path: Path) -> None:
    (path,) = copies(tmp_path, 1)

    def choose_it() -> None:
        window.root.tk.call(f"{DIALOG}.ent", "insert", "end", str(path))
        assert window.root.tk.call(f"{DIALOG}.ok", "cget", "-text") == "打开"
        window.root.tk.call(f"{DIALOG}.ok", "invoke")

    window.root.after(500, choose_it)
    window.buttons["choose"].invoke()
    see(window, lambda: window.work is None)
    assert listed(window) == [("表.xlsx", "已生成报告")]
    assert len(reports(tmp_path)) == 1


def test_where_nothing_is_chosen_it_says_what_can_be_done(window: Window) -> None:
    window.root.after(500, lambda: window.root.tk.call(f"{DIALOG}.cancel", "invoke"))
    window.choose()
    assert window.status.get().startswith("没有选择文件。请点“选择填报表”")


def test_in_english_no_chinese_is_said_but_what_reports_say(window: Window, inbox: Path) -> None:
    window.root.destroy()
    speak("en")
    window = Window(tk.Tk())
    filled(window, inbox)
    assert window.status.get() == "3 files: 1 report written, 1 to be corrected, 1 unusable."
    words = [window.root.title(), *(str(button.cget("text")) for button in window.buttons.values())]
    words += [value for values in listed(window) for value in values]
    assert not re.search("[\u4e00-\u9fff]", " ".join(words))
    assert "What to do: " in told(window)
    window.root.destroy()


def started(*names: Path, streams: str = "", **environment: str) -> subprocess.Popen[bytes]:
    """The program of the icon as a process of its own, its streams led elsewhere by a shell."""
    line = f'exec "$0" -P -m reportfill.cli.window "$@" {streams}'
    command = ["bash", "-c", line, sys.executable, *map(str, names)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, **environment})


@pytest.mark.parametrize("count", [1, 3, 20])  # 20: by several processes
def test_it_needs_no_streams(display: str, tmp_path: Path, count: int) -> None:
    copies(tmp_path, count)
    folders = sorted(tmp_path.iterdir())
    with started(*folders, streams="<&- >&- 2>&-", DISPLAY=display) as process:
        wait_until(lambda: len(reports(tmp_path)) == count)
        assert process.poll() is None  # it stays until somebody closes it
        process.terminate()
        assert process.stderr is not None
        assert process.stderr.read() == b""


def test_without_a_screen_it_names_the_command(tmp_path: Path) -> None:
    with started(tmp_path, DISPLAY="", WAYLAND_DISPLAY="", REPORTFILL_LANG="zh") as process:
        assert process.stderr is not None
        said = process.stderr.read().decode()
    assert process.returncode == 2
    assert said == "reportfill: 没有可以显示窗口的屏幕；请改用命令：reportfill fill 填报表\n"


def test_without_tkinter_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    speak("zh")
    monkeypatch.setitem(sys.modules, "tkinter", None)
    with pytest.raises(SystemExit) as ended:
        run_window()
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "sudo apt install python3-tk" in line

"""How the window looks, and what its buttons call. What it shows is made in `window`."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import tkinter as tk
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from tkinter import filedialog, font, ttk
from typing import Literal

from reportfill.batch.inputs import LARGEST_INPUT
from reportfill.cli.language import language, say, told
from reportfill.cli.window import Begun, Ended, News, Row, Work
from reportfill.errors import UsageError
from reportfill.shortcuts import ICON, TITLE, WINDOW_CLASS
from reportfill.system_words import in_one_line
from reportfill.windows import draw_sharply

_FONTS = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "SimSun",
)
"""Fonts for Chinese that systems have, the clearest first."""

_NAMED_FONTS = ("TkDefaultFont", "TkTextFont", "TkHeadingFont", "TkMenuFont", "TkCaptionFont")
_COLOURS = {"done": "#1a7f37", "error": "#c00000", "warning": "#9a6700", "note": "#57606a"}
_LETTERS = 100
"""So many letters wide are list and text."""

_LOOK_AGAIN = 50
"""Milliseconds between two looks at the news."""


def show_window(names: Sequence[str]) -> None:
    """Show the window until it is closed, and fill what is named, or what is chosen in it. Raises UsageError where
    there is no screen."""
    if sys.platform == "win32":
        with suppress(OSError, AttributeError):  # an older Windows, or set for us already
            draw_sharply()
    try:
        root = tk.Tk(className=WINDOW_CLASS)
    except tk.TclError as error:
        raise UsageError(
            f"there is no screen to draw a window on ({error}); run: reportfill fill FILE...",
            "没有可以显示窗口的屏幕；请改用命令：reportfill fill 填报表",
        ) from error
    window = Window(root)
    if names:
        window.fill(names)
    else:
        root.after(_LOOK_AGAIN, window.choose)
    root.mainloop()


class Window:
    """A list of files with what came of each, in full for the one that is selected, and what of it can be opened."""

    def __init__(self, root: tk.Tk) -> None:
        self.root = root
        self.work: Work | None = None
        self.rows: dict[str, Row] = {}
        self.files = self.done = 0
        self._closing = False
        _speak_and_look_like_the_system(root)
        root.title(told(TITLE))
        root.iconphoto(True, tk.PhotoImage(master=root, file=ICON.with_suffix(".png")))
        root.protocol("WM_DELETE_WINDOW", self.close)
        self.frame = ttk.Frame(root, padding=_wide(2))
        self.status = tk.StringVar(root)
        self.bar = ttk.Progressbar(self.frame, mode="determinate")
        self.list = self._list_of_files()
        self.told = self._text()
        self.buttons = self._buttons()
        self._lay_out()
        self._refresh()

    def choose(self) -> None:
        """Let files be chosen, and fill them."""
        kind = (say("填报表", "Workbooks"), " ".join(f"*{suffix}" for suffix in LARGEST_INPUT))
        names = filedialog.askopenfilenames(
            parent=self.root, title=say("选择填报表", "Choose workbooks"), filetypes=[kind]
        )
        if names:
            self.fill(names)
        elif not self.rows:
            self.status.set(
                say(
                    "没有选择文件。请点“选择填报表”，或者把填报表、文件夹拖到桌面的图标上。",
                    "Nothing was chosen. Choose workbooks here, or drop workbooks and folders onto the icon.",
                )
            )

    def fill(self, names: Sequence[str]) -> None:
        """Fill files anew."""
        self.list.delete(*self.rows)
        self.rows.clear()
        self.done = 0
        self.bar.configure(value=0)
        self.status.set(say("正在读取……", "Reading …"))
        self.work = Work(names)
        self._refresh()
        self._listen()

    def close(self) -> None:
        """Close the window, after the file in hand where there is one; at once where that is asked for again."""
        if self.work is None or self._closing:
            self.root.destroy()
            return
        self._closing = True
        self._stop()

    def _stop(self) -> None:
        if self.work is not None:
            self.work.stop()
            self.status.set(say("正在处理的文件完成后停止……", "Stopping after the file in hand …"))
            self.buttons["stop"].state(["disabled"])

    def _listen(self) -> None:
        """Show the news, now and until the end is told."""
        if self.work is None:
            return
        for one in self.work.news():
            self._take(one)
        if self.work is not None:
            self.root.after(_LOOK_AGAIN, self._listen)
        elif self._closing:
            self.root.destroy()

    def _take(self, news: News) -> None:
        if isinstance(news, Begun):
            self.files = news.files
            if news.remarks:
                not_read = say("部分文件没有读取", "some files are not read")
                self._add(Row(say("说明", "Note"), not_read, news.remarks, "note"))
            self._tell_progress()
        elif isinstance(news, Ended):
            self.work = None
            self.status.set(news.words)
            self._select_what_to_correct()
            self._refresh()
        else:
            self.done += 1
            self._add(news)
            self._tell_progress()

    def _tell_progress(self) -> None:
        self.bar.configure(maximum=self.files, value=self.done)
        said = f"共{self.files}个文件，已完成{self.done}个……", f"{self.done} of {self.files} done …"
        self.status.set(say(*said))

    def _add(self, row: Row) -> None:
        name = _fitting(row.name, self.list.column("name", "width") - _wide(2))
        added = self.list.insert("", "end", values=(name, row.result), tags=(row.style,))
        self.rows[added] = row
        if not self.list.selection():
            self.list.selection_set(added)

    def _select_what_to_correct(self) -> None:
        """Select the first file that is to be corrected, unless somebody has selected another one meanwhile."""
        faulty = [one for one, row in self.rows.items() if row.style == "error"]
        if faulty and self.list.selection() == (next(iter(self.rows)),):
            self.list.selection_set(faulty[0])
            self.list.see(faulty[0])

    def _selected(self) -> Row | None:
        selected = self.list.selection()
        return self.rows[selected[0]] if selected else None

    def _refresh(self, _: object = None) -> None:
        """Show what belongs to the selected file, and which buttons have something to do."""
        row = self._selected()
        self.told.configure(state="normal")
        self.told.delete("1.0", "end")
        for line in row.lines if row else ():
            self.told.insert("end", f"{line.words}\n", line.style)
        self.told.configure(state="disabled")
        able = {
            "report": row is not None and row.report is not None,
            "returned": row is not None and row.returned is not None,
            "folder": row is not None and row.folder is not None,
            "stop": self.work is not None,
            "choose": self.work is None,
        }
        for name, is_able in able.items():
            self.buttons[name].state(["!disabled" if is_able else "disabled"])

    def _open(self, part: str) -> None:
        """Open what belongs to the selected file, with the program that the system has for it."""
        path: Path | None = getattr(self._selected(), part, None)
        if path is None:
            return
        try:
            _open_with_the_system(path)
        except OSError as error:
            self.status.set(told(in_one_line(error)))

    def _list_of_files(self) -> ttk.Treeview:
        made = ttk.Treeview(
            self.frame, columns=("name", "result"), show="headings", height=6, selectmode="browse"
        )
        columns = (("name", say("文件", "File"), 60), ("result", say("结果", "Result"), 40))
        for column, words, letters in columns:
            made.heading(column, text=words, anchor="w")
            made.column(column, width=_wide(letters), anchor="w")
        for style, colour in _COLOURS.items():
            made.tag_configure(style, foreground=colour)
        made.bind("<<TreeviewSelect>>", self._refresh)
        return made

    def _text(self) -> tk.Text:
        gap = _wide(1)
        made = tk.Text(
            self.frame, width=_LETTERS, height=12, wrap="word", font="TkTextFont", state="disabled"
        )
        made.configure(relief="solid", borderwidth=1, padx=gap, pady=gap // 2, spacing3=gap // 3)
        for style, colour in _COLOURS.items():
            made.tag_configure(style, foreground=colour, spacing1=gap)
        made.tag_configure("finding", lmargin1=3 * gap, lmargin2=3 * gap)
        return made

    def _buttons(self) -> dict[str, ttk.Button]:
        row = ttk.Frame(self.frame)
        row.grid(row=4, column=0, columnspan=2, sticky="ew")

        def button(words: str, side: Literal["left", "right"], call: Callable[[], None]) -> ttk.Button:
            made = ttk.Button(row, text=words, command=call)
            made.pack(side=side, ipadx=_wide(1), padx=(0, _wide(1)) if side == "left" else (_wide(1), 0))
            return made

        return {
            "report": button(say("打开报告", "Open report"), "left", lambda: self._open("report")),
            "returned": button(
                say("打开退回的填报表", "Open marked workbook"), "left", lambda: self._open("returned")
            ),
            "folder": button(say("打开文件夹", "Open folder"), "left", lambda: self._open("folder")),
            "choose": button(say("选择填报表", "Choose workbooks"), "right", self.choose),
            "stop": button(say("停止", "Stop"), "right", self._stop),
        }

    def _lay_out(self) -> None:
        gap = _wide(1)
        self.frame.pack(fill="both", expand=True)
        status = ttk.Label(self.frame, textvariable=self.status, wraplength=_wide(_LETTERS))
        status.grid(row=0, column=0, columnspan=2, sticky="ew")
        self.bar.grid(row=1, column=0, columnspan=2, sticky="ew", pady=gap)
        for row, part in ((2, self.list), (3, self.told)):
            bar = ttk.Scrollbar(self.frame, command=part.yview)
            part.configure(yscrollcommand=bar.set)
            part.grid(row=row, column=0, sticky="nsew", pady=(0, gap))
            bar.grid(row=row, column=1, sticky="ns", pady=(0, gap))
        self.frame.columnconfigure(0, weight=1)
        self.frame.rowconfigure(2, weight=1)
        self.frame.rowconfigure(3, weight=3)
        self.root.update_idletasks()
        self.root.minsize(self.root.winfo_reqwidth(), self.root.winfo_reqheight())


def _wide(letters: int) -> int:
    """How many pixels so many letters take, so that everything grows with the font and the screen."""
    return font.nametofont("TkDefaultFont").measure("0") * letters


def _fitting(words: str, pixels: int) -> str:
    """Words that fit into so many pixels; of longer ones the middle is left out."""
    measure = font.nametofont("TkDefaultFont").measure
    shown, left = words, len(words)
    while measure(shown) > pixels and left > 4:
        left -= 1
        shown = f"{words[: left - left // 2]}…{words[-(left // 2) :]}"
    return shown


def _speak_and_look_like_the_system(root: tk.Tk) -> None:
    """Set the font, the theme, and the language of Tk's own dialogs."""
    there = set(font.families(root))
    for family in [name for name in _FONTS if name in there][:1]:
        for name in _NAMED_FONTS:
            font.nametofont(name).configure(family=family)
    line = font.nametofont("TkDefaultFont").metrics("linespace")
    style = ttk.Style(root)
    if sys.platform == "linux":
        style.theme_use("clam")
        style.configure("Horizontal.TProgressbar", background="#4a6984")
        style.configure("Vertical.TScrollbar", arrowsize=line * 2 // 3)
    style.configure("Treeview", rowheight=line * 3 // 2)
    if language() == "zh":
        root.tk.eval("::msgcat::mclocale zh_cn; ::msgcat::mcload [file join $::tk_library msgs]")


def _open_with_the_system(path: Path) -> None:
    """Open a file or a folder with the program that the system has for it. Raises OSError."""
    if sys.platform == "win32":
        os.startfile(path)
        return
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    nowhere = subprocess.DEVNULL
    opening = subprocess.Popen([opener, path], stdin=nowhere, stdout=nowhere, stderr=nowhere)
    threading.Thread(target=opening.wait, daemon=True).start()  # it may last as long as the file is open

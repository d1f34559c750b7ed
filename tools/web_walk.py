"""A walk in a browser through every page that the server shows (tools/web_pages.py), for whoever looks at them: to take
pictures, or to judge them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from tools.screen import wait_until
from tools.web_pages import PAGES

_WRONG_UNTIL_TOLD_TO_WAIT = 6


@dataclass(frozen=True)
class Stage:
    """What the walk through a campaign finds: an agency with two sound versions, its link's code, a faulty workbook
    that it hands in, and a coordinator's account."""

    agency: str
    link_code: str
    faulty: Path
    user: str
    password: str


@dataclass(frozen=True)
class Walk:
    """Somebody who goes from page to page of a server, and looks at each."""

    page: Page
    address: str
    look: Callable[[Page, str], None]

    def alone(self, sound: Path, faulty: Path, form: str) -> None:
        """The pages without a campaign, with a sound workbook and a faulty one, and the form at an address."""
        self._go("/tools", "start")
        self.page.set_input_files("#files", [sound, faulty])
        self._press("form[enctype] button.main")
        self.look(self.page, "results")
        results = self.page.url.removeprefix(self.address)
        self._go(f"{results}/1", "result-sound")
        self._go(f"{results}/1/pages", "result-pages")
        self._go(f"{results}/2", "result-faulty")
        self._go(form, "form")
        self._go("/results/removed", "error-404", 404)
        self._go("/too-large", "error-413", 413)

    def of_campaign(self, stage: Stage) -> None:
        """The pages of a campaign: those of an agency, then those of the office."""
        self._of_agency(stage)
        self._of_office(stage)

    def _of_agency(self, stage: Stage) -> None:
        self._go("/agency", "error-401", 401)
        self._go("/a/AAAA-BBBB", "error-403", 403)
        self._go("/", "campaign-home")
        self.page.goto(f"{self.address}/a/{stage.link_code}")
        self.page.set_input_files("#file", stage.faulty)
        self._press("form[enctype] button.main")
        wait_until(lambda: self.page.reload() and not self.page.get_by_text("正在校验").count())
        self.look(self.page, "receipt")
        self._go("/agency", "agency")
        self._go("/agency/form", "agency-form")
        self._go("/agency/last-year", "last-year")

    def _of_office(self, stage: Stage) -> None:
        self._go("/sign-in", "sign-in")
        for _ in range(_WRONG_UNTIL_TOLD_TO_WAIT):
            if self.page.locator("#name").count():
                self._sign_in("nobody", stage.password)
        self.look(self.page, "error-429")
        self.page.goto(f"{self.address}/sign-in")
        self._sign_in(stage.user, stage.password)
        self._go("/office", "dashboard")
        self._go("/office/reminders", "reminders")
        own = f"/office/agencies/{stage.agency}"
        self._go(own, "one-agency")
        self._go(f"{own}/versions/2/pages", "office-pages")
        self._go(f"{own}/changes?before=1&now=2", "changes")
        self._go("/office/accept", "accept")
        self._press("main button.main")
        self.look(self.page, "accepted")
        self.page.goto(f"{self.address}/office/operations")
        self._press("form[action$=rollup] button.main")
        wait_until(lambda: self.page.reload() and not self.page.locator("progress").count())
        self.look(self.page, "operation")
        self._go("/office/operations", "operations")
        self._go("/office/log", "log")
        self._go("/office/people", "people")
        self._go("/office/audit", "access-log")

    def _sign_in(self, name: str, password: str) -> None:
        self.page.fill("#name", name)
        self.page.fill("#password", password)
        self._press("main button.main")

    def _go(self, path: str, name: str, status: int = 200) -> None:
        """Look at the page of an address."""
        answer = self.page.goto(self.address + path)
        assert answer is not None, path
        assert answer.status == status, f"{path}: {answer.status}"
        assert answer.headers["content-type"].startswith("text/html"), path
        self.look(self.page, PAGES[name].name)

    def _press(self, selector: str) -> None:
        """Press a button, and wait for where it leads."""
        with self.page.expect_navigation():
            self.page.click(selector)

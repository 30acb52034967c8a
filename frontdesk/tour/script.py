"""The tour itself: a day at the desk and in the lobby, from the first start to going home."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from frontdesk import i18n
from frontdesk.i18n import mark, tr
from frontdesk.tour import paper, phone
from frontdesk.tour.log import Log, Step
from frontdesk.tour.remote import NotSeen, Screen

LOGIN, PERSON, PASSWORD = "anna", "安然", "a practice password"
HOME = "3-2-1002"
FAULT = "厨房洗菜盆下面的水管接头在滴水，地柜已经泡湿。"
LAMP = "五层楼道灯不亮，晚上看不清台阶。"
VISITOR = "闻人哲"
_KIOSK_CODE = re.compile(r"\b([0-9A-HJKMNP-TV-Z]{5})[ -]([0-9A-HJKMNP-TV-Z]{5})\b")
_NUMBER = re.compile(r"\b1[3-9]\d ?\d{4} ?\d{4}\b")
_BADGE = re.compile(r"\b[A-Z]{1,2}-\d{3,}\b")
_ORDER = re.compile(r"\bWO-\d{6}-\d{4}\b")
REGISTERS = {
    "calls": mark("Calls and visits"),
    "engineering": mark("Engineering record"),
    "other": mark("Other record"),
    "communication": mark("Communication record"),
    "complaints": mark("Complaints"),
    "services": mark("Special services"),
    "follow-ups": mark("Follow-ups"),
}
WITHIN_S = 1.0  # the console shows a kiosk's visit within this time


class Tour:
    """Both programs, each in a process of its own, and the log of what was done with them."""

    def __init__(self, folder: Path, language: str, pause_s: float) -> None:
        self.folder, self._language, self._pause_s = folder, language, pause_s
        self._data, self._feed = folder / "data", folder / "feed"
        self.log = Log(folder, language)
        self._number = ""
        self._order = ""
        self._badge = ""
        i18n.use(language)
        phone.nobody(self._feed)

    def run(self) -> None:
        """The whole tour; raises NotSeen where a screen does not bear it out."""
        os.environ["FRONTDESK_DATA"] = str(self._data / "machine")
        os.environ["FRONTDESK_KIOSK_DATA"] = str(self._data / "kiosk")
        os.environ["XDG_CONFIG_HOME"] = str(self._data / "config")
        with self._screen("console", "--site", "practice") as console:
            self._first_start(console)
            self._looks(console)
            self._look_round(console)
            self._find_number(console)
            self._take_call(console)
            self._print_order(console)
            self._close_case(console)
            self._unknown_caller(console)
            self._registers(console)
            self._site_data(console)
            self._kiosk_day(console)
            self._lock(console)
            self.log.holds["console"] = console.probe()
        self.log.write()

    def _screen(self, program: str, *arguments: str) -> Screen:
        named = ["--lang", self._language, *arguments]
        return Screen(program, named, self.folder, self._pause_s)

    def _seen(self, step: Step, screen: Screen, *texts: str) -> None:
        """All of these can be read; a picture of it."""
        for text in texts:
            screen.expect(text)
        step.seen += texts
        number, part = len(self.log.steps), len(step.files) + 1  # a step may look more than once
        step.files.append(screen.shot(f"{number:02d}-{step.name}-{part}-{screen.program}"))

    # --- console -----------------------------------------------------------------------------------------------------

    def _first_start(self, console: Screen) -> None:
        with self.log.step("first-start", tr("First start: practise on a sample community")) as step:
            self._seen(step, console, tr("Name of the site"))
            console.fill(tr("Administrator's login"), LOGIN)
            console.fill(tr("Administrator's name"), PERSON)
            console.fill(tr("Password"), PASSWORD)
            console.fill(tr("Password again"), PASSWORD)
            console.click(tr("Set up"))
            self._seen(step, console, tr("The recovery code"))
        with self.log.step("recovery-sheet", tr("The recovery sheet as a PDF")) as step:
            console.click(tr("Print or save as PDF"))
            sheet = self._save_pdf(console, step, "recovery")
            step.seen += paper.lines(sheet)[:4]
            console.click(tr("To sign-in"))
        with self.log.step("sign-in", tr("Sign in")) as step:
            self._seen(step, console, tr("Login or name"))
            console.fill(tr("Login or name"), LOGIN)
            console.fill(tr("Password"), PASSWORD)
            console.key("Return")
            self._seen(step, console, tr("Today"), tr("Today's contacts"))

    def _look_round(self, console: Screen) -> None:
        pages = (
            tr("Reception"),
            tr("Cases"),
            tr("Visitors"),
            tr("Registers"),
            tr("Reports"),
            tr("Settings"),
            tr("Today"),
        )
        for page in pages:
            with self.log.step("page", tr("Open {page}", page=page)) as step:
                console.click(page)
                self._seen(step, console, page)

    def _find_number(self, console: Screen) -> None:
        """Somebody at the desk, found by their home; their number is shown for a reason, and read off the screen."""
        with self.log.step("walk-in", tr("A walk-in, found by the home")) as step:
            console.key("F3")
            console.expect(tr("Find a person or home"))
            console.type(HOME)
            console.expect("3栋2单元1002")
            console.key("Return")
            self._seen(step, console, tr("Somebody else"))
            console.click(tr("Show the number, with a reason"))
            console.fill(tr("Reason"), "回访核对")
            console.key("Return")
            self._number = console.find(_NUMBER)
            console.key("Escape")
            console.click(tr("Discard"))
            console.expect(tr("Nobody is on the line"))

    def _take_call(self, console: Screen) -> None:
        with self.log.step("call", tr("F2: a call from a registered number")) as step:
            console.key("F2")
            console.expect(tr("Telephone number"))
            console.type(self._number)
            console.expect(tr("Number matches"))
            console.expect(tr("Somebody else"))
            console.key("Return")
            console.type(LAMP)
            self._seen(step, console, tr("Service work order"), tr("Procedure {clause}", clause="4.1.1"))

    def _print_order(self, console: Screen) -> None:
        with self.log.step("print", tr("Record, preview and print the service work order")) as step:
            console.key("Ctrl+Return")
            pdf = self._save_pdf(console, step, "work-order")
            words = paper.lines(pdf)
            self._order = _first(_ORDER, words)
            for wanted in ("服务工作单", self._order):
                if not any(wanted in line for line in words):
                    raise NotSeen(f"the paper does not say {wanted!r}: {words}")
            if not paper.code(pdf):
                raise NotSeen("the paper's QR code cannot be read")
            step.seen += [self._order, paper.code(pdf)[:4] + "…"]
            step.files.append(paper.picture(pdf, self.folder / "work-order.png"))
            self._seen(step, console, self._order)

    def _save_pdf(self, console: Screen, step: Step, name: str) -> Path:
        path = self.folder / f"{name}.pdf"
        path.unlink(missing_ok=True)
        console.expect(tr("Ctrl+S saves a PDF file in place of printing."))
        step.files.append(console.shot(f"{len(self.log.steps):02d}-{step.name}-preview"))
        console.key("Ctrl+S")
        console.fill(tr("PDF file"), str(path))
        console.key("Return")
        console.expect_gone(tr("PDF file"))
        step.files.append(path.name)
        return path

    def _close_case(self, console: Screen) -> None:
        with self.log.step("refused", tr("Closing is refused while a step is missing")) as step:
            console.click(tr("Complete"))
            self._seen(step, console, tr("Result written back"), tr("Customer told"))
        with self.log.step("hand-on", tr("Hand the order on")) as step:
            console.key("H")
            console.expect(tr("Hand the matter on"))
            console.fill(tr("To whom"), "周启明")
            console.key("Return")
            console.expect_gone(tr("Hand the matter on"))
            self._seen(step, console, "周启明")
        with self.log.step("result", tr("Write the result back")) as step:
            console.click(tr("Result"))
            console.expect(tr("Write the result back"))
            console.type("更换灯泡与声控开关，试亮正常。")
            console.click(tr("Write back"))
            self._seen(step, console, "更换灯泡与声控开关，试亮正常。")
        with self.log.step("reply", tr("Reply to the customer")) as step:
            console.click(tr("Reply"))
            console.expect(tr("Reply to the customer"))
            console.type("已告知住户修好，住户满意。")
            console.click(tr("Record"))
            self._seen(step, console, "已告知住户修好，住户满意。")
        with self.log.step("complete", tr("Mark completed")) as step:
            console.click(tr("Complete"))
            self._seen(step, console, tr("Marked completed"), tr("Reopen"))

    def _unknown_caller(self, console: Screen) -> None:
        with self.log.step("unknown", tr("F2: a call from an unknown number")) as step:
            console.key("F2")
            console.expect(tr("Telephone number"))
            console.type("19900000000")
            console.fill(tr("Home or place"), HOME)
            console.fill(tr("What is reported"), FAULT)
            self._seen(step, console, tr("Unverified"), tr("What will happen"))
            console.key("Ctrl+S")
            console.expect(tr("What happened"))

    # --- the books ---------------------------------------------------------------------------------------------------

    def _registers(self, console: Screen) -> None:
        """Every register, as it stands after the last days."""
        console.click(tr("Registers"))
        for name, text in REGISTERS.items():
            with self.log.step(f"register-{name}", tr("Register: {name}", name=tr(text))) as step:
                console.click(tr(text))
                self._seen(step, console, tr(text))

    def _site_data(self, console: Screen) -> None:
        with self.log.step("site-data", tr("The site's own data")) as step:
            console.click(tr("Settings"))
            console.click(tr("Site data"))
            self._seen(step, console, tr("For the first order"))
            console.click(tr("General"))
            console.expect(tr("Kiosks"))

    # --- kiosk -------------------------------------------------------------------------------------------------------

    def _kiosk_day(self, console: Screen) -> None:
        lobby = self._data / "machine" / "lobby" / "practice"
        upright = ("--windowed", "--size", "1080x1920")
        with self._screen("kiosk", *upright, "--lobby", str(lobby), "--feed", str(self._feed)) as kiosk:
            self._pair(console, kiosk)
            self._invite(console)
            self._come_in(console, kiosk)
            self._call_desk(console, kiosk)
            self._leave(console, kiosk)
            self.log.holds["kiosk"] = kiosk.probe()

    def _pair(self, console: Screen, kiosk: Screen) -> None:
        with self.log.step("pair", tr("Pair the kiosk by the code on its screen")) as step:
            self._seen(step, kiosk, tr("Read this code out to the desk"))
            code = kiosk.find(_KIOSK_CODE)
            console.click(tr("Settings"))
            console.click(tr("Pair"))
            console.fill(tr("Code on the kiosk's screen"), code)
            console.key("Return")
            self._seen(step, console, tr("Kiosks"))
            console.expect_gone(tr("Code on the kiosk's screen"))
        with self.log.step("welcome", tr("The kiosk welcomes visitors")) as step:
            self._seen(step, kiosk, tr("I have an invitation"))

    def _invite(self, console: Screen) -> None:
        with self.log.step("invite", tr("F4: invite a visitor")) as step:
            console.key("F4")
            console.expect(tr("Visitor's name"))
            console.fill(tr("Visitor's name"), VISITOR)
            console.key("Return")
            self._seen(step, console, tr("QR code of the invitation"))
            console.photograph(tr("QR code of the invitation"), self.folder / "invitation-code.png")
            console.click(tr("Done"))

    def _come_in(self, console: Screen, kiosk: Screen) -> None:
        with self.log.step("show-code", tr("The visitor shows the code to the kiosk")) as step:
            phone.holds_up(self._feed, self.folder / "invitation-code.png")
            self._seen(step, kiosk, tr("Yes, let me in"))
            phone.nobody(self._feed)
        with self.log.step("pass", tr("Confirm: the pass, and the visit on the console")) as step:
            kiosk.click(tr("Yes, let me in"))
            kiosk.expect(tr("Code of your badge"))
            self._badge = kiosk.find(_BADGE)
            waited_ms = console.expect(self._badge)
            step.seen.append(tr("{badge} on the console after {ms} ms", badge=self._badge, ms=round(waited_ms)))
            kiosk.photograph(tr("Code of your badge"), self.folder / "badge-code.png")
            self._seen(step, kiosk, self._badge)
            self._seen(step, console, self._badge, tr("On site"))
            if waited_ms > WITHIN_S * 1000:
                raise NotSeen(f"the visit was on the console only after {waited_ms:.0f} ms")

    def _call_desk(self, console: Screen, kiosk: Screen) -> None:
        with self.log.step("call-desk", tr("Call the desk from the kiosk")) as step:
            kiosk.click(tr("Done"))
            kiosk.expect(tr("I have an invitation"))
            kiosk.click(tr("Call the desk"))
            self._seen(step, kiosk, tr("The desk is being called"))
            self._seen(step, console, tr("On my way"))
            console.click(tr("On my way"))
            console.expect_gone(tr("On my way"))
            kiosk.click(tr("Back to the first page"))

    def _leave(self, console: Screen, kiosk: Screen) -> None:
        with self.log.step("leave", tr("Leave by the badge's code")) as step:
            kiosk.click(tr("I am leaving"))
            kiosk.expect(tr("Show the code of your badge"))
            phone.holds_up(self._feed, self.folder / "badge-code.png")
            self._seen(step, kiosk, tr("Goodbye"))
            phone.nobody(self._feed)
            self._seen(step, console, tr("Undo check-out"))

    # --- looks -------------------------------------------------------------------------------------------------------

    def _looks(self, console: Screen) -> None:
        other = "en" if self._language != "en" else "zh_CN"
        names = {"zh_CN": "简体中文", "en": "English"}
        for scheme in (tr("Dark"), tr("High contrast"), tr("Light")):
            with self.log.step("look", tr("Look: {scheme}", scheme=scheme)) as step:
                self._choose(console, scheme)
                self._seen(step, console, tr("Visitors"))
        with self.log.step("language", tr("Another language, without a restart")) as step:
            self._choose(console, names[other])
            i18n.use(other)
            self._seen(step, console, tr("Visitors"))
            self._choose(console, names[self._language])
            i18n.use(self._language)
            console.expect(tr("Visitors"))

    def _choose(self, console: Screen, name: str) -> None:
        console.click(tr("Language and look"))
        console.click(name)

    def _lock(self, console: Screen) -> None:
        with self.log.step("lock", tr("F9 locks, the password unlocks")) as step:
            console.key("F9")
            self._seen(step, console, tr("Unlock"))
            console.fill(tr("Password"), PASSWORD)
            console.key("Return")
            self._seen(step, console, tr("Visitors"))


def _first(pattern: re.Pattern[str], texts: list[str]) -> str:
    """The first text that has it."""
    for text in texts:
        found = pattern.search(text)
        if found:
            return found.group(0)
    raise NotSeen(f"nothing like {pattern.pattern} can be read: {texts}")


def run(folder: Path, language: str, pause_s: float, told: Callable[[str], None]) -> int:
    """Runs the tour into a folder; returns 0 when every screen and paper bore it out, else 1."""
    folder.mkdir(parents=True, exist_ok=True)
    tour = Tour(folder, language, pause_s)
    try:
        tour.run()
    except NotSeen as error:
        told(tr("The tour broke off: {why}", why=str(error)))
        return 1
    held = [str(hold) for holds in tour.log.holds.values() if isinstance(holds, dict) for hold in holds["holds"]]
    if held:
        told(tr("The window was held too long: {where}", where="; ".join(held)))
        return 1
    told(tr("The tour is whole: {n} steps, see {folder}", n=len(tour.log.steps), folder=str(folder)))
    return 0

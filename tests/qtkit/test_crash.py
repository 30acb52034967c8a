"""Reports of bugs: written, told of, free of personal data."""

import threading

from frontdesk.qtkit.crash import KEPT, Reporter, write_report


def _fail(text):
    try:
        raise KeyError(text)
    except KeyError as error:
        return error


def test_a_report_says_where_and_not_what(tmp_path):
    report = write_report(tmp_path / "logs", _fail("13812345678"))
    text = report.read_text(encoding="utf-8")
    assert "builtins.KeyError" in text
    assert "test_crash.py" in text
    assert "13812345678" not in text


def test_old_reports_go(tmp_path):
    for i in range(KEPT + 3):
        (tmp_path / f"bug-20200101-000000-{i:06}.txt").write_text("", encoding="utf-8")
    write_report(tmp_path, _fail("x"))
    assert len(list(tmp_path.glob("bug-*.txt"))) == KEPT


def test_a_folder_that_cannot_be_written_is_no_second_error(tmp_path):
    (tmp_path / "logs").write_text("a file", encoding="utf-8")
    assert write_report(tmp_path / "logs", _fail("x")) is None


def test_errors_of_every_thread_are_caught(qtbot, tmp_path, capsys):
    reporter = Reporter(tmp_path)
    reporter.install()
    try:
        with qtbot.waitSignal(reporter.happened) as told:
            thread = threading.Thread(target=int, args=("x",))
            thread.start()
            thread.join()
    finally:
        reporter.remove()
    assert told.args[0].endswith(".txt")
    assert len(list(tmp_path.glob("bug-*.txt"))) == 1

"""A person's own shorthand: written in Settings, kept sealed here, typed like the force's."""

from pytestqt.qtbot import QtBot

from tests.views.stage import Night
from tests.views.test_asked_strip import noting, write
from workstation.desk.own_shorthand import SETTING
from workstation.views.settings import SettingsPage
from workstation.views.shorthand_field import ShorthandField


def field_of(qtbot: QtBot, night: Night) -> ShorthandField:
    page = SettingsPage(night.desk)
    qtbot.addWidget(page)
    found = page.findChild(ShorthandField)
    assert found is not None
    return found


def test_ones_own_letters_expand_as_the_forces_do(qtbot: QtBot, night: Night) -> None:
    composer = noting(qtbot, night).work.report.composer
    night.desk.shorthand.keep(";bk Rang back at {time}.")
    write("x ;bk ;nfa ")
    assert composer.text.text == ("x Rang back at 02:47. 02:47 No further action by the police. ")
    assert ";bk  Rang back at {time}." in composer.text.toolTip()


def test_it_is_kept_as_it_is_typed_and_what_is_wrong_stands_beside_it(
    qtbot: QtBot, night: Night
) -> None:
    field = field_of(qtbot, night)
    field.area.insertPlainText(";bk Rang back\n;nfa Mine")
    qtbot.waitUntil(lambda: night.desk.shorthand.text == ";bk Rang back\n;nfa Mine")
    assert field.error.text().startswith("Line 2: ;nfa is the force's")
    assert night.desk.shorthand.known()["bk"] == "Rang back"
    assert night.desk.shorthand.known()["nfa"] == night.desk.pack.shorthand["nfa"]
    assert night.desk._stock.work.setting(SETTING) == ";bk Rang back\n;nfa Mine"
    assert field_of(qtbot, night).area.text == ";bk Rang back\n;nfa Mine"


def test_it_lies_sealed_on_the_disk(qtbot: QtBot, night: Night) -> None:
    night.desk.shorthand.keep(";qq Unmistakable words of hers")
    folder = night.desk._stock.profile.folder
    bytes_there = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"Unmistakable words" not in bytes_there

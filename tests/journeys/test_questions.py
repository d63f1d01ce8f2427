"""What is asked and advised, by keyboard alone: a domestic report and a missing person."""

from PySide6.QtWidgets import QApplication

from tests.journeys.stage import Seat, Store
from workstation.desk.desk import Desk
from workstation.domain.report import Report, ReportId
from workstation.views.report.page import QUESTIONS

LOST_BOY = "OPN-0008"


def the_one_in_hand(there: Seat) -> ReportId:
    """The report on the page."""
    there.until(lambda: there.main.work.report.report_id is not None)
    report = there.main.work.report.report_id
    assert report is not None
    return report


def asked(report: Report, guide: str) -> tuple[int, set[str]]:
    """How many questions were answered, and what bears on risk."""
    stands = report.answered_of(guide)
    if stands is None:
        return 0, set()
    return stands.asked, {one.words for one in stands.raised}


def test_a_domestic_call_is_taken_asked_about_and_advised(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    hands = handler.hands
    hands.press("Ctrl+T")
    hands.write("My ex has come to the house, he is controlling and ;t ")
    handler.until_reads("Weapons: not mentioned yet")
    hands.press("Ctrl+Return")
    report = the_one_in_hand(handler)
    tabs = handler.main.work.report.tabs
    handler.until(lambda: tabs.tabText(QUESTIONS) == "Questions: not asked")
    hands.press("F10")
    handler.until_reads("DASH or DARA: not done")
    hands.press("Y", "N", "K", "Y", "N")
    handler.until_reads("Consider sending officers now (Ctrl+Shift+E). Stay on the line.")
    hands.press("Ctrl+Return")
    handler.until_sent()
    answered = store.event(report, "QuestionsAnswered")
    assert answered["guide"] == "domestic-abuse"
    flag = store.event(report, "FlagSet")
    assert flag["name"] == "Domestic abuse"
    handler.until(lambda: tabs.tabText(QUESTIONS).startswith("Questions 5/"))
    handler.tab_to(
        "Read out, for safety: If you cannot speak, ring 999 from a mobile and press 55 when you "
        "are asked."
    )
    hands.press("Space", "Ctrl+Return")
    handler.until_sent()
    assert "press 55" in str(store.event(report, "AdviceGiven"))
    count, risks = 5, {"the person is there now", "cannot talk freely", "strangled or choked"}
    seen = handler.agreed(colleague, report, lambda one: asked(one, "domestic-abuse")[0])
    assert asked(seen, "domestic-abuse") == (count, risks)
    lines = [one.entry for one in colleague.entries(report)]
    assert [line.title for line in lines if line.guide] == [
        "Questions, Domestic abuse: 5 answers",
        "Advice given: Domestic abuse",
    ]


def test_a_missing_person_is_asked_about_from_the_form_and_what_is_typed_is_kept(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    boy, hands = store.public.send(LOST_BOY), handler.hands
    handler.stand_on(boy)
    hands.press("Return", "F10")
    handler.until_reads("Suggested by the form")
    for words in ("Ariel Mudd, Ari", "31/02/2013", "Her father", "Brampton park, her brother"):
        hands.write(words)
        hands.press("Return")
    handler.until_reads("There is no 31/02/2013")
    hands.write("Diabetic, no insulin with her")
    hands.press("Return", "Return")
    focus = QApplication.focusWidget()
    assert focus is not None
    for letter in ("Y", "N", "Y"):
        hands.press(letter)
    hands.write("Insulin by eight")
    hands.press("Ctrl+Return")
    handler.until_sent()
    answers = store.event(boy, "QuestionsAnswered")["answers"]
    assert isinstance(answers, list)
    given = {one["question"]: one["words"] for one in answers}
    assert given["born"] == "31/02/2013"
    assert given["medical-what"] == "Insulin by eight"
    seen = handler.agreed(colleague, boy, lambda one: asked(one, "missing")[0])
    assert {"medical need, or not known", "out of character, or not known"} <= asked(
        seen, "missing"
    )[1]
    assert [flag.name for flag in seen.flags] == ["Safeguarding"]

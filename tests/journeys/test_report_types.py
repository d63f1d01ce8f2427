"""Each type of report the public can make (rows S94 to S101), from arrival to its decision."""

import pytest

from tests.journeys.stage import Seat, Store
from tests.journeys.test_crimes import hand_to_imu, record_crime
from workstation.desk.desk import Desk
from workstation.domain.report import ReportId

CYCLIST = "OPN-0044"
PHONE_NEVER_CAME, CARD_COLLECTED = "OPN-0184", "OPN-0059"
CAR_GONE, CAR_TOWED = "OPN-0149", "OPN-0117"
QUADS = "OPN-0093"
CARE_HOME = "OPN-0174"
CHILDS_BRACELET = "OPN-0041"
THANKS, RUDE_HANDLER = "OPN-0080", "OPN-0182"
PURSE = "OPN-0129"
KEYS = set("YNK1234")


def ask(there: Seat, report: ReportId, why: str, *answers: str) -> None:
    """Open it, answer the guide its form suggests from the first question on, and log that."""
    there.stand_on(report)
    there.hands.press("Return", "F10")
    there.until_reads(f"Suggested {why}")
    give(there, *answers)


def give(there: Seat, *answers: str) -> None:
    """Answer question by question: a key where there is a choice, else words and Enter."""
    for answer in answers:
        if answer in KEYS:
            there.hands.press(answer)
        else:
            there.hands.write(answer)
            there.hands.press("Return")
    there.hands.press("Ctrl+Return")
    there.until_sent()


def answered(store: Store, report: ReportId) -> dict[str, str]:
    """The answers last logged, by question."""
    given = store.event(report, "QuestionsAnswered")["answers"]
    assert isinstance(given, list)
    return {one["question"]: one["words"] for one in given}


def grade(there: Seat, key: str, why: str, levels: str = "T1 H1 R1 I1 V1 E1") -> None:
    """Assess the elements, then choose a grade and say why."""
    there.hands.press("F2")
    there.assess(levels)
    there.press_primary()
    there.until_sent()
    there.hands.press("F2", f"Alt+{key}")
    there.hands.write(why)
    there.press_primary()
    there.until_sent()


def close(there: Seat, why: str, told: str, answer: str = "Closed.") -> None:
    """Close it, and say what the caller was told; `answer` comes up then."""
    there.hands.press("F3", "X")
    there.hands.write(why)
    there.hands.press("Tab", "1", "Tab", "Tab", "Tab")
    there.hands.write(told)
    there.press_primary()
    there.until_reads(answer)
    there.until_sent()


def test_a_collision_whose_injuries_nobody_knows_gets_officers(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    cyclist = store.public.send(CYCLIST)
    ask(handler, cyclist, "by the form", "Y", "K", "N", "Pightle End, by the bridge")
    handler.until_reads(
        "Consider sending officers now (Ctrl+Shift+E). Ask for fire and ambulance."
    )
    handler.hands.press("Ctrl+Shift+E")
    handler.hands.write("Cyclist down, may be badly hurt, driver gone")
    handler.press_primary()
    handler.until_sent()
    graded = store.event(cyclist, "ReportGraded")
    assert (graded["code"], graded["band"]) == ("I", 1)
    seen = handler.agreed(colleague, cyclist, lambda report: report.is_emergency)
    assert {one.words for one in seen.raised} == {
        "somebody hurt, or not known", "badly hurt or trapped, or not known",
    }  # fmt: skip


def test_a_fraud_with_nobody_near_and_nobody_vulnerable_goes_to_report_fraud(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    phone = store.public.send(PHONE_NEVER_CAME)
    ask(handler, phone, "by the form", "N", "N", "N", "A website", "600")
    handler.hands.press("F3", "0", "F")
    handler.press_primary()
    handler.until_reads("Redirected to Report Fraud")
    handler.until_sent()
    assert store.event(phone, "ReportRedirected")["agency"] == "report-fraud"
    assert answered(store, phone)["lost"] == "600"
    seen = handler.agreed(colleague, phone, lambda report: report.redirection)
    assert not seen.is_open


def test_a_fraud_whose_courier_is_on_the_way_stays_with_the_police(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    courier = store.public.send(CARD_COLLECTED)
    ask(handler, courier, "by the form", "Y", "Y", "Y")
    handler.until_reads("This stays with the police: consider sending officers now")
    handler.hands.press("F3", "F")
    handler.press_primary()
    handler.press_primary()
    handler.until_reads("Work it here and grade it (F2). If the answer was wrong")
    assert "ReportRedirected" not in store.told(courier)
    handler.hands.press("Ctrl+Shift+E")
    handler.hands.write("Courier on the way to a woman of 84")
    handler.press_primary()
    handler.until_sent()
    handler.hands.press("F3", "F")
    handler.press_primary()
    handler.until_reads("Graded an emergency: it cannot be redirected.")
    seen = handler.agreed(colleague, courier, lambda report: report.is_emergency)
    assert "Safeguarding" in [flag.name for flag in seen.flags]


def test_a_stolen_vehicle_is_a_crime_with_its_registration(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    car = store.public.send(CAR_GONE)
    ask(handler, car, "by the form", "YZ67 UHM", "Toyota Yaris, silver", "1", "Last night", "N")
    assert answered(store, car) | {"now": "no"} == {
        "plate": "YZ67 UHM", "what": "Toyota Yaris, silver", "stolen": "Stolen",
        "last": "Last night", "now": "no",
    }  # fmt: skip
    number = record_crime(handler, "theft of a motor vehicle", victim="4")
    hand_to_imu(handler, "No CCTV; keys at home.")
    handler.until_reads("Handed to the IMU.")
    handler.until_sent()
    seen = handler.agreed(colleague, car, lambda report: report.hand_off)
    assert [crime.number for crime in seen.crimes] == [number]


def test_a_vehicle_that_was_towed_stays_an_incident(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    car = store.public.send(CAR_TOWED)
    handler.stand_on(car)
    handler.hands.press("Return")
    grade(handler, "R", "Towed by a recovery firm; she rang them.")
    close(handler, "The recovery firm has it.", "The firm has it; no crime is recorded.",
          "Record it first, or that it is not known.")  # fmt: skip
    assert "ReportClosed" not in store.told(car)
    handler.tab_to("Record it")
    handler.hands.press("Space")
    handler.hands.write("not known")
    handler.hands.press("Return")
    handler.until_sent()
    handler.hands.press("F3")
    handler.press_primary()
    handler.until_reads("Closed.")
    handler.until_sent()
    assert answered(store, car)["plate"] == "not known"
    seen = handler.agreed(colleague, car, lambda report: report.closing)
    assert not seen.crimes
    assert seen.reference.startswith("CC-")


def test_anti_social_behaviour_has_its_category_and_its_check_for_earlier_contacts(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    quads = store.public.send(QUADS)
    handler.stand_on(quads)
    handler.hands.press("Return")
    handler.until_reads("The category of anti-social behaviour has to be on record.")
    handler.hands.press("F10")
    give(handler, "N", "2", "N", "Each weekend", "Y")
    handler.until(lambda: "anti-social behaviour has to be" not in handler.reads())
    grade(handler, "S", "Officers meet the warden on Friday.", "T2 H2 R2 I2 V1 E1")
    assert answered(store, quads)["kind"] == "Nuisance"
    earlier = store.event(quads, "RiskAssessed")["earlier"]
    assert isinstance(earlier, dict)
    assert earlier["searched"] == "this desk and the store"
    seen = handler.agreed(colleague, quads, lambda report: report.grading)
    assert [flag.name for flag in seen.flags] == ["Repeat victim"]


def test_a_missing_person_is_not_let_go_without_a_risk_level_and_officers_never_wait_for_it(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    gone = store.public.send(CARE_HOME)
    ask(handler, gone, "by the form", "Sasha Mudd", "3/11/1944", "Manager of her home",
        "8.10, by the door, in slippers", "Dementia", "Searched the grounds", "Y", "N", "Y",
        "Tablets at noon", "N", "N", "Y", "N", "N", "N")  # fmt: skip
    handler.until_reads("The risk level of a missing person has to be judged.")
    handler.hands.press("F2")
    handler.assess("T1 H3 R3 I2 V3 E1")
    handler.hands.press("Alt+R")
    handler.hands.write("The home looks for her")
    handler.press_primary()
    handler.until_reads("Record it first: high, medium, low or no apparent risk. Source: College")
    assert "ReportGraded" not in store.told(gone)
    handler.hands.press("Ctrl+Shift+E")
    handler.hands.write("82, dementia, in slippers by a road")
    handler.press_primary()
    handler.until_sent()
    assert store.event(gone, "ReportGraded")["code"] == "I"
    handler.tab_to("Record it")
    handler.hands.press("Space", "Down", "Tab", "Return")
    handler.until_reads("Missing person, high:")
    handler.until_sent()
    assert answered(store, gone) == {"level": "High"}
    seen = handler.agreed(colleague, gone, lambda report: report.settled)
    assert [(one.words, one.by.name) for one in seen.settled] == [("High", "Kelly Rowe")]
    assert "Missing person" in [flag.name for flag in seen.flags]


def test_found_property_is_answered_with_advice_and_closed(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    bracelet = store.public.send(CHILDS_BRACELET)
    ask(handler, bracelet, "by the form", "N", "N", "Last Wednesday", "A bracelet", "N")
    grade(handler, "R", "Found property, nobody in danger.")
    close(handler, "Guidance given.", "Hand it in at the lake’s office; the maker has its number.")
    closed = store.event(bracelet, "ReportClosed")
    assert "the maker has its number" in str(closed["caller_told"])
    seen = handler.agreed(colleague, bracelet, lambda report: report.closing)
    assert not seen.is_open


def test_thanks_are_passed_on_and_closed(store: Store, handler: Seat, colleague: Desk) -> None:
    thanks = store.public.send(THANKS)
    handler.stand_on(thanks)
    handler.hands.press("Return")
    grade(handler, "R", "Thanks to a colleague.")
    close(handler, "Passed to Godmanchester’s neighbourhood team.", "We passed your thanks on.")
    seen = handler.agreed(colleague, thanks, lambda report: report.closing)
    assert seen.closing is not None
    assert seen.closing.reason == "Passed to Godmanchester’s neighbourhood team."


def test_a_complaint_goes_to_professional_standards(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    complaint = store.public.send(RUDE_HANDLER)
    handler.stand_on(complaint)
    handler.hands.press("Return", "F3", "0", "O")
    handler.hands.write("professional standards")
    handler.hands.press("Return")
    handler.press_primary()
    handler.until_reads("Redirected to Cambridgeshire Constabulary Professional Standards")
    handler.until_sent()
    assert store.event(complaint, "ReportRedirected")["agency"] == "psd-cambs"
    handler.agreed(colleague, complaint, lambda report: report.redirection)


@pytest.mark.timeout(120)
def test_a_crime_has_its_six_fields_and_a_number(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    purse = store.public.send(PURSE)
    handler.stand_on(purse)
    handler.hands.press("Return")
    number = record_crime(handler, "theft from the person")
    handler.hands.press("F10")
    handler.until_reads("Suggested by the crime")
    give(handler, "N", "N", "5 October, 10:05", "A purse, driving licence inside", "N",
         "Nothing damaged", "Her coat pocket", "Y")  # fmt: skip
    assert answered(store, purse).keys() >= {"when", "taken", "damaged", "touched", "video"}
    hand_to_imu(handler, "Shop has CCTV; phone shows in Whittlesey.")
    handler.until_reads("Handed to the IMU.")
    handler.until_sent()
    seen = handler.agreed(colleague, purse, lambda report: report.hand_off)
    assert [crime.number for crime in seen.crimes] == [number]
    assert seen.location.is_given

"""Demonstration reports become contacts as the public sends them, without any label."""

import json

import msgspec
import pytest

from tests.domain.situations import NOW
from workstation.demand.reports import (
    NoReports,
    account_of,
    channel_of,
    contact,
    read_reports,
)
from workstation.domain.report import Channel
from workstation.machine.resources import resource
from workstation.wire.protocol import IntakeReport

LINE = {
    "report_id": "OPN-1",
    "force": "cambridgeshire",
    "channel": "webchat",
    "form": "chat",
    "received_at": "2026-10-05T01:04:29+01:00",
    "receipt_code": "CAM-AAAA-BBBB",
    "reporter": {
        "name": "Ola Nowak",
        "anonymous": False,
        "phone": None,
        "email": "ola@example.org",
        "role": "third_party",
        "preferred_contact": "email",
    },
    "occurred": {"text": None, "from_": "2026-10-04T08:56:47+01:00"},
    "location": {"text": "Mill Road", "town": "Cambridge", "postcode": None, "what3words": None},
    "narrative": "joined otherwise",
    "turns": [
        {"seq": 0, "who": "operator", "text": "How can I help?"},
        {"seq": 1, "who": "customer", "text": "My bike is gone."},
    ],
    "scenario": "theft_of_cycle",
    "traits": ["hostile:html"],
    "gold": {"grade": "scheduled", "rationale": "secret label"},
}


def line(**changes: object) -> str:
    """One line of the file."""
    return json.dumps(LINE | changes)


def one(**changes: object) -> IntakeReport:
    """That line as intake takes it."""
    [report] = read_reports([line(**changes)], "cambridgeshire")
    return contact(report, NOW, "play-000001")


def test_the_turns_of_a_chat_are_joined_with_their_speakers() -> None:
    assert one().account == "[operator] How can I help?\n[customer] My bike is gone."


def test_a_form_is_sent_in_its_own_words() -> None:
    assert one(turns=[]).account == "joined otherwise"


@pytest.mark.parametrize(
    ("written", "channel"),
    [("webchat", Channel.CHAT), ("101", Channel.CALL_101), ("online", Channel.ONLINE)],
)
def test_channels_are_named_as_the_product_names_them(written: str, channel: Channel) -> None:
    assert one(channel=written).channel is channel


def test_facts_and_place_are_mapped() -> None:
    sent = one()
    assert (sent.facts.reporter, sent.facts.reporter_role) == ("Ola Nowak", "third party")
    assert (sent.facts.email, sent.facts.phone, sent.facts.prefers) == (
        "ola@example.org",
        "",
        "email",
    )
    assert sent.facts.occurred == "2026-10-04T08:56:47+01:00"
    assert (sent.location.text, sent.location.town) == ("Mill Road", "Cambridge")


def test_who_wishes_to_be_anonymous_is_not_named() -> None:
    assert one(reporter={"name": "Ola", "anonymous": True}).facts.reporter == ""


def test_it_is_received_now_under_the_plays_id_and_the_store_gives_the_receipt_code() -> None:
    sent = one()
    assert (sent.received_at, sent.external_id, sent.receipt_code) == (NOW, "play-000001", "")


def test_it_happens_now_only_when_the_form_says_so() -> None:
    assert not one().happening_now
    assert one(happening_now=True).happening_now


def test_no_label_is_ever_sent() -> None:
    sent = msgspec.json.encode(one())
    for secret in (b"gold", b"scheduled", b"secret label", b"theft_of_cycle", b"hostile"):
        assert secret not in sent


def test_another_forces_reports_are_left_out() -> None:
    lines = [line(), line(force="leicestershire"), ""]
    assert len(read_reports(lines, "leicestershire")) == 1


def test_a_force_without_reports_is_told_which_there_are() -> None:
    with pytest.raises(NoReports, match="Choose from: cambridgeshire"):
        read_reports([line()], "kent")


@pytest.mark.parametrize("force", ["cambridgeshire", "leicestershire"])
def test_every_report_we_ship_can_be_sent(force: str) -> None:
    lines = resource("demo", "reports.jsonl").read_text(encoding="utf-8").splitlines()
    for report in read_reports(lines, force):
        sent = contact(report, NOW, "x")
        assert msgspec.json.decode(msgspec.json.encode(sent), type=IntakeReport) == sent
        assert channel_of(report) is sent.channel
        assert len(account_of(report)) <= 100_000


def test_a_title_that_is_cut_says_so_and_is_cut_between_words() -> None:
    said = "Two men are climbing over the fence of number twelve and one of them has a long bar"
    title = one(turns=[{"who": "customer", "text": said}]).facts.title
    assert title.endswith("has a long\N{HORIZONTAL ELLIPSIS}")
    assert said.startswith(title.rstrip("\N{HORIZONTAL ELLIPSIS}"))
    short = one(turns=[{"who": "customer", "text": "My bike is gone."}]).facts.title
    assert short == "My bike is gone."

"""`python -m workstation demand` as somebody runs it, against a store over HTTP."""

import json
from datetime import datetime

import pytest

from tests.demand.stores import PASSWORD, fake_store
from workstation.demand.cli import PASSWORD_VARIABLE, main


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    """The password as a shell would give it."""
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)


def test_a_backlog_and_some_arrivals_are_played(capsys: pytest.CaptureFixture[str]) -> None:
    with fake_store() as store:
        arguments = ["--url", store.url, "--account", "web", "--rate", "60000"]
        assert main([*arguments, "--backlog", "12", "--count", "5"]) == 0
    assert len(store.contacts) == 17
    assert len({sent["external_id"] for sent in store.contacts}) == 17
    told = capsys.readouterr()
    assert json.loads(told.out.splitlines()[0])["playing"] == "cambridgeshire"
    assert "17 reports were sent." in told.err


def test_a_second_play_sends_the_same_reports_under_other_ids() -> None:
    with fake_store() as store:
        arguments = ["--url", store.url, "--account", "web", "--backlog", "9", "--count", "0"]
        assert main(arguments) == 0
        assert main(arguments) == 0
    first, second = store.contacts[:9], store.contacts[9:]
    assert [sent["account"] for sent in first] == [sent["account"] for sent in second]
    assert not {s["external_id"] for s in first} & {s["external_id"] for s in second}


def test_every_contact_says_when_it_was_received_with_its_offset() -> None:
    with fake_store() as store:
        main(["--url", store.url, "--account", "web", "--backlog", "3", "--count", "0"])
    for sent in store.contacts:
        assert datetime.fromisoformat(sent["received_at"]).tzinfo is not None


def test_a_force_without_reports_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--url", "http://127.0.0.1:1", "--account", "web", "--force", "kent"]) == 1
    assert "Choose from: cambridgeshire, leicestershire." in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong", [["--rate", "0"], ["--factor", "-1"], ["--backlog", "-3"], ["--rate", "nan"]]
)
def test_senseless_numbers_are_refused(wrong: list[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--url", "http://127.0.0.1:1", "--account", "web", *wrong])

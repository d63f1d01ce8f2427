"""A command that names two reports tells of one in the story of the other."""

import pytest

from tests.store.conftest import PASSWORD, Store
from tests.store.test_leases import levels
from tests.told import repeats
from workstation.domain.claiming import ClaimReport
from workstation.domain.report import EarlierContacts, ReportId
from workstation.domain.risk import AssessRisk
from workstation.domain.roles import Role
from workstation.store import feed


@pytest.mark.invariant("I15")
@pytest.mark.parametrize("way", ["hidden of open", "open of hidden"])
def test_a_restricted_report_is_not_told_of_in_the_story_of_an_open_one(
    store: Store, way: str
) -> None:
    hidden = store.receive("An informant lives at number nine", "h").report
    seen = store.receive("Noise next door", "s").report
    store.api.accounts.add("eve", "Eve", [Role.HANDLER], PASSWORD, ("force", "restricted:1"))
    with store.database.write() as connection:
        feed.rescope(connection, hidden, "restricted:1", "scope")
    report, of = (hidden, seen) if way == "hidden of open" else (seen, hidden)
    eve = store.desk("eve", "W05")
    assert eve.do(ClaimReport(report=report)).word == "accepted"
    thrive = AssessRisk(report=report, levels=levels(store), earlier=EarlierContacts())
    assert eve.do(thrive).word == "accepted"
    newest = {ReportId(report): 99, ReportId(of): 99}
    outcome = eve.do(
        repeats(report=report, of=of, at=store.clock.now(), reason="The same."), newest
    )
    assert (outcome.word, outcome.code) == ("refused", "report/scopes")
    read = [bytes(change.body) for change in store.api.scan(store.token("bob")).changes]
    assert not [body for body in read if b"informant" in body]

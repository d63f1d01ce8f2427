"""How somebody may be reached, set at two desks at once and late: the more careful stands."""

import pytest

from tests.flow.meeting import Meeting
from workstation.domain.contacting import SetSafeContact
from workstation.domain.safe_contact import terms_of
from workstation.store.verify import verify


@pytest.mark.fault("F31")
def test_what_two_desks_set_unseen_by_each_other_binds_both(meeting: Meeting) -> None:
    meeting.ann.line.is_cut = True
    meeting.ann.do(SetSafeContact(report=meeting.id, ways={"phone": "unsafe", "text": "safe"}))
    meeting.bob.do(SetSafeContact(report=meeting.id, ways={"text": "unsafe"}, not_when="nights"))
    meeting.both(meeting.bob)
    meeting.comes_back()
    terms = terms_of(meeting.report.safe_contact)
    assert terms.ways == {"phone": "unsafe", "text": "unsafe"}
    assert terms.not_when == "nights"
    assert meeting.refused(meeting.ann) == meeting.refused(meeting.bob) == []
    for station in (meeting.ann, meeting.bob):
        shown = station.desk.report(meeting.id)
        assert shown is not None
        assert terms_of(shown.report.safe_contact) == terms
    assert verify(meeting.world.database) == []


@pytest.mark.fault("F31")
def test_less_care_that_comes_late_never_undoes_what_its_author_had_not_seen(
    meeting: Meeting,
) -> None:
    meeting.ann.do(SetSafeContact(report=meeting.id, ways={"phone": "unsafe"}))
    meeting.both(meeting.ann, meeting.bob)
    meeting.ann.line.is_cut = True
    why = "Karen, 14:00: he moved out"
    meeting.ann.do(
        SetSafeContact(report=meeting.id, ways={"phone": "safe"}, why=why, saw_number=1)
    )
    meeting.bob.do(
        SetSafeContact(report=meeting.id, ways={"phone": "unsafe"}, needs="BSL", saw_number=1)
    )
    meeting.both(meeting.bob)
    meeting.comes_back()
    assert terms_of(meeting.report.safe_contact).unsafe == ("phone",)
    assert meeting.refused(meeting.ann) == ["SetSafeContact"]
    [card] = [one for one in meeting.ann.desk.attention() if one.mine]
    assert card.case.code == "contact/changed"

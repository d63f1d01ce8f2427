"""What a reporter is sent when their report goes to an agency."""

import pytest

from tests.views.stage import effective
from workstation.desk import Desk
from workstation.domain.report import ReportId
from workstation.views.decide.agency_words import message


@pytest.mark.parametrize(
    ("agency", "name"),
    [
        ("report-fraud", "Report Fraud"),
        ("citizens-advice-consumer", "Citizens Advice consumer service"),
        ("btp", "British Transport Police"),
    ],
)
def test_an_agency_is_named_to_the_public_without_the_directorys_remark(
    desk: Desk, noise: ReportId, agency: str, name: str
) -> None:
    words = message(desk.pack, effective(desk, noise), desk.pack.agency_by_id[agency])
    assert words.startswith(f"Thank you for telling us. {name} deals with this;")
    assert "Action Fraud" not in words

"""What came in after the risk of a report was assessed, until it is assessed again."""

from datetime import datetime

from msgspec.structs import replace

from workstation.domain.judgement import News
from workstation.domain.report import Report
from workstation.domain.roles import Author

NEWS_SHOWN = 5


def with_news(report: Report, at: datetime, by: Author, what: str) -> Report:
    """The report with something that its newest assessment of risk does not know of."""
    if report.thrive is None or at <= report.thrive.at:
        return report
    return replace(report, news=(*report.news, News(at=at, by=by, what=what))[-NEWS_SHOWN:])

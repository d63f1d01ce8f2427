"""What reports and crimes are called by, and the longest line of a key fact."""

from typing import Annotated, NewType

from msgspec import Meta

ReportId = NewType("ReportId", str)
CrimeId = NewType("CrimeId", str)
Line = Annotated[str, Meta(max_length=500)]

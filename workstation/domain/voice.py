"""What dispatch has of a report: on its screen, by voice, and what was asked by voice."""

from datetime import datetime

from workstation.domain.roles import Facet


class ToldByVoice(Facet, frozen=True, kw_only=True):
    """Dispatch was told by voice: whom, and when."""

    told: str


class Opened(Facet, frozen=True, kw_only=True):
    """A dispatcher has it on the screen."""


class VoiceCheck(Facet, frozen=True, kw_only=True):
    """An emergency came long after it was sent: somebody asks by voice whether it still holds.

    `workstation`: the desk it was sent from, where one may ring.
    """

    arrived: datetime
    workstation: str = ""


class CheckedByVoice(Facet, frozen=True, kw_only=True):
    """Somebody asked by voice whether an emergency still holds: whom, and the answer."""

    found: str

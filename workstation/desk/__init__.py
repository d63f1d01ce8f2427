"""The one object a screen talks to, and everything that crosses between the two."""

from workstation.cache.drafts import Draft
from workstation.cache.keys import NoKeys
from workstation.cache.parcel import Case, Colleague, WaitingWork
from workstation.cache.profile import ProfileInUse
from workstation.desk.attention import SETTLING
from workstation.desk.desk import Desk
from workstation.desk.drafting import RELEASE
from workstation.desk.left_here import LeftHere, emergencies_left, not_with_dispatch
from workstation.desk.opening import NotReady, open_desk
from workstation.desk.presence import Present
from workstation.desk.releasing import Released
from workstation.desk.shown import (
    Account,
    Attention,
    BegunCall,
    Counters,
    Hit,
    LinkState,
    Listing,
    Offered,
    Question,
    QueueFilter,
    QueueRow,
    Results,
    Shown,
    ShownEntry,
    Undelivered,
    Unopened,
    UnsavedWords,
    Unsent,
    WaitingAct,
)
from workstation.desk.stock import Fittings
from workstation.desk.suggested import Reason, Suggested
from workstation.domain.places import Place

__all__ = [
    "RELEASE",
    "SETTLING",
    "Account",
    "Attention",
    "BegunCall",
    "Case",
    "Colleague",
    "Counters",
    "Desk",
    "Draft",
    "Fittings",
    "Hit",
    "LeftHere",
    "LinkState",
    "Listing",
    "NoKeys",
    "NotReady",
    "Offered",
    "Place",
    "Present",
    "ProfileInUse",
    "Question",
    "QueueFilter",
    "QueueRow",
    "Reason",
    "Released",
    "Results",
    "Shown",
    "ShownEntry",
    "Suggested",
    "Undelivered",
    "Unopened",
    "UnsavedWords",
    "Unsent",
    "WaitingAct",
    "WaitingWork",
    "emergencies_left",
    "not_with_dispatch",
    "open_desk",
]

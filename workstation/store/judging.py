"""What a command breaks: tried three times, then refused as internal, loudly, and kept."""

import logging
from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa

from workstation.domain import decider
from workstation.domain.act import Command, Context, Decision
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, ReportId
from workstation.store.database import Busy
from workstation.store.problems import ApiProblem
from workstation.store.writing import Judged

Result = TypeVar("Result")
alarm = logging.getLogger("workstation.store.alarm")
TRIES = 3
INTERNAL = Refusal(
    "internal", "The store could not work this out. It is kept; a supervisor will see to it."
)
# The same command may succeed later: it is not what is wrong.
OTHERS_FAULT = (ApiProblem, Busy, MemoryError, sa.exc.DBAPIError, sa.exc.TimeoutError)


def tried(work: Callable[[], Result], what: str, tries: int = TRIES) -> Result | None:
    """What the work gives; None where it broke at each try, which never stops the queue."""
    for attempt in range(tries):
        try:
            return work()
        except OTHERS_FAULT:
            raise
        except Exception:  # noqa: BLE001 - what a command breaks is its own case; it is logged
            alarm.exception("%s failed, try %d", what, attempt + 1)
    return None


def judge(before: dict[ReportId, Report], command: Command, context: Context) -> Judged:
    """What the rules say: the events and what they change, or a refusal."""
    what = f"{type(command).__name__} on {command.report}"
    return tried(lambda: _judged(before, command, context), what) or Judged(refusal=INTERNAL)


def _judged(before: dict[ReportId, Report], command: Command, context: Context) -> Judged:
    decision: Decision = decider.decide(before.get(command.report), command, context)
    if isinstance(decision, Refusal):
        return Judged(refusal=decision)
    return Judged(decision, decider.apply(before, decision, context.who.id))

"""Whether the clocks of a force pack make sense: how long each runs, and the bank holidays."""

from collections.abc import Iterator

from workstation.domain.pack import Pack, Promises
from workstation.domain.working_days import holiday_problems

LONGEST = 525_600  # minutes of a year; no clock of a pack is further off than calendars reckon
MOST_WORKING_DAYS = 250


def clock_problems(pack: Pack) -> Iterator[str]:
    """Everything wrong with a pack's clocks, as `key path: what, and what may be`."""
    yield from _promise_problems(pack.promises)
    yield from _code_problems(pack)
    yield from holiday_problems(pack.bank_holidays)


def _promise_problems(promises: Promises) -> Iterator[str]:
    for name in promises.__struct_fields__:
        value = getattr(promises, name)
        most = MOST_WORKING_DAYS if name.endswith("working_days") else LONGEST
        if isinstance(value, int) and not 1 <= value <= most:
            yield f"promises.{name}: {value} is not allowed; give 1 to {most}"


def _code_problems(pack: Pack) -> Iterator[str]:
    code = pack.victims_code
    for name in ("working_days", "enhanced_working_days", "needs_working_days"):
        days = getattr(code, name)
        if not 1 <= days <= MOST_WORKING_DAYS:
            yield f"victims_code.{name}: {days} is not allowed; give 1 to {MOST_WORKING_DAYS}"
    for id in code.enhanced_flags:
        if id not in pack.flag_by_id:
            known = ", ".join(pack.flag_by_id) or "none: the force has no flags"
            yield f"victims_code.enhanced_flags: {id} is not a flag; allowed: {known}"

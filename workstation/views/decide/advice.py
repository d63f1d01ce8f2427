"""What may be said of a suggestion: only what raises, beside what the person decided.

Nothing here says that there is no emergency, and no grade below the person's own is proposed.
"""

from collections.abc import Iterable, Sequence

from workstation.desk import Reason, Suggested
from workstation.domain.pack import Band, Grade, Offence, Pack
from workstation.domain.report import Report
from workstation.views.decide.grade_words import short_name
from workstation.views.decide.suggestion_box import NOTHING_MATCHED, READING, Key, Told

GRADE, FLAG, OFFENCE, SEND = "grade ", "flag ", "offence ", "send"
EMERGENCY = "Emergency now?"
STAYS = "The words suggest that it stays with the police"


def grade_lines(
    pack: Pack, report: Report, suggested: Suggested | None, chosen: Grade | None
) -> tuple[Told, ...]:
    """Which grade at least, and which risks, for the panel that grades.

    Where officers may be needed now, that is said above, and no lesser way is offered beside it.
    """
    if (unread := _unread(suggested)) is not None:
        return (unread,)
    if suggested is None or suggested.nothing:
        return (Told(NOTHING_MATCHED, icon="info"),)
    is_alarmed = bool(emergency_line(report, suggested))
    grade = None if is_alarmed else at_least(pack, report, suggested, chosen)
    lines = [_grade_line(grade, suggested)] if grade is not None else []
    return (*lines, *_flag_lines(pack, report, suggested))


def emergency_line(report: Report, suggested: Suggested | None) -> tuple[Told, ...]:
    """That officers may be needed now, unless they have been sent."""
    is_sent = report.grading is not None and report.grading.sends_officers
    if suggested is None or not suggested.emergency or is_sent:
        return ()
    reasons = suggested.because.get("emergency", ())
    return (Told(EMERGENCY, reasons, (Key("Send officers now", SEND),), "danger", "siren"),)


def agency_lines(pack: Pack, suggested: Suggested | None) -> tuple[Told, ...]:
    """Whose matter it is by the words, for the panel that redirects."""
    if (unread := _unread(suggested)) is not None:
        return (unread,)
    if suggested is None or suggested.nothing:
        return (Told(NOTHING_MATCHED, icon="info"),)
    reasons = suggested.because.get("agency", ())
    if suggested.emergency or suggested.decision == "police":
        return (Told(STAYS, reasons, tone="warn", icon="shield-alert"),)
    names = _agency_names(pack, suggested)
    also = " and that the police deal with it, too" if suggested.decision == "split" else ""
    return (Told(f"The words suggest {names}{also}", reasons, icon="arrow-left-right"),)


def offence_lines(pack: Pack, suggested: Suggested | None) -> tuple[Told, ...]:
    """The first three offences by the words, each a key that writes it into the field."""
    if (unread := _unread(suggested)) is not None:
        return (unread,)
    offences = offences_of(pack, suggested)
    if suggested is None or not offences:
        return (Told(NOTHING_MATCHED, icon="info"),)
    keys = tuple(
        Key("Use", f"{OFFENCE}{one.code}", offence_words(one), f"Use {offence_words(one)}")
        for one in offences
    )
    return (Told("The words suggest", suggested.because.get("offence", ()), keys),)


def offences_of(pack: Pack, suggested: Suggested | None) -> list[Offence]:
    """The offences suggested that the pack knows."""
    codes = suggested.offences if suggested is not None else ()
    return [pack.offence_by_code[code] for code in codes if code in pack.offence_by_code]


def offence_words(offence: Offence) -> str:
    """An offence as it stands in its field."""
    return f"{offence.code} {offence.common_name or offence.title}"


def at_least(
    pack: Pack, report: Report, suggested: Suggested, chosen: Grade | None
) -> Grade | None:
    """The force's grade of the band suggested; none where the person's own is as high."""
    own = [grade.band for grade in (report.grading, chosen) if grade is not None]
    if own and min(own) <= suggested.band:
        return None
    return next((grade for grade in pack.grades if grade.band == suggested.band), None)


def _grade_line(grade: Grade, suggested: Suggested) -> Told:
    """The lowest grade is no advice: its line offers no key, and says what it does not say."""
    lead = f"The words suggest at least {short_name(grade)}"
    reasons = suggested.because.get("grade", ())
    if grade.band is Band.RESOLUTION:
        return Told(f"{lead}: not the same as no risk", reasons)
    return Told(lead, reasons, (Key(f"Choose {short_name(grade)}", f"{GRADE}{grade.code}"),))


def _flag_lines(pack: Pack, report: Report, suggested: Suggested) -> Sequence[Told]:
    if not suggested.flags:
        return ()
    names = ", ".join(flag.replace("_", " ") for flag in suggested.flags)
    wanted = [
        kind
        for kind in pack.flags
        if report.flag(kind.id) is None and set(kind.suggested_by) & set(suggested.flags)
    ]
    keys = tuple(
        Key(kind.name, f"{FLAG}{kind.id}", name=f"Flag {kind.name}", icon="flag")
        for kind in wanted
    )
    reasons = flag_reasons(suggested, suggested.flags)
    return (Told(f"Risks in the words: {names}", reasons, keys, "vuln", "flag"),)


def flag_reasons(suggested: Suggested, flags: Iterable[str]) -> tuple[Reason, ...]:
    """The words that speak of any of these risks, each once."""
    every = (reason for flag in flags for reason in suggested.because.get(flag, ()))
    return tuple(dict.fromkeys(every))


def _agency_names(pack: Pack, suggested: Suggested) -> str:
    known = [pack.agency_by_id[id].name for id in suggested.agencies if id in pack.agency_by_id]
    force = pack.agency_by_id.get(f"force-{suggested.force}") if suggested.force else None
    return " and ".join([force.name] if force is not None else known) or "another agency"


def _unread(suggested: Suggested | None) -> Told | None:
    if suggested is None:
        return Told(READING, icon="clock")
    return Told(suggested.trouble, icon="circle-alert", tone="warn") if suggested.trouble else None

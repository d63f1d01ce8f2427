"""A small force pack written by hand, so that the rules' tests need no files."""

from datetime import date

from workstation.domain.guide import AdviceLine, Guide, Question, ShownWhen
from workstation.domain.pack import (
    Agency,
    Band,
    Dispatch,
    FlagKind,
    Grade,
    HardRule,
    Limb,
    NumberPattern,
    Numbers,
    Offence,
    OnAnswer,
    Pack,
    Promises,
    ThriveElement,
)

ABUSE = Guide(
    id="abuse",
    name="Abuse at home",
    valid_from=date(2022, 1, 1),
    source="test",
    questions=(
        Question(
            "neck", "Hands round your neck?", "yes-no",
            raises=("yes", "not known"), short="strangled", flag="domestic-abuse",
        ),
        Question("children", "Are there children?", "yes-no"),
        Question(
            "seen", "Have they seen it?", "choice", ("All of it", "Some"),
            shown_when=ShownWhen("children", ("yes",)),
        ),
        Question("afraid", "Afraid of what?", "text"),
        Question("born", "Born when?", "birth-date"),
    ),
    advice=(
        AdviceLine("keep", "evidence", "Keep every message."),
        AdviceLine("out", "safety", "Go to a neighbour."),
    ),
)  # fmt: skip
MISSING = Guide(
    id="missing",
    name="Missing person",
    valid_from=date(2022, 1, 1),
    source="test",
    questions=(
        Question(
            "level", "Which risk level?", "choice", ("High", "Medium", "Low"),
            raises=("High", "not known"), short="high or not known", flag="missing",
            meanings=("Harm very likely.", "Likely.", "Possible."),
        ),
        Question("plate", "Which vehicle?", "plate"),
    ),
)  # fmt: skip
FRAUD = Guide(
    id="fraud",
    name="Fraud",
    valid_from=date(2022, 1, 1),
    source="test",
    questions=(
        Question("there", "Anybody at the door?", "yes-no", raises=("yes",), short="near"),
        Question("frail", "Vulnerable?", "yes-no", raises=("yes", "not known"), short="frail"),
    ),
)
LEVELS = ("None", "Low", "Med", "High")

PACK = Pack(
    force="cambridgeshire",
    force_name="Cambridgeshire Constabulary",
    force_code="35",
    valid_from=date(2022, 1, 1),
    grades=(
        Grade("I", "Immediate", Band.EMERGENCY, True, 15, rural_target_minutes=20),
        Grade("P", "Prompt", Band.PRIORITY, True, 60),
        Grade("S", "Scheduled", Band.SCHEDULED, True, 2880),
        Grade("A", "Appointment", Band.SCHEDULED, False, 2880),
        Grade("R", "Resolution without deployment", Band.RESOLUTION, False, None),
    ),
    promises=Promises(
        public_hours=48,
        recording_hours=24,
        owed_thrive_minutes=30,
        initial_check_minutes=15,
        unopened_alarm_seconds=60,
        source="test",
    ),
    numbers=Numbers(
        crime=NumberPattern("{force_code}/{serial}/{yy}", "year"),
        incident=NumberPattern("CC-{dd}{mm}{yyyy}-{serial:04}", "day"),
    ),
    thrive=tuple(
        ThriveElement(key, name, LEVELS, f"{name}?")
        for key, name in (("T", "Threat"), ("H", "Harm"), ("V", "Vulnerability"))
    ),
    dispatch=Dispatch("01632 960035", "Demand Hub here."),
    areas=(),
    agencies=(
        Agency("city", "Cambridge City Council", "council", ("noise",), (), "", "", "", "seed"),
        Agency("psd", "Professional Standards", "police", (), (), "", "", "", "seed"),
    ),
    redirect_rules=(),
    offences=(
        Offence("105/01", "Assault without injury", "Violence", "yes", "Common assault"),
        Offence("30C", "Burglary - business", "Burglary", "yes"),
        Offence("28/03", "Other burglary in a dwelling", "Burglary in a dwelling", "yes"),
        Offence("19/08", "Rape of a female", "Rape", "yes"),
    ),
    categories=(),
    terms={},
    flags=(
        FlagKind("safeguarding", "Safeguarding", "May be harmed.", "test"),
        FlagKind("repeat-victim", "Repeat victim", "A victim before.", "test"),
        FlagKind("domestic-abuse", "Domestic abuse", "By a relative.", "test"),
        FlagKind("home-burglary", "Burglary of a home", "Of a home.", "test"),
        FlagKind("welfare", "Concern for welfare", "Worried.", "test"),
        FlagKind("missing", "Missing person", "Nobody knows where.", "test"),
    ),
    hard_rules=(
        HardRule(
            "home-burglary",
            "A burglary of a home is attended",
            ("close", "redirect", "not attend", "hand over"),
            "attended",
            "Grade it so that an officer goes (F2).",
            "NPCC, 2022.",
            ("Burglary in a dwelling",),
            ("home-burglary",),
        ),
        HardRule(
            "right-care",
            "Whether police attend is recorded",
            ("lower", "close", "redirect", "not attend", "hand over"),
            "told",
            "Record the limb first.",
            "Right Care Right Person, 2023.",
            flags=("welfare",),
        ),
        HardRule(
            "missing-level",
            "The risk level of a missing person is recorded",
            ("lower", "close", "redirect", "not attend", "hand over", "give back"),
            "answered",
            "Judge it first.",
            "College of Policing.",
            flags=("missing",),
            forms=("missing",),
            guide="missing",
            question="level",
            once_begun=True,
        ),
        HardRule(
            "must-investigate",
            "It must be investigated",
            ("lower", "close", "redirect", "not attend"),
            "investigated",
            "Hand its crime to the IMU (F5).",
            "test",
            ("Rape",),
            ("domestic-abuse",),
            with_crime=True,
        ),
        HardRule(
            "fraud-stays",
            "Such a fraud stays with the police",
            ("redirect",),
            "answered otherwise",
            "Grade it (F2).",
            "Report Fraud.",
            answers=(
                OnAnswer("fraud", "there", ("yes",)),
                OnAnswer("fraud", "frail", ("yes",)),
            ),
        ),
        HardRule(
            "there-now",
            "Somebody may be there",
            ("close", "redirect", "not attend"),
            "assessed",
            "Assess it, then grade it (F2).",
            "Call handling standards.",
            answers=(
                OnAnswer("fraud", "there", ("yes", "not known")),
                OnAnswer("fraud", "frail", ("yes", "not known")),
            ),
        ),
    ),
    right_care=(
        Limb("life", "Police attend: threat to life", True),
        Limb("signpost", "Police do not attend", False),
    ),
    guides=(ABUSE, MISSING, FRAUD),
)

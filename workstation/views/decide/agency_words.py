"""How an agency is shown, and the message to a reporter whose report goes there."""

from workstation.domain.pack import Agency, Pack
from workstation.domain.report import Report

VERIFIED = {
    "seed": "verified",
    "lookup": "verified",
    "weak": "partly verified",
    "unverified": "unverified",
}


def verified_words(agency: Agency) -> str:
    """How far the directory entry was checked."""
    return VERIFIED.get(agency.verified, "unverified")


def caption(agency: Agency, because: str = "") -> str:
    """Phone, how far it was checked, and why it is suggested."""
    reach = agency.phone.partition(" (")[0] or agency.email or "no phone known"
    return " · ".join(part for part in (reach, verified_words(agency), because) if part)


def message(pack: Pack, report: Report, agency: Agency, topic: str = "") -> str:
    """The plain message: who deals with this, how to reach them, and when to ring 999."""
    about = f" about {topic}" if topic else ""
    reference = f" Our reference is {report.reference}." if report.reference else ""
    return (
        f"Thank you for telling us{about}. {agency.said} deals with this; the police do not. "
        f"{_reach(agency)}{reference} If someone is in danger, call 999. {pack.force_name}"
    )


def _reach(agency: Agency) -> str:
    ways = [f"ring {agency.phone}"] if agency.phone else []
    ways += [f"write to {agency.email}"] if agency.email else []
    ways += [f"go to {agency.url}"] if agency.url else []
    return f"Please {' or '.join(ways)}." if ways else "Please contact them directly."

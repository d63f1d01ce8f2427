"""What is wrong with the words of a pack that are read out to a caller."""

from collections.abc import Iterator

from workstation.domain.pack import Pack, TalkSafely


def say_problems(pack: Pack) -> Iterator[str]:
    """As `key path: what, and what may be`: nothing read out may have a slot that nobody fills."""
    for index, grade in enumerate(pack.grades):
        yield from _slots(f"grades[{index}].say", grade.say)
    if pack.talk_safely is not None:
        yield from _contact_problems(pack.talk_safely, pack)


def _contact_problems(rule: TalkSafely, pack: Pack) -> Iterator[str]:
    yield from _slots("talk_safely.ask", rule.ask)
    for name in ("ask", "source"):
        if not getattr(rule, name).strip():
            yield f"talk_safely.{name}: is empty; give the words, and where the rule is from"
    classes = {offence.class_title for offence in pack.offences}
    known = (
        ("flags", pack.flag_by_id, "flag of this force"),
        ("offences", pack.offence_by_code, "offence of the table"),
        ("classes", classes, "class of offence of the table"),
    )
    for name, there_are, what in known:
        for one in (one for one in getattr(rule, name) if one not in there_are):
            yield f"talk_safely.{name}: {one!r} is no {what}"


def _slots(where: str, words: str) -> Iterator[str]:
    if "{" in words or "}" in words:
        yield f"{where}: holds a slot that nobody fills; give whole sentences, without braces"

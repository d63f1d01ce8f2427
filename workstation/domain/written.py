"""What a person wrote as data: TOML read whole into its shape, or not at all.

Every problem says where it is (the line of bad syntax, else the key path, counting from 0) and
what is allowed there.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, inspect

from workstation.domain.pack import PackProblem

Shape = TypeVar("Shape", bound=Struct)


def read_toml(text: str, shape: type[Shape]) -> Shape:
    """The text in its shape; fields that nothing reads are refused, too."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise PackProblem(_syntax_sentence(text, str(problem))) from problem
    raise_any(_unknown(raw, inspect.type_info(shape), ""))
    try:
        return msgspec.convert(raw, type=shape)
    except msgspec.ValidationError as problem:
        raise PackProblem(_content_sentence(raw, str(problem), shape)) from problem


def raise_any(problems: Iterable[str]) -> None:
    """Refuse the whole for all that is wrong with it."""
    found = list(problems)
    if found:
        raise PackProblem("\n".join(found))


def _unknown(value: object, kind: inspect.Type, path: str) -> Iterator[str]:
    """Fields that nothing reads: refused where a pack is written.

    A desk that is sent a pack passes over them: the store may be of a later release.
    """
    if isinstance(kind, inspect.VarTupleType) and isinstance(value, list):
        for n, item in enumerate(value):
            yield from _unknown(item, kind.item_type, f"{path}[{n}]")
    elif isinstance(kind, inspect.StructType) and isinstance(value, dict):
        fields = {field.encode_name: field.type for field in kind.fields}
        for name, item in value.items():
            if name in fields:
                yield from _unknown(item, fields[name], f"{path}.{name}".lstrip("."))
            else:
                said = f"contains unknown field `{name}`; allowed: {_allowed(kind)}"
                yield f"{path or 'top level'}: {said}"


def _syntax_sentence(toml_text: str, problem: str) -> str:
    """tomllib says `what (at line 3, column 5)`; at the end of the text it gives no line."""
    what, _, where = problem.rpartition(" (at ")
    line = re.match(r"line (\d+), column (\d+)", where)
    if line is None:
        return f"line {len(toml_text.splitlines())}: {what}, at the end of the text"
    return f"line {line[1]}, column {line[2]}: {what}"


def _content_sentence(raw: object, problem: str, whole: type[Struct]) -> str:
    """msgspec's sentence with the key path first and what is allowed last."""
    what, path = _parted(problem)
    kind, value = _at(path, raw, whole)
    allowed = _allowed(kind)
    if what.startswith("Invalid enum value") and allowed:
        return f"{path}: {value} is not one of {allowed}"
    return f"{path or 'top level'}: {what[0].lower()}{what[1:]}"


def plain(problem: str) -> str:
    """A sentence of msgspec with the key path first."""
    what, path = _parted(problem)
    return f"{path or 'top level'}: {what[0].lower()}{what[1:]}"


def _parted(problem: str) -> tuple[str, str]:
    what, _, path = problem.partition(" - at `$")
    return what, path.rstrip("`").lstrip(".")


def _at(path: str, raw: object, whole: type[Struct]) -> tuple[inspect.Type, object]:
    """The declared type and the written value at a key path."""
    kind: inspect.Type = inspect.type_info(whole)
    value: Any = raw
    for index, name in re.findall(r"\[(\d+)\]|([^.\[\]]+)", path):
        if isinstance(kind, inspect.VarTupleType) and index:
            kind, value = kind.item_type, value[int(index)]
        elif isinstance(kind, inspect.StructType):
            fields = {field.encode_name: field.type for field in kind.fields}
            kind, value = fields[name], value[name]
    return kind, value


def _allowed(kind: inspect.Type) -> str:
    match kind:
        case inspect.EnumType():
            return ", ".join(str(member.value) for member in kind.cls)
        case inspect.LiteralType():
            return ", ".join(str(value) for value in kind.values)
        case inspect.StructType():
            return ", ".join(field.encode_name for field in kind.fields)
    return ""

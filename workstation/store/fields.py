"""Fields nobody knows, found anywhere in what was sent.

The rules' own types ignore unknown fields, because a desk reads later releases' states with them;
what comes to the store is a mistake there, and is refused.
"""

from collections.abc import Iterator
from functools import cache
from itertools import chain

from msgspec import inspect


def unknown_fields(value: object, shape: object) -> Iterator[str]:
    """The path of each field in `value` (plain JSON) that `shape` does not have."""
    yield from _unknown(value, _type_of(shape), "")


@cache
def _type_of(shape: object) -> inspect.Type:
    return inspect.type_info(shape)


def _unknown(value: object, kind: inspect.Type, path: str) -> Iterator[str]:
    if isinstance(kind, inspect.UnionType):
        kind = _chosen(value, kind)
    if isinstance(kind, inspect.StructType) and isinstance(value, dict):
        known = {field.encode_name: field.type for field in kind.fields}
        for name, inner in value.items():
            at = f"{path}.{name}".lstrip(".")
            if name in known:
                yield from _unknown(inner, known[name], at)
            elif name != kind.tag_field:
                yield at
    elif isinstance(kind, inspect.VarTupleType) and isinstance(value, list):
        items = (_unknown(inner, kind.item_type, f"{path}[{n}]") for n, inner in enumerate(value))
        yield from chain.from_iterable(items)


def _chosen(value: object, union: inspect.UnionType) -> inspect.Type:
    """The member of the union that this value is: by its tag, or the only struct there is."""
    structs = [kind for kind in union.types if isinstance(kind, inspect.StructType)]
    if isinstance(value, dict):
        for kind in structs:
            if kind.tag_field is None or value.get(kind.tag_field) == kind.tag:
                return kind
    return union.types[0]

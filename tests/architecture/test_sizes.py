"""Files, functions and classes stay small enough to be read at once, and say what they are for."""

import ast

from tests.architecture.source import length, refuse, sources

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LONGEST_CLASS = 250
NAMES_THAT_SAY_NOTHING = {
    "utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "managers",
    "core", "services", "controllers", "data", "info",
}  # fmt: skip


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    long = [f"{file.path}: {file.lines}" for file in sources() if file.lines > LONGEST_FILE]
    refuse(long, "Split these files by task")


def test_no_function_is_longer_than_fifty_lines() -> None:
    long = [
        f"{file.path}:{function.lineno} {function.name}: {length(function)}"
        for file in sources()
        for function in file.functions
        if length(function) > LONGEST_FUNCTION
    ]
    refuse(long, "Split these functions by step")


def test_no_class_is_longer_than_two_hundred_and_fifty_lines() -> None:
    long = [
        f"{file.path}:{kind.lineno} {kind.name}: {length(kind)}"
        for file in sources()
        for kind in file.classes
        if length(kind) > LONGEST_CLASS
    ]
    refuse(long, "Split these classes by what they own")


def test_every_module_says_what_it_is_for() -> None:
    silent = [file.path for file in sources() if file.text and not ast.get_docstring(file.tree)]
    refuse(silent, "Begin these modules with a sentence on what they are for")


def test_every_public_class_says_what_it_owns() -> None:
    silent = [
        f"{file.path}:{kind.lineno} {kind.name}"
        for file in sources("workstation")
        for kind in file.classes
        if not kind.name.startswith("_") and not ast.get_docstring(kind)
    ]
    refuse(silent, "Begin these classes with a sentence on what they own")


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [
        file.path
        for file in sources()
        if NAMES_THAT_SAY_NOTHING & set(file.path.removesuffix(".py").split("/"))
    ]
    refuse(vague, "Name these modules by their task")

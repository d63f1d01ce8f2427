"""Every colour of the product, once for the night and once for the day.

Colour is spent on abnormal state, selection and the primary action only; each value here is
held to its contrast by a test (text 4.5, marks, borders and focus 3).
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Tone:
    """How one meaning is coloured: its text, its quiet ground and its border."""

    text: str
    ground: str
    border: str


@dataclass(frozen=True)
class GradeColours:
    """How one grade shape is coloured; `solid` says attend now, outlined says not now."""

    fill: str
    letter: str
    outline: str
    solid: bool


@dataclass(frozen=True)
class Tokens:
    """The look of one theme. Widgets read it when they paint and keep no colour of their own."""

    name: str
    app: str
    panel: str
    raised: str
    sunken: str
    input: str
    hover: str
    selected: str
    line: str
    line_strong: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_fill: str
    accent_hover: str
    on_accent: str
    focus: str
    danger: str
    danger_fill: str
    danger_bg: str
    warn: str
    warn_bg: str
    ok: str
    ok_bg: str
    vuln: str
    vuln_bg: str
    accent_bg: str
    mark: str
    badge: str
    on_badge: str
    grades: dict[str, GradeColours] = field(default_factory=dict)

    @property
    def is_dark(self) -> bool:
        """Whether this is the night theme."""
        return self.name == "dark"

    def tone(self, name: str) -> Tone:
        """The colours of a meaning; an unknown name is a mistake and raises KeyError."""
        return {
            "neutral": Tone(self.text2, self.sunken, self.line_strong),
            "accent": Tone(self.accent, self.accent_bg, self.accent),
            "danger": Tone(self.danger, self.danger_bg, self.danger),
            "warn": Tone(self.warn, self.warn_bg, self.warn),
            "ok": Tone(self.ok, self.ok_bg, self.ok),
            "primary": Tone(self.on_accent, self.accent_fill, self.accent_fill),
            "vuln": Tone(self.vuln, self.vuln_bg, self.vuln),
        }[name]

    def grade(self, shape: str) -> GradeColours:
        """The colours of a grade's shape; an unknown shape is drawn as the quiet circle."""
        return self.grades.get(shape, self.grades["circle"])


def _outlined(ground: str, ink: str) -> GradeColours:
    return GradeColours(ground, ink, ink, solid=False)


DARK = Tokens(
    name="dark",
    app="#121519",
    panel="#191D22",
    raised="#21262D",
    sunken="#0E1114",
    input="#0E1114",
    hover="#2A3139",
    selected="#1F3347",
    line="#2B323A",
    line_strong="#75818E",
    text="#E8ECF0",
    text2="#B4BDC7",
    text3="#929DA9",
    accent="#6CB2F7",
    accent_fill="#1C66B8",
    accent_hover="#2470C4",
    on_accent="#FFFFFF",
    focus="#8CC4FF",
    danger="#FF8A84",
    danger_fill="#C62F36",
    danger_bg="#3A1B1E",
    warn="#F5B83D",
    warn_bg="#362A10",
    ok="#5CC98E",
    ok_bg="#14301F",
    vuln="#D0A8F5",
    vuln_bg="#2C2140",
    accent_bg="#152B40",
    mark="#3B3413",
    badge="#3A434D",
    on_badge="#FFFFFF",
    grades={
        "octagon": GradeColours("#D6353C", "#FFFFFF", "#FF8A84", solid=True),
        "triangle": GradeColours("#F5B83D", "#1A1403", "#F5B83D", solid=True),
        "square": _outlined("#191D22", "#7FBBEF"),
        "pill": _outlined("#191D22", "#8FD3C7"),
        "circle": _outlined("#191D22", "#A9B3BE"),
    },
)

LIGHT = Tokens(
    name="light",
    app="#DFE3E7",
    panel="#F1F3F5",
    raised="#FFFFFF",
    sunken="#E9ECEF",
    input="#FFFFFF",
    hover="#E2E7EC",
    selected="#D6E6F7",
    line="#CFD5DB",
    line_strong="#76828E",
    text="#14191F",
    text2="#3F4A55",
    text3="#545F6B",
    accent="#0F559E",
    accent_fill="#1560AE",
    accent_hover="#0F559E",
    on_accent="#FFFFFF",
    focus="#0B66C8",
    danger="#A91820",
    danger_fill="#BE2730",
    danger_bg="#FBE3E3",
    warn="#7A4B00",
    warn_bg="#FFF0CC",
    ok="#10693A",
    ok_bg="#DDF2E5",
    vuln="#5F2F97",
    vuln_bg="#EEE4FA",
    accent_bg="#DCEAF9",
    mark="#FFE9A8",
    badge="#3F4A55",
    on_badge="#FFFFFF",
    grades={
        "octagon": GradeColours("#C4262E", "#FFFFFF", "#C4262E", solid=True),
        "triangle": GradeColours("#F0AE2C", "#1A1403", "#7A4B00", solid=True),
        "square": _outlined("#F1F3F5", "#185E9C"),
        "pill": _outlined("#F1F3F5", "#0B6458"),
        "circle": _outlined("#F1F3F5", "#4A5560"),
    },
)

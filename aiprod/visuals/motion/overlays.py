"""What is written over a scene: a figure, a name, a chart or a map, from what the narration states.

Figures are shown while they are said. Only what is said is written: several figures of one kind make a chart, one
makes a callout, or a counter where there is nothing to see but it. Knows no picture.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from aiprod.prompts import Figure, Place, PromptFacts
from aiprod.visuals.motion.landscape import is_map_kind
from aiprod.visuals.motion.spec import Callout, ChartKind, ChartSpec, MapPlace, MapSpec

MOST_BARS = 6
LEAST_COUNT = 100
LEAST_POINTS = 3
LEAST_LARGE = 10_000
"""A count from here on may have a picture of its own."""
CALLOUT_LASTS = 0.45
WORLD_SPAN_DEGREES = 120.0
_NOUN_AFTER = re.compile(r"\s(?:(?:of|de|di)\s|d['’])?([^\W\d_]{3,}(?:\s[^\W\d_]{3,})?)")
_MARKED_KINDS = ("town", "capital", "mountains", "volcano", "island", "river", "lake")


def chart(said: PromptFacts, title: str = "") -> ChartSpec | None:
    """A chart of figures that can be compared: two or more of one unit, each about something else; one figure a year
    makes a line."""
    years = [figure for figure in said.figures if figure.year and figure.label]
    by_unit: dict[str, list[Figure]] = {}
    for figure in said.figures:
        if not figure.year and figure.label:
            by_unit.setdefault(figure.unit.lower(), []).append(figure)
    for unit, figures in by_unit.items():
        named = all(figure.label[0].isupper() for figure in figures)
        if _comparable(figures) and (unit or named):
            kind: ChartKind = "bar"
            if len(figures) >= LEAST_POINTS and all(_is_year(figure.label) for figure in figures):
                return _chart("line", sorted(figures, key=lambda figure: int(figure.label)), figures[0].unit, title)
            if unit == "%" and 95 <= sum(figure.value for figure in figures) <= 100:
                kind = "pie"
            return _chart(kind, figures, figures[0].unit, title)
    if len(years) >= 3 and _comparable(years):
        return _chart("timeline", sorted(years, key=lambda figure: figure.value), "", title)
    return None


def counter(said: PromptFacts, text: str, title: str = "") -> ChartSpec | None:
    """The one large figure of a text, alone on the screen, with what it counts or is about; `text` is what is said."""
    figures = [figure for figure in said.figures if not figure.year]
    if len(figures) != 1 or not (figures[0].unit == "%" or abs(figures[0].value) >= LEAST_LARGE):
        return None
    figure = figures[0]
    label = _counted(figure, text) or (figure.label if _is_about(figure, text) else "")
    return _chart("counter", [replace(figure, label=label)], figure.unit, title)


def callout(shown: PromptFacts, said: PromptFacts, *, title: str, empty: bool, mapped: bool) -> Callout | None:
    """The figure, person, place or year to write; `empty` is a scene with no subject, where a title may stand;
    `mapped` a map, which names its places itself."""
    figure = _best_figure(said.figures)
    if figure is not None:
        start = min(0.6, max(0.05, figure.position - 0.05))
        end = min(0.95, start + CALLOUT_LASTS)
        return Callout(kind="number", text=figure.text, start=round(start, 3), end=round(end, 3))
    names = [person.name for person in (*shown.people, *said.people)]
    if not mapped:
        names += [place.name for place in (*shown.places, *said.places) if place.kind in _MARKED_KINDS]
    years = [figure.text for figure in said.figures if figure.year]
    parts = list(dict.fromkeys(names))[:1] + years[:1]
    if parts:
        year_only = not names
        return Callout(kind="number" if year_only else "label", text=" · ".join(parts), start=0.12, end=0.62)
    if empty and title:
        return Callout(kind="text", text=title, start=0.1, end=0.9)
    return None


def atlas(shown: PromptFacts, said: PromptFacts) -> MapSpec:
    """The stretch of the Earth that holds every place named; the whole world when none is."""
    places = _distinct((*shown.places, *said.places))
    if not places:
        return MapSpec(lon=10.0, lat=25.0, span_degrees=WORLD_SPAN_DEGREES)
    lons, lats = [place.lon for place in places], [place.lat for place in places]
    (lon, across), lat = _shortest_arc(lons), (min(lats) + max(lats)) / 2
    reach = max(max(lats) - min(lats), across * 0.8)
    span = max(1.7 * reach, *(place.span_degrees for place in places), 10.0)
    travels = shown.travel or said.travel
    return MapSpec(
        lon=round(lon, 3), lat=round(lat, 3), span_degrees=round(min(150.0, span), 1),
        places=tuple(MapPlace(name=place.name, lon=place.lon, lat=place.lat) for place in places),
        route=tuple(range(len(places))) if travels and len(places) > 1 else (),
        countries=tuple(dict.fromkeys(place.country for place in places if place.country and place.kind == "country")),
    )  # fmt: skip


def _shortest_arc(lons: Sequence[float]) -> tuple[float, float]:
    """Middle and width of the shortest stretch around the Earth that holds all longitudes."""
    turned = sorted(lons)
    gaps = [(later - earlier, earlier) for earlier, later in zip(turned, [*turned[1:], turned[0] + 360], strict=True)]
    gap, last = max(gaps)
    across = 360 - gap
    return (last - across / 2 + 180) % 360 - 180, across


def wants_map(shown: PromptFacts, said: PromptFacts, *, empty: bool) -> bool:
    """Whether a scene with nothing else to see tells of countries or of a way from place to place."""
    places = _distinct((*shown.places, *said.places))
    return empty and (any(is_map_kind(place) for place in places) or (said.travel and len(places) >= 2))


def _distinct(places: Sequence[Place]) -> list[Place]:
    return list({(place.lon, place.lat): place for place in reversed(places)}.values())[::-1][:8]


def _comparable(figures: Sequence[Figure]) -> bool:
    labels = {figure.label.lower() for figure in figures}
    values = [figure.value for figure in figures]
    return 2 <= len(figures) <= MOST_BARS and len(labels) == len(figures) and min(values) > 0


def _counted(figure: Figure, text: str) -> str:
    """What a bare number counts: the noun after it, an adjective before that one too ("1,864 wild pandas")."""
    found = _NOUN_AFTER.match(text, text.find(figure.text) + len(figure.text)) if not figure.unit else None
    words = found[1].split() if found else []
    plural = next((place for place, word in enumerate(words) if word.endswith("s")), 0)
    return " ".join(words[: plural + 1])


def _is_about(figure: Figure, text: str) -> bool:
    """Whether its label is sure to be what has the figure: a name inside of the sentence before it, or what is shared."""
    named = figure.label[:1].isupper() and 0 < text.find(figure.label) < text.find(figure.text)
    return figure.unit == "%" or named


def _is_year(label: str) -> bool:
    return len(label) == 4 and label.isdigit()


def _chart(kind: ChartKind, figures: Sequence[Figure], unit: str, title: str) -> ChartSpec:
    return ChartSpec(
        kind=kind, title=title, labels=tuple(figure.label for figure in figures),
        values=tuple(float(figure.value) for figure in figures), unit=unit,
        texts=tuple(figure.text for figure in figures),
    )  # fmt: skip


def _best_figure(figures: Sequence[Figure]) -> Figure | None:
    """The figure most worth writing: shares and measures, then large counts; years and dates are left to labels."""
    measured = [figure for figure in figures if figure.unit and not figure.year]
    counts = [figure for figure in figures if not figure.unit and not figure.year and abs(figure.value) >= LEAST_COUNT]
    return next(iter((*measured, *counts)), None)

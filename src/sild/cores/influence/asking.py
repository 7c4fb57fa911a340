"""Questions and gaps made from the data: one question for each country, speaker, kind; silence told as not watched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sild.cores.influence.problem import BadProblem, Calendar, Incident, Question, Statement, Stretch, Window

OF_STATEMENTS = ("who", "kind", "topic")
OF_INCIDENTS = ("country", "sector", "source")
SPEAKER = "speaker"
MOST_QUESTIONS = 60


def questions(
    statements: Sequence[Statement],
    incidents: Sequence[Incident],
    windows: Iterable[Window],
    *,
    by: str | None = None,
    where: Mapping[str, str] | None = None,
) -> tuple[Question, ...]:
    """A question for each window, and with `by` for each value of that property, those with most records first.

    `by` is one of OF_STATEMENTS or OF_INCIDENTS, or SPEAKER: one question of each speaker's statements against incidents of its own
    country, all speakers together. `where` narrows by properties. Raises BadProblem.
    """
    narrowed = dict(where or {})
    for name in narrowed:
        if name not in (*OF_STATEMENTS, *OF_INCIDENTS):
            raise BadProblem(f"{name!r} is no property: choose one of {', '.join((*OF_STATEMENTS, *OF_INCIDENTS))}")
    made = []
    for window in windows:
        whole = Question(id="all", window=window, **narrowed)  # type: ignore[arg-type] # its names are those of the properties, looked at above
        told = ", ".join([f"days {window}", *(f"{name} {value}" for name, value in narrowed.items())])
        made += [replace(whole, id=told)] if by is None else _each(whole, told, by, statements, incidents)
    if len(made) > MOST_QUESTIONS:
        raise BadProblem(f"{len(made)} questions are too many to say anything of each: narrow them, {MOST_QUESTIONS} are the most")
    return tuple(made)


def _each(whole: Question, told: str, by: str, statements: Sequence[Statement], incidents: Sequence[Incident]) -> list[Question]:
    if by == SPEAKER:
        return [replace(whole, id=f"{told}, in the speaker's country", of_speaker=True)]
    if by in OF_STATEMENTS:
        counted = Counter(getattr(one, by) for one in statements if whole.takes_statement(one))
    elif by in OF_INCIDENTS:
        counted = Counter()
        for one in incidents:
            if whole.takes_incident(one):
                counted[getattr(one, by)] += one.count
    else:
        raise BadProblem(f"{by!r} is no property: choose {SPEAKER} or one of {', '.join((*OF_STATEMENTS, *OF_INCIDENTS))}")
    values = sorted((value for value in counted if value is not None), key=lambda value: (-counted[value], value))
    if not values:
        raise BadProblem(f"no record says its {by}: leave it out")
    return [replace(whole, id=f"{told}, {by} {value}", **{by: value}) for value in values]


def silences(incidents: Iterable[Incident], calendar: Calendar, days: int) -> tuple[Stretch, ...]:
    """Stretches of at least `days` days without any incident of any kind, outside of the calendar's gaps."""
    if days < 1:
        raise BadProblem(f"{days} days of silence cannot be told: choose 1 or more")
    loud = {one.day for one in incidents if one.count}
    observed = calendar.observed()
    found: list[Stretch] = []
    begun: int | None = None
    for index in range(calendar.days + 1):
        quiet = index < calendar.days and observed[index] and calendar.day(index) not in loud
        if quiet and begun is None:
            begun = index
        elif not quiet and begun is not None:
            if index - begun >= days:
                found.append(Stretch(first=calendar.day(begun), last=calendar.day(index - 1)))
            begun = None
    return tuple(found)

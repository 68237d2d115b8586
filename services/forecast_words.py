"""A forecast in the office's own sentences, for pages, terminals and reports alike."""

from __future__ import annotations

from typing import Final

from i18n import Translator
from planning.forecast.securing import SAFE, Lever, Remedy
from planning.targets import Progress
from services.forecast import AT_RISK_BELOW, Forecast, Stage

_MOST_NAMED: Final = 6


def say_chance(chance: float, words: Translator) -> str:
    """Return a probability in whole per cent; none is certain, and none impossible."""
    if chance < 0.01:
        return words("forecast-chance-low")
    if chance > 0.99:
        return words("forecast-chance-high")
    return words.percent(chance, 0)


def say_plan(progress: Progress, words: Translator) -> str:
    """Return what the plan asks for by the day."""
    share = progress.share_of_plan
    if share is None:
        return words("forecast-plan-none", date=progress.as_of)
    return words(
        "forecast-plan",
        date=progress.as_of,
        planned=progress.planned_to_date,
        required=progress.target.required,
        share=words.percent(share),
    )


def say_forecast(forecast: Forecast, words: Translator) -> list[str]:
    """Return what to expect, in sentences; of a past target what there is to say instead."""
    progress, target = forecast.progress, forecast.target
    counts = {"achieved": progress.achieved, "required": target.required}
    if forecast.stage is Stage.NOT_SET:
        return [words("forecast-not-set", date=target.cohort_on)]
    if forecast.stage is Stage.PAST or forecast.met is None:
        past = {"date": forecast.as_of, "deadline": target.deadline, **counts}
        if target.result is None:
            return [words("forecast-past-none", **past)]
        return [words("forecast-past-result", result=target.result, **past)]
    is_year_end = (target.deadline.month, target.deadline.day) == (12, 31)
    values = {
        "date": forecast.as_of,
        "share": words.percent(progress.share),
        "low": forecast.low,
        "middle": forecast.middle,
        "high": forecast.high,
        **counts,
    }
    said = [
        words("forecast-sentence-year", **values)
        if is_year_end and target.deadline.year == forecast.as_of.year
        else words("forecast-sentence-deadline", deadline=target.deadline, **values),
        say_plan(progress, words),
        words("forecast-met", met=say_chance(forecast.met, words)),
    ]
    if forecast.at_risk_since is not None:
        said.append(
            words(
                "forecast-at-risk",
                date=forecast.at_risk_since,
                below=words.percent(AT_RISK_BELOW, 0),
            )
        )
    if forecast.is_safe:
        said.append(words("forecast-safe", safe=words.percent(SAFE, 0)))
    if not forecast.has_work:
        said.append(words("forecast-no-work"))
    return said


def say_remedies(forecast: Forecast, words: Translator) -> list[str]:
    """Return what would make the target safe, a line for each kind of change."""
    return [say_remedy(remedy, words) for remedy in forecast.remedies]


def say_remedy(remedy: Remedy, words: Translator) -> str:
    """Return the smallest change of a kind, with what is proven of it."""
    values = {"available": remedy.available, "met": say_chance(remedy.met, words)}
    if remedy.count is None:
        short = {"met": values["met"]} if remedy.lever is Lever.CREWS else values
        return words(f"forecast-short-{remedy.lever}", **short)
    if remedy.lever is Lever.CREWS:
        said = words("forecast-remedy-crews", count=remedy.count, met=values["met"])
    elif remedy.lever is Lever.FORWARD_WITH_CREWS:
        said = words(
            f"forecast-remedy-{remedy.lever}", count=remedy.count, crews=remedy.crews, **values
        )
    else:
        said = words(f"forecast-remedy-{remedy.lever}", count=remedy.count, **values)
    if remedy.is_proven:
        return f"{said} {words('forecast-proven')}"
    return f"{said} {words('forecast-at-least', least=remedy.least)}"


def say_remedy_villages(remedy: Remedy, names: dict[str, str], words: Translator) -> str:
    """Return the villages of a change by name, the first few; empty for crews.

    Parameters
    ----------
    remedy : Remedy
    names : dict of str to str
        What each village is called, made safe for where it is shown.
    words : Translator
    """
    if not remedy.villages:
        return ""
    shown = ", ".join(names.get(one, one) for one in remedy.villages[:_MOST_NAMED])
    more = len(remedy.villages) - _MOST_NAMED
    if more <= 0:
        return words("forecast-villages", villages=shown)
    return words("forecast-villages-more", villages=shown, more=more)

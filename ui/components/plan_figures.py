"""A plan in figures, what proves it, and what simpler ways would have cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from geo.display import display_text
from i18n import Translator
from i18n.money import say_usd, say_vnd
from planning.columns import each_row
from services.rollout_values import RolloutPlan
from ui.components.plan_words import say_difference, say_km, say_worth
from ui.theme import PLAN_COLOUR, text


def show_plan_figures(plan: RolloutPlan, words: Translator) -> None:
    """Show what the plan comes to, in one line of cards."""
    totals, question = plan.totals, plan.question
    cards = [
        _card(
            "villages",
            words("planpage-figure-villages"),
            f"{words.number(totals.villages)}<small>/{words.number(len(plan.villages))}</small>",
            words("planpage-figure-asked", count=question.connect)
            if question.budget_vnd is None and question.connect
            else words("planpage-figure-of-cohort"),
        ),
        _card(
            "people",
            words("planpage-figure-people"),
            "–" if totals.people is None else words.number(totals.people),
            ""
            if totals.households is None
            else words("planpage-figure-households", count=totals.households),
        ),
        _card(
            "minority",
            words("planpage-figure-minority"),
            "–" if totals.minority_share is None else words.percent(totals.minority_share),
            words("planpage-figure-minority-note"),
        ),
        _built(plan, words),
        _card(
            "cost",
            words(
                "planpage-figure-cost-lifetime"
                if question.technology == "mix"
                else f"planpage-figure-cost-{question.cost_case}"
            ),
            say_vnd(totals.cost_vnd, words),
            f"≈ {say_usd(totals.cost_usd, words)}",
        ),
        _proof(plan, words),
    ]
    st.html(f'<div class="gp-figures gp-plan" data-testid="plan-figures">{"".join(cards)}</div>')


def _built(plan: RolloutPlan, words: Translator) -> str:
    """Return the card of what is built: cable, or masts where there is no cable."""
    if plan.question.technology == "masts":
        return _card(
            "km",
            words("planpage-figure-masts"),
            words.number(len(plan.sites)),
            words("planpage-figure-links", count=len(plan.links)),
        )
    detail = words("planpage-figure-links", count=int((plan.links["technology"] == "fibre").sum()))
    if len(plan.sites):
        detail = f"{detail} · {words('planpage-figure-masts')}: {words.number(len(plan.sites))}"
    return _card("km", words("planpage-figure-km"), say_km(plan.totals.km, words), detail)


def _proof(plan: RolloutPlan, words: Translator) -> str:
    totals = plan.totals
    seconds = words.number(totals.seconds, 1 if totals.seconds >= 1 else 2)
    if totals.proven:
        return _card(
            "proven",
            words("planpage-figure-proof"),
            f"✔ {words('planpage-proven')}",
            words("planpage-proven-note", seconds=seconds),
            looks="n long",
        )
    bound = (
        words("planpage-bound", bound=say_vnd(totals.bound_vnd, words))
        if totals.bound_vnd is not None
        else ""
    )
    return _card(
        "open",
        words("planpage-figure-proof"),
        words("planpage-gap", gap=words.percent(totals.gap)),
        f"{bound} · {words('planpage-seconds', seconds=seconds)}".strip(" ·"),
        looks="n long",
    )


def _card(name: str, title: str, figure: str, detail: str, *, looks: str = "n") -> str:
    return (
        f'<div class="gp-figure" style="--c:{PLAN_COLOUR[name]}"><div class="t">{text(title)}</div>'
        f'<div class="{looks}">{figure}</div><div class="d">{text(detail)}</div></div>'
    )


def show_ways(plan: RolloutPlan, words: Translator) -> None:
    """Show the plan beside simpler ways of choosing, each with a bar."""
    ways = plan.baselines
    if ways.empty or (ways["name"] != "plan").sum() == 0:
        return
    measure = _measure(plan)
    own = float(ways.loc[ways["name"] == "plan", measure].iloc[0])
    most = max(float(ways[measure].max()), 1e-9)
    # The plan first, then the ways from near to far.
    ordered = ways.assign(
        order=[0 if name == "plan" else 1 for name in ways["name"]],
        far=(ways[measure] - own).abs(),
    ).sort_values(["order", "far"], kind="stable")
    rows = [_way(way, measure, own, most, words) for way in each_row(ordered)]
    is_budget = plan.question.budget_vnd is not None
    st.markdown(f"**{words('planpage-ways-budget' if is_budget else 'planpage-ways')}**")
    st.html(f'<div class="gp-ways" data-testid="plan-ways">{"".join(rows)}</div>')


def _measure(plan: RolloutPlan) -> str:
    """Return the column by which ways are compared: cost, or what a budget is to bring."""
    question = plan.question
    if question.budget_vnd is None:
        return "cost_vnd"
    return {"people": "people", "villages": "villages"}.get(question.aim, "score")


def _way(way: Any, measure: str, own: float, most: float, words: Translator) -> str:
    value, is_plan = float(getattr(way, measure)), way.name == "plan"
    label = words("planpage-way-plan") if is_plan else words(way.message)
    than = "" if is_plan else _than(value, own, measure, words)
    if not way.keeps_conditions:
        than = words("planpage-ways-broken")
    colour = PLAN_COLOUR["plan" if is_plan else "way"]
    return (
        f'<div class="w">{text(label)}</div>'
        f'<div class="b" aria-hidden="true"><span style="width:{100 * value / most:.1f}%;'
        f'background:{colour}"></span></div>'
        f'<div class="v">{text(_worth(value, measure, words))}</div>'
        f'<div class="p">{text(than)}</div>'
    )


def _than(value: float, own: float, measure: str, words: Translator) -> str:
    match measure:
        case "cost_vnd":
            return say_difference(value, own, words)
        case "villages":
            return words("planpage-fewer", count=max(round(own - value), 0))
        case "people":
            return words("planpage-fewer-people", count=max(round(own - value), 0))
    less = 1.0 - value / own if own else 0.0
    return words("planpage-less", share=words.percent(max(less, 0.0)))


def _worth(value: float, measure: str, words: Translator) -> str:
    match measure:
        case "cost_vnd":
            return say_vnd(value, words)
        case "villages":
            return words("planpage-villages", count=round(value))
        case "people":
            return words("planpage-people", count=round(value))
    return words("planpage-points", amount=words.number(value, 2))


def show_certificate(plan: RolloutPlan, words: Translator) -> None:
    """Show what was checked of the plan, independently of the solver."""
    with st.expander(words("planpage-certificate"), icon=":material/verified:"):
        st.caption(words("planpage-certificate-note"))
        checks = plan.certificate.get("checks", ())
        st.html(f'<ul class="gp-checks">{"".join(_check(one, words) for one in checks)}</ul>')
        st.markdown(f"{words('planpage-hash')}: `{plan.totals.plan_hash[:16]}`")


def _check(check: Mapping[str, Any], words: Translator) -> str:
    key = f"certificate-{check.get('check', '')}"
    said = words(key) if words.has(key) else display_text(check.get("check", ""), 120)
    sign = "✔" if check.get("holds") else "✗"
    return f"<li><span>{sign}</span> {text(said)}</li>"


def show_conditions_price(plan: RolloutPlan, words: Translator) -> None:
    """Show what each side condition costs."""
    table = plan.conditions
    if table.empty:
        return
    st.markdown(f"**{words('planpage-price')}**")
    for line in each_row(table):
        price = _price(line, plan.question.aim, words)
        st.markdown(
            "- "
            + words(
                "planpage-price-line",
                condition=_condition(line, words),
                price=price,
                attained=_attained(line.key, line.attained, words),
                without=_attained(line.key, line.attained_without, words),
            )
        )


def _price(line: Any, aim: str, words: Translator) -> str:
    is_money = pd.notna(line.price_high_vnd)
    unit, name = ("vnd", "vnd") if is_money else (aim, "score")
    low, high = getattr(line, f"price_low_{name}"), getattr(line, f"price_high_{name}")
    if pd.isna(high):
        return "–"
    if abs(high - low) <= 1e-6 * max(abs(high), 1.0):
        return say_worth(float(high), unit, words)
    return words(
        "planpage-between",
        low=say_worth(float(low), unit, words),
        high=say_worth(float(high), unit, words),
    )


def _condition(line: Any, words: Translator) -> str:
    asked = _attained(line.key, line.asked, words)
    if line.key == "minority_share":
        return words("planpage-price-minority", asked=asked)
    return words("planpage-price-district", name=display_text(line.name, 60), asked=asked)


def _attained(key: str, value: Any, words: Translator) -> str:
    if value is None or pd.isna(value):
        return "–"
    return words.percent(float(value)) if key == "minority_share" else words.number(float(value))

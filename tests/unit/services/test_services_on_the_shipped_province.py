"""The sentences of a planner, on the shipped province, with the published figures."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from planning.errors import PlannerError
from planning.targets import Band
from planning.vocabulary import PRESETS, Direction, Gap, Weights
from services.assess import assess
from services.compare import compare
from services.complete import completeness
from services.export import map_classes
from services.find import Filter, find
from services.prioritise import Question, measure, prioritise
from services.province import Province, shipped_province
from services.serving import find_serving_points, nearest_of_all, nearest_served
from services.tip import find_tipping
from services.track import reconcile, track
from services.village import describe, locate

MARCH, JUNE = date(2024, 3, 14), date(2024, 6, 30)


@pytest.fixture(scope="module")
def province() -> Province:
    return shipped_province()


@pytest.mark.parametrize(
    ("day", "no_signal", "mobile", "fibre"), [(MARCH, 6, 14, 225), (JUNE, 6, 6, 56)]
)
def test_the_counts_are_the_published_ones(
    province: Province, day: date, no_signal: int, mobile: int, fibre: int
) -> None:
    counts = assess(province, day).counts
    assert [counts[gap].lacking for gap in (Gap.NO_SIGNAL, Gap.MOBILE, Gap.FIBRE)] == [
        no_signal,
        mobile,
        fibre,
    ]
    assert all(count.unknown == 0 and count.total == 1568 for count in counts.values())


def test_before_the_first_observation_everything_is_unknown_and_nothing_is_zero_by_accident(
    province: Province,
) -> None:
    counts = assess(province, date(2024, 3, 13)).counts
    assert all((c.lacking, c.served, c.unknown) == (0, 0, 1568) for c in counts.values())


def test_villages_counted_anew_are_told_from_villages_connected(province: Province) -> None:
    march, june = assess(province, MARCH), assess(province, JUNE)
    assert june.recounted_since(march, Gap.FIBRE) == 169
    assert june.recounted_since(march, Gap.MOBILE) == 0


def test_districts_units_and_lanes_add_up_to_the_province(province: Province) -> None:
    result = assess(province, MARCH)
    assert (len(result.by_district), len(result.by_unit)) == (9, 48)
    for table in (result.by_district, result.by_unit, result.by_lane):
        assert [table[gap].sum() for gap in ("no_signal", "mobile", "fibre")] == [6, 14, 225]
    assert result.by_district["villages"].sum() == 1568


def test_targets_stand_at_nought_with_their_deadline(province: Province) -> None:
    signal, fibre = (report.progress for report in track(province, JUNE))
    assert (signal.achieved, signal.target.required, signal.cohort_size) == (0, 6, 6)
    assert (fibre.achieved, fibre.target.required, fibre.cohort_size) == (0, 28, 56)
    assert fibre.target.deadline == date(2024, 12, 31)
    assert fibre.days_left == 184
    assert (fibre.planned_to_date, fibre.band) == (0, Band.NOT_DUE)
    assert fibre.target.result is None


def test_a_target_counts_villages_of_its_cohort_only_and_once_they_are_served(
    province: Province,
) -> None:
    cohort = province.villages["village_id"][province.cohort(Gap.FIBRE, JUNE)]
    rows = pd.DataFrame(
        {
            "village_id": cohort.head(15),
            "service": "fixed",
            "state": "fibre",
            "observed_on": pd.Timestamp(2024, 10, 1),
            "evidence": "construction",
            "source": "test",
        }
    )
    later = Province(
        **{
            **{name: getattr(province, name) for name in Province.__dataclass_fields__},
            "observations": pd.concat([province.observations, rows], ignore_index=True),
        }
    )
    fibre = track(later, date(2024, 10, 1))[1]
    assert (fibre.progress.achieved, fibre.progress.remaining) == (15, 13)
    # 93 of 184 days: 28 x 93 / 184 = 14.15, so 14 are due.
    assert (fibre.progress.planned_to_date, fibre.progress.band) == (14, Band.MET)
    assert fibre.by_district["achieved"].sum() == 15
    assert track(later, date(2024, 9, 30))[1].progress.achieved == 0


def test_published_figures_stand_beside_the_computed_ones(province: Province) -> None:
    table = reconcile(province).set_index("figure_id")
    same = table.loc[["mobile-2024-03", "fibre-2024-03", "no-signal-2024-06", "fibre-2024-06"]]
    assert same["computed"].tolist() == same["value"].tolist() == [14, 225, 6, 56]
    assert table.loc[["mobile-2022-11", "target-fibre-2024"], "computed"].isna().all()


def test_a_ranking_shows_every_part_and_adds_up(province: Province) -> None:
    question = Question(Gap.FIBRE, JUNE, draws=500)
    ranking = prioritise(measure(province, Gap.FIBRE, JUNE), question)
    table = ranking.table
    assert table["rank"].tolist() == list(range(1, 57))
    points = table[["distance_points", "population_points", "minority_points"]].sum(axis=1)
    assert np.abs(points - table["total"]).max() < 1e-9
    by_hand = (
        0.4 * table["distance_score"]
        + 0.3 * table["population_score"]
        + 0.3 * table["minority_score"]
    )
    assert np.abs(by_hand - table["total"]).max() < 1e-9
    assert (table["rank_low"] <= table["rank"]).all()
    assert (table["rank_high"] >= table["rank"]).all()
    assert np.allclose(table["route_km"], 1.4 * table["distance_km"])
    assert (table["distance_km"] > 0).all()


def test_the_nearest_point_has_the_service_at_the_date_and_is_not_the_village_itself(
    province: Province,
) -> None:
    ranking = prioritise(measure(province, Gap.FIBRE, MARCH), Question(Gap.FIBRE, MARCH, draws=0))
    assert set(ranking.table["nearest_id"]).isdisjoint(ranking.table["village_id"])
    points = find_serving_points(province, Gap.FIBRE, MARCH)
    assert set(ranking.table["nearest_id"]) <= set(points.point_id)
    assert (points.village_row >= 0).sum() == 1568 - 225


def test_a_served_village_is_not_its_own_nearest_point(province: Province) -> None:
    everywhere = np.arange(len(province.villages))
    found = nearest_served(province, Gap.FIBRE, JUNE, everywhere)
    assert (found["nearest_id"].to_numpy() != province.villages["village_id"].to_numpy()).all()


def test_sites_not_yet_in_service_do_not_count(province: Province) -> None:
    in_march = find_serving_points(province, Gap.MOBILE, MARCH)
    in_june = find_serving_points(province, Gap.MOBILE, JUNE)
    assert set(in_march.point_id) < set(in_june.point_id)
    sites = province.sites
    later = sites["site_id"][pd.to_datetime(sites["in_service_on"]) > pd.Timestamp(MARCH)]
    assert not later.empty
    assert set(later).isdisjoint(in_march.point_id)


def test_what_would_change_the_selection_names_both_sides_of_the_cut(province: Province) -> None:
    ranking = prioritise(measure(province, Gap.FIBRE, JUNE), Question(Gap.FIBRE, JUNE, draws=0))
    tipping = find_tipping(ranking)
    assert set(tipping.table["selected"]) == {True, False}
    sizes = tipping.table["change"].abs()
    assert sizes.is_monotonic_increasing


def test_comparing_a_ranking_with_itself_moves_nobody(province: Province) -> None:
    ranking = prioritise(measure(province, Gap.FIBRE, JUNE), Question(Gap.FIBRE, JUNE, draws=0))
    same = compare(ranking, ranking)
    assert (same.common, len(same.table)) == (28, 28)
    assert (same.table["moved"] == 0).all()


def test_comparing_two_weightings_counts_who_enters_and_who_leaves(province: Province) -> None:
    measured = measure(province, Gap.FIBRE, JUNE)
    near = prioritise(measured, Question(Gap.FIBRE, JUNE, draws=0))
    far = prioritise(measured, Question(Gap.FIBRE, JUNE, Weights(1, 0, 0), Direction.FAR, draws=0))
    result = compare(near, far)
    change = result.table["change"].value_counts()
    assert change["enters"] == change["leaves"] == 28 - result.common
    assert len(result.table) == 56 - result.common


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Filter(), 1568),
        (Filter(gaps=(Gap.FIBRE,)), 56),
        (Filter(gaps=(Gap.FIBRE, Gap.MOBILE)), 58),
        (Filter(query="y ty thon 3 ban xat"), 0),
        (Filter(query="Mường Bo thôn 5"), 2),
        (Filter(query="khong co thon nay"), 0),
        (Filter(districts=("080",)), 125),
    ],
)
def test_filters_by_hand(province: Province, wanted: Filter, count: int) -> None:
    shown = find(province, assess(province, JUNE), wanted)
    assert shown.sum() == count


def test_a_drawn_area_keeps_the_villages_inside(province: Province) -> None:
    box = ((103.9, 22.3), (104.1, 22.3), (104.1, 22.5), (103.9, 22.5))
    shown = find(province, assess(province, JUNE), Filter(area=box))
    x, y = province.villages.geometry.x, province.villages.geometry.y
    inside = x.between(103.9, 104.1) & y.between(22.3, 22.5)
    assert shown.tolist() == inside.tolist()
    assert 0 < shown.sum() < 1568


def test_a_narrowed_range_leaves_out_what_is_not_known(province: Province) -> None:
    everything = assess(province, JUNE)
    shown = find(province, everything, Filter(minority_share=(0.9, 1.0), people=(100, 300)))
    kept = province.villages[shown]
    assert kept["minority_share"].between(0.9, 1.0).all()
    assert kept["people"].between(100, 300).all()


def test_a_village_card_tells_its_history_rank_and_nearest_points(province: Province) -> None:
    now = assess(province, JUNE)
    rankings = {
        gap: prioritise(measure(province, gap, JUNE), Question(gap, JUNE, draws=0)) for gap in Gap
    }
    first = rankings[Gap.FIBRE].table.iloc[0]
    card = describe(province, now, rankings, nearest_of_all(province, JUNE), first["village_id"])
    assert card.register["name"] == first["name"]
    assert [place.gap for place in card.places][-1] is Gap.FIBRE
    assert card.places[-1].row["rank"] == 1
    assert card.history["observed_on"].is_monotonic_decreasing
    assert set(card.nearest["gap"]) == {"no_signal", "mobile", "fibre"}


def test_an_unknown_village_is_refused_with_a_suggestion(province: Province) -> None:
    assert locate(province, "LC-02701-003") >= 0
    with pytest.raises(PlannerError) as near_miss:
        locate(province, "lc-02701-003")
    assert near_miss.value.args[1]["suggestion"] == "LC-02701-003"
    with pytest.raises(PlannerError) as stranger:
        locate(province, "<script>")
    assert stranger.value.key == "error-village-unknown"


def test_map_classes_name_the_worst_lack(province: Province) -> None:
    counted = pd.Series(map_classes(assess(province, JUNE))).value_counts()
    assert counted["no_signal"] == 6
    assert counted["no_fibre"] == 52
    assert counted["served"] == 1568 - 58


def test_the_shipped_register_is_complete(province: Province) -> None:
    assert (completeness(province)["share"] == 1).all()


def test_presets_change_the_order(province: Province) -> None:
    measured = measure(province, Gap.FIBRE, JUNE)
    orders = {
        name: tuple(
            prioritise(measured, Question(Gap.FIBRE, JUNE, weights, towards, draws=0)).table[
                "village_id"
            ]
        )
        for name, (weights, towards) in PRESETS.items()
    }
    assert len(set(orders.values())) == len(PRESETS)

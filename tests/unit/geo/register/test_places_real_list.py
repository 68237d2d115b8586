"""A published list of 164 communes with geocodes, as it is: older than every vintage known here.

Its notes count 16 units that no longer exist; 15 codes are in no vintage. The sixteenth is phường
Phố Mới, whose code 02641 lived on for phường Lào Cai and which therefore shows as a contradiction.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geo.intake.table import RawColumn
from geo.register.coordinates import read_coordinates
from geo.register.extent import Extent
from geo.register.gazetteer import Gazetteer
from geo.register.places import ResolvedPlaces, resolve_places
from geo.register.positions import Located, locate_villages
from planning.errors import Severity

SHARED = Path(__file__).resolve().parents[4] / ".." / "shared"
LIST = SHARED / "data" / "real" / "laocai_communes_points_pgdump.tsv"
UNITS = SHARED / "data" / "real" / "laocai_communes_post2025_table.csv"

absent = pytest.mark.skipif(not LIST.exists(), reason="the folder of real data is not here")


@pytest.fixture(scope="module")
def listed() -> pd.DataFrame:
    return pd.read_csv(LIST, sep="\t", header=None, dtype="str")


@pytest.fixture(scope="module")
def resolved(listed: pd.DataFrame, lao_cai: Gazetteer) -> ResolvedPlaces:
    named = pd.DataFrame(
        {"commune_code": listed[0], "commune": listed[1], "district_code": listed[6]}
    )
    return resolve_places(named, np.arange(1, len(listed) + 1), lao_cai, {})


def located(
    listed: pd.DataFrame,
    resolved: ResolvedPlaces,
    gazetteer: Gazetteer,
    extent: Extent,
    *,
    replace: bool,
) -> Located:
    rows = np.arange(1, len(listed) + 1)
    columns = {"latitude": RawColumn("lat", listed[3]), "longitude": RawColumn("lng", listed[4])}
    return locate_villages(
        resolved,
        read_coordinates(columns, rows, extent=extent),
        rows,
        gazetteer=gazetteer,
        extent=extent,
        replace_bad_positions=replace,
    )


@absent
def test_all_164_codes_had_lost_a_zero_and_15_are_in_no_vintage(resolved: ResolvedPlaces) -> None:
    zeros = [fault for fault in resolved.faults if fault.key == "fault-place-zeros"]
    assert [(fault.got, fault.expected, fault.values["count"]) for fault in zeros] == [
        ("2635", "02635", 164),
        ("80", "080", 164),
    ]
    assert resolved.frame["commune_code"].str.fullmatch(r"\d{5}").all()
    keys = Counter(fault.key for fault in resolved.faults)
    assert keys == {
        "fault-place-zeros": 2,
        "fault-place-code-unknown": 15,
        # Merged in 2020 under a new name with a member's old code, such as 03016 Sa Pả → Hàm Rồng.
        "fault-place-disagree": 12,
        # Cốc San went from Bát Xát to the city.
        "fault-place-district": 1,
    }
    assert resolved.summary.unresolved == 28
    assert resolved.summary.old == 136


@absent
def test_two_contradictions_are_named_with_both_readings(resolved: ResolvedPlaces) -> None:
    by_row = {f.row: f for f in resolved.faults if f.key == "fault-place-disagree"}
    assert by_row[3].got == "Phường Phố Mới" if 3 in by_row else by_row[4].got
    sa_pa = next(fault for fault in by_row.values() if fault.got == "Xã Sa Pả")
    assert "Phường Hàm Rồng" in sa_pa.values["by_code"]
    assert "Phường Sa Pả" in sa_pa.values["by_name"]


@absent
def test_12_rows_are_at_the_fallback_and_12_share_6_spots(
    listed: pd.DataFrame, resolved: ResolvedPlaces, lao_cai: Gazetteer, province: Extent
) -> None:
    found = located(listed, resolved, lao_cai, province, replace=False)
    keys = Counter((fault.key, fault.severity) for fault in found.faults)
    assert keys[("fault-position-geocoder", Severity.ERROR)] == 12
    assert keys[("fault-position-duplicate", Severity.WARNING)] == 6
    duplicates = [f for f in found.faults if f.key == "fault-position-duplicate"]
    assert sum(fault.values["count"] for fault in duplicates) == 12
    assert {severity for _, severity in keys if severity is Severity.ERROR} == {Severity.ERROR}


@absent
def test_ten_of_the_12_can_go_to_their_communes_centre(
    listed: pd.DataFrame, resolved: ResolvedPlaces, lao_cai: Gazetteer, province: Extent
) -> None:
    found = located(listed, resolved, lao_cai, province, replace=True)
    assert (found.account.replaced, found.account.given) == (10, 154)
    left = [fault.row for fault in found.faults if fault.severity is Severity.ERROR]
    # Lầu Thí Ngài and Suối Thầu are in no vintage, so no centre is known.
    assert listed[1].iloc[np.array(left) - 1].tolist() == ["Xã Lầu Thí Ngài", "Xã Suối Thầu"]


@absent
def test_all_48_units_of_the_published_table_are_found_by_name(lao_cai: Gazetteer) -> None:
    table = pd.read_csv(UNITS, dtype="str")
    named = pd.DataFrame({"unit": table["fullName"]})
    found = resolve_places(named, np.arange(2, len(table) + 2), lao_cai, {}).frame
    ours = table["code"].isin(set(lao_cai.unit_at)).to_numpy()
    assert ours.sum() == 48
    assert found.loc[ours, "unit_code"].tolist() == table.loc[ours, "code"].tolist()

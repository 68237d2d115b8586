"""The gazetteer of Lào Cai, and where it lies."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from geo.reading import read_communes
from geo.register.extent import Extent
from geo.register.gazetteer import Gazetteer

DATA = Path(__file__).resolve().parents[4] / "data"


@pytest.fixture(scope="session")
def lao_cai() -> Gazetteer:
    spellings = pd.read_csv(DATA / "commune_spellings.csv", dtype="str")
    return Gazetteer.from_communes(read_communes(DATA / "communes.csv"), spellings)


@pytest.fixture(scope="session")
def province(lao_cai: Gazetteer) -> Extent:
    return Extent.of_gazetteer(lao_cai)

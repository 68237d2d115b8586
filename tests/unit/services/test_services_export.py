"""The export of a ranking says what it is and what made it."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from geo.export import SUFFIXES, ExportTable, to_bytes
from i18n import translator
from planning.vocabulary import Gap, Weights
from services.assess import assess
from services.export import Selection, priority_list
from services.prioritise import Question, measure, prioritise
from services.province import shipped_province


@pytest.fixture(scope="module", params=["vi", "en"])
def table(request: pytest.FixtureRequest) -> ExportTable:
    province = shipped_province()
    question = Question(gap=Gap.FIBRE, as_of=province.latest, weights=Weights(0.4, 0.3, 0.3))
    ranking = prioritise(measure(province, question.gap, question.as_of), question)
    assessment = assess(province, question.as_of)
    words = translator(request.param)
    return priority_list(province, assessment, ranking, Selection(top=28), words)


def test_the_notes_name_source_day_filter_data_and_software(table: ExportTable) -> None:
    notes = dict(table.notes)
    software = f"gap-planner {version('gap-planner')}"
    assert table.metadata["software"] == software
    words = translator(table.language)
    assert notes[words("note-software")] == software
    for key in ("note-source", "note-as-of", "note-filter", "note-hash"):
        assert notes[words(key)]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_list_of_the_shipped_province_goes_into_every_format(
    table: ExportTable, suffix: str
) -> None:
    assert len(table.frame) == 28
    assert len(to_bytes(table, suffix)) > 5_000

"""The sentences of the report are those of the office, with its figures in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from i18n import translator
from planning.vocabulary import WorkStatus
from services.report import gather_report
from services.report_content import Office, report_content
from services.report_values import PlanNote, TargetForecast
from tests.unit.services.report_provinces import (
    HEAD,
    JUNE,
    MARCH,
    YEAR_END,
    more_targets,
    shipped,
    with_works,
    without_districts,
    without_targets,
)

VI, EN = translator("vi"), translator("en")
FORECAST = TargetForecast("fibre-2024", expected=24, low=20, high=27, probability=0.34)
PLAN = PlanNote("abc123", 28, 98.54, 12.5e9, proven=True, holds=True, is_of_this_data=False)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_sentence_of_each_target_has_the_form_the_office_uses() -> None:
    content = report_content(gather_report(shipped(), JUNE), VI)
    _, fibre = content.sections[-1].paragraphs
    assert plain(fibre) == (
        "Cáp quang: Tính đến ngày 30/06/2024, đạt 0/28 thôn, 0,0 % kế hoạch; ước thực hiện đến "
        "31/12/2024: chưa có dự báo; còn 56 thôn, trong đó 14 thôn chưa có điện; nguyên nhân: "
        "14 thôn chờ điện lưới, 38 thôn chờ vốn Quỹ viễn thông công ích, 4 thôn chờ doanh nghiệp "
        "đầu tư; kiến nghị: ngành điện sớm cấp điện, trình Quỹ bố trí vốn, giao doanh nghiệp hoàn "
        "thành."
    )


def test_a_forecast_is_said_with_its_range_and_probability() -> None:
    report = gather_report(shipped(), JUNE, forecasts=[FORECAST])
    signal, fibre = report_content(report, VI).sections[-1].paragraphs
    assert "chưa có dự báo" in signal
    assert "24/28 thôn (khoảng 20–27; xác suất đạt chỉ tiêu 34 %)" in plain(fibre)
    assert "24/28 villages (range 20–27" in report_content(report, EN).sections[-1].paragraphs[1]
    assert "ước thực hiện 24 (20–27)" in report_content(report, VI).gauges[1].about


def test_a_met_target_is_said_to_be_met_and_asks_for_nothing_more() -> None:
    report = gather_report(shipped(), YEAR_END)
    fibre = report.targets[1]
    done = replace(fibre, progress=replace(fibre.progress, achieved=28, share=1.0), lacking=28)
    content = report_content(replace(report, targets=(done,)), VI)
    assert "đạt 28/28 thôn, 100,0 % kế hoạch, hoàn thành" in plain(
        content.sections[-1].paragraphs[0]
    )


def test_before_its_list_was_made_a_target_is_not_judged_but_dated() -> None:
    march, june = (report_content(gather_report(shipped(), day), VI) for day in (MARCH, JUNE))
    assert march.gauges[1].band == "Giao sau ngày này, theo danh sách 30/06/2024"
    assert june.gauges[1].band == "Chưa đến hạn"
    assert (march.gauges[1].sign, march.gauges[1].planned_share) == ("○", None)


def test_a_band_says_in_words_against_what_it_is_measured() -> None:
    early = report_content(gather_report(more_targets(), date(2024, 9, 1)), VI)
    due = report_content(gather_report(more_targets(), date(2024, 10, 1)), VI)
    # 63 of the 92 days to a milestone of 14: 9 whole villages. 93 of the 184 days to 6: 3.
    assert early.gauges[1].band == "Đạt dưới 50 %, so với kế hoạch đến nay (9 thôn)"
    assert due.gauges[1].band == "Đạt dưới 50 %, so với kế hoạch đến nay (14 thôn)"
    assert due.gauges[1].planned_share == pytest.approx(0.5)
    assert due.gauges[0].band == "Đạt dưới 50 %, so với kế hoạch đến nay (3 thôn)"


def test_only_two_targets_stand_on_the_page_and_all_in_the_workbook() -> None:
    content = report_content(gather_report(more_targets(), JUNE), EN)
    assert len(content.gauges) == 2
    assert content.further_targets == "One more target: see the Excel file."
    assert [row[0] for row in content.sheets[0].cells] == [
        "Phone signal",
        "Fibre",
        "Fibre – Huyện Bát Xát",
    ]


def test_without_targets_the_page_says_so() -> None:
    content = report_content(gather_report(without_targets(), JUNE), VI)
    assert content.gauges == ()
    assert content.further_targets == "Chưa có chỉ tiêu nào được giao trong dữ liệu."


def test_the_foot_names_day_data_plan_and_head_or_says_there_is_none() -> None:
    bare = report_content(gather_report(shipped(), JUNE), VI).foot
    full = report_content(gather_report(more_targets(), JUNE, plan=PLAN), EN).foot
    assert shipped().data_hash in bare[0]
    assert "30/06/2024" in bare[0]
    assert bare[1:] == (
        "Mã phương án: không kèm phương án",
        "Đầu sổ theo dõi: chưa có bản ghi",
    )
    assert full[1:] == ("Plan hash: abc123", f"Head of the record: {HEAD}")


def test_a_plan_made_on_other_data_is_called_so() -> None:
    content = report_content(gather_report(shipped(), JUNE, plan=PLAN), VI)
    said = content.sections[-1].paragraphs[-1]
    assert "28 thôn, 98,5 km, 12,5 tỷ đồng" in said
    assert "lập trên số liệu khác với báo cáo này" in said


def test_difficulties_tell_what_was_recounted_from_what_was_built() -> None:
    said = report_content(gather_report(shipped(), JUNE), VI).sections[1].paragraphs[0]
    assert '169 thôn chuyển sang "đã có cáp quang" từ 14/03/2024 là do rà soát lại' in said
    assert "chưa có hồ sơ tiến độ thi công" in said
    assert "50/56 thôn này thuộc diện đặc biệt khó khăn" in said


def test_difficulties_count_suspended_and_unassigned_work() -> None:
    ids = gather_report(shipped(), JUNE).priorities["village_id"].tolist()
    works = with_works({ids[0]: WorkStatus.SUSPENDED, ids[1]: WorkStatus.BUILDING})
    said = report_content(gather_report(works, JUNE), EN).sections[1].paragraphs[0]
    assert "work on one village of the targets is suspended" in said
    assert "60 villages of the targets have not been assigned" in said


def test_villages_without_power_are_named_up_to_four_and_then_counted() -> None:
    said = report_content(gather_report(shipped(), JUNE), VI).sections[0].paragraphs[0]
    assert said.startswith("14 thôn còn thiếu dịch vụ chưa có điện lưới: Nậm Chạc – thôn 11; ")
    assert said.endswith("và 10 thôn khác (Phụ lục IV).")


@pytest.mark.parametrize("words", [VI, EN])
def test_the_label_stands_on_invented_data_and_never_on_real_data(words: object) -> None:
    assert isinstance(words, type(VI))
    invented = report_content(gather_report(shipped(), JUNE), words)
    real = report_content(gather_report(without_districts(), JUNE), words)
    assert invented.illustrative == words("illustrative")
    assert (real.illustrative, real.illustrative_note) == ("", "")


def test_the_letterhead_takes_an_office_and_writes_days_as_the_decree_does() -> None:
    report = gather_report(without_districts(), JUNE)
    usual = report_content(report, VI).letterhead
    assert usual.superior == "Uỷ ban nhân dân tỉnh Khác"
    assert usual.place_and_date.startswith("Khác, ngày ……")
    office = Office("UBND tỉnh", "Sở X", "Phó Giám đốc", date(2024, 2, 5))
    own = report_content(report, VI, office).letterhead
    assert (own.superior, own.issuer, own.signatory) == ("UBND tỉnh", "Sở X", ("Phó Giám đốc",))
    assert own.place_and_date == "Khác, ngày 05 tháng 02 năm 2024"
    october = Office(dated=date(2024, 10, 15))
    dated = report_content(report, VI, october).letterhead.place_and_date
    assert dated == "Khác, ngày 15 tháng 10 năm 2024"


def test_columns_of_which_nothing_is_known_are_left_out() -> None:
    content = report_content(gather_report(without_districts(), JUNE), VI)
    assert "Huyện cũ" not in [column.label for column in content.priorities.columns]
    assert len(content.annexes) == 2

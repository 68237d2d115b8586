# Từ vựng chung: mỗi khái niệm một từ.

illustrative = Dữ liệu minh hoạ
illustrative-long = Dữ liệu minh hoạ: vị trí, tên và số liệu từng thôn là giả định; chỉ các tổng số có dẫn nguồn là số liệu công bố.
yes = Có
no = Không
unknown = Chưa có số liệu
as-of = Tính đến ngày { $date }

gap-no_signal = Không có sóng điện thoại
gap-mobile = Chưa có băng rộng di động
gap-fibre = Chưa có cáp quang
gap-short-no_signal = Sóng điện thoại
gap-short-mobile = Băng rộng di động
gap-short-fibre = Cáp quang

status-lacking = Chưa có
status-served = Đã có
status-unknown = Chưa có số liệu

state-mobile-no_signal = Trắng sóng (không có sóng)
state-mobile-partial = Lõm sóng
state-mobile-2g_only = Chỉ có 2G
state-mobile-broadband = Có băng rộng di động (3G/4G)
state-mobile-unknown = Chưa có số liệu
state-fixed-none = Chưa có băng rộng cố định
state-fixed-other = Có băng rộng cố định khác, chưa có cáp quang
state-fixed-fibre = Có cáp quang
state-fixed-unknown = Chưa có số liệu

lane-fund = Quỹ viễn thông công ích
lane-operator = Doanh nghiệp tự đầu tư
lane-power_first = Chờ điện lưới
lane-unknown = Chưa xác định
lane-fund-why = Có điện lưới, thôn đặc biệt khó khăn: đề xuất Quỹ Dịch vụ viễn thông công ích.
lane-operator-why = Có điện lưới, ngoài thôn đặc biệt khó khăn: doanh nghiệp viễn thông tự đầu tư.
lane-power_first-why = Chưa có điện lưới: phải chờ ngành điện hoặc dùng nguồn thay thế.
lane-unknown-why = Thiếu thông tin về điện lưới hoặc diện đặc biệt khó khăn.

band-met = Hoàn thành kế hoạch
band-over_80 = Đạt trên 80 %
band-from_50_to_80 = Đạt 50–80 %
band-under_50 = Đạt dưới 50 %
band-not_due = Chưa đến hạn

criterion-distance = Khoảng cách
criterion-population = Dân số
criterion-minority = Tiếp cận của đồng bào DTTS
direction-near = Gần trước
direction-far = Xa trước
preset-balanced = Cân bằng
preset-quick_wins = Hiệu quả nhanh
preset-equity = Công bằng
preset-most_isolated = Biệt lập nhất
preset-custom = Tự chọn

kind-thon = Thôn
kind-ban = Bản
kind-to_dan_pho = Tổ dân phố
grid_power-grid = Có điện lưới
grid_power-planned = Chưa có, đã có kế hoạch
grid_power-none = Chưa có điện lưới
grid_power-other = Nguồn điện khác
grid_power-unknown = Chưa có số liệu
position_basis-illustrative = Vị trí minh hoạ
position_basis-surveyed = Đo thực địa
position_basis-commune_centre = Trung tâm xã
evidence-survey = Khảo sát
evidence-resurvey = Rà soát lại (đổi cách thống kê)
evidence-operator_report = Báo cáo của doanh nghiệp
evidence-construction = Xây dựng xong
evidence-acceptance = Biên bản nghiệm thu
evidence-measurement = Đo kiểm (i-Speed)
evidence-register = Danh sách đã nhập
site-kind-fibre_point = Điểm cáp quang
site-kind-base_station = Trạm BTS
service-mobile = Di động
service-fixed = Cố định

work-not_assigned = Chưa giao
work-surveyed = Đã khảo sát
work-funded = Đã có vốn
work-building = Đang thi công
work-on_air = Đã phát sóng / đưa vào khai thác
work-accepted = Đã nghiệm thu
work-suspended = Tạm dừng

role-viewer = Người xem (lãnh đạo)
role-planner = Cán bộ kế hoạch
role-steward = Cán bộ quản lý dữ liệu
role-administrator = Quản trị

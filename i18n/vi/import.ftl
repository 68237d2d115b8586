# Nhập danh sách: dòng lệnh và trang nhập dữ liệu.

cli-import-help = Nhập danh sách thôn của cơ quan (Excel, CSV, GeoJSON, GeoPackage, Shapefile, MapInfo, KML, GeoParquet). Lệnh cho biết đã hiểu từng cột thế nào và nêu mọi lỗi một lần; chưa ghi gì nếu không có --accept hoặc --out. Mã kết thúc: 0 nhận được, 2 còn lỗi, 1 tệp không dùng được. Ví dụ: gap-planner import danh-sach.xlsx --observed-on 2024-06-30 --accept
cli-registers-help = Xem các danh sách đã nhập và chọn danh sách đang dùng. Ví dụ: gap-planner registers --use shipped
cli-argument-file = Tệp danh sách thôn, hoặc tệp ranh giới xã, huyện.
cli-option-layer = Lớp dữ liệu (GeoPackage, KML) hoặc tệp trong tệp nén; bỏ trống: lớp đầu tiên.
cli-option-sheet = Trang tính; bỏ trống: trang đầu tiên có bảng.
cli-option-header-row = Số thứ tự dòng tiêu đề (dòng cuối nếu tiêu đề có hai dòng); bỏ trống: tự tìm.
cli-option-encoding = Bảng mã chữ: utf-8, utf-16, cp1258, tcvn3 (.VnTime), vni; bỏ trống: tự nhận biết.
cli-option-crs = Hệ toạ độ, ví dụ EPSG:9208 (VN-2000 Lào Cai), "VN-2000 104-45", WGS84; bỏ trống: theo tệp.
cli-option-swap = Đổi chỗ kinh độ và vĩ độ.
cli-option-numbers = Dấu thập phân của các cột chưa rõ: comma (1.234,5) hoặc point (1,234.5).
cli-option-dates = Thứ tự ngày tháng của các cột chưa rõ: day (ngày trước) hoặc month (tháng trước).
cli-option-observed-on = Số liệu tính đến ngày (năm-tháng-ngày), cho các dòng không ghi ngày.
cli-option-mapping = Tệp ghép cột đã lưu (mapping.toml).
cli-option-save-mapping = Lưu cách ghép cột ra tệp để dùng lại cho lần nhập sau.
cli-option-level = Cấp của ranh giới: commune (xã trước 1/7/2025), unit (xã/phường từ 1/7/2025) hoặc district (huyện trước 1/7/2025); bỏ trống: xác định theo mã và tên.
cli-option-boundaries = Tệp ranh giới xã hoặc huyện để kiểm tra vị trí thôn và tô màu bản đồ.
cli-option-use-commune-centre = Thôn có toạ độ sai: dùng trung tâm xã (ghi rõ trong cột căn cứ vị trí).
cli-option-set-aside = Nhận các dòng đúng, để riêng các dòng lỗi vào tệp Excel này.
cli-option-report = Ghi báo cáo lỗi bằng hai thứ tiếng ra tệp .json hoặc .xlsx.
cli-option-import-out = Ghi danh sách đã hiểu ra tệp .geojson (chỉ khi không còn lỗi).
cli-option-accept = Nhận danh sách: từ nay các lệnh và ứng dụng dùng danh sách này.
cli-option-update = Đối chiếu với danh sách đang dùng: giữ mã thôn, ghi thay đổi thành quan sát có ngày.
cli-option-name = Tên của danh sách; bỏ trống: tên tệp.
cli-option-import-format = Cách in: table hoặc json.
cli-option-use = Dùng danh sách mang mã này; shipped là tỉnh minh hoạ đi kèm.
cli-accepted = Đã nhận "{ $name }" (mã { $register }); các lệnh và ứng dụng nay dùng danh sách này.
cli-not-accepted = Chưa nhận danh sách: thêm --accept để dùng danh sách này.
cli-outline = { $file }: { NUMBER($count) } ranh giới cấp { $level }.


registers-title = Các danh sách
registers-in-use = Dùng
registers-register = Mã
registers-name = Tên
registers-villages = Số thôn
registers-source = Tệp nguồn
registers-accepted = Ngày nhận
registers-hint = Chọn danh sách: gap-planner registers --use <mã>

import-read-as = { $file }: đọc theo dạng { $format }, { NUMBER($rows) } dòng.
import-layer = Lớp, trang tính
import-encoding = Bảng mã
import-row-aside = Dòng { $row } không phải thôn ({ $why }): { $text }
import-columns = Các cột được hiểu như sau
import-heading = Cột trong tệp
import-field = Ý nghĩa
import-sure = Nhận biết
import-read-as-column = Cách đọc
import-samples = Ví dụ
import-carried = (giữ nguyên, không dùng)
import-change-count = { $change }: { NUMBER($count) } thôn
import-more-faults = … và { NUMBER($count) } mục nữa: xem đủ trong báo cáo (--report loi.xlsx).
import-verdict-ready = Nhận được: { NUMBER($rows) } thôn, không có lỗi, { NUMBER($warnings) } cảnh báo.
import-verdict-faults = { $faulty ->
        [0] Chưa nhận được: { NUMBER($errors) } lỗi của cả tệp, { NUMBER($warnings) } cảnh báo. Chưa ghi gì.
       *[other] Chưa nhận được: { NUMBER($errors) } lỗi, { NUMBER($faulty) } trong { NUMBER($rows) } dòng có lỗi, { NUMBER($warnings) } cảnh báo. Chưa ghi gì.
    }

aside-title = dòng tiêu đề
aside-numbering = dòng đánh số cột
aside-total = dòng tổng
aside-section = dòng nhóm
aside-note = ghi chú

confidence-chosen = đã chọn
confidence-exact = chắc chắn
confidence-likely = gần đúng, xin kiểm tra
confidence-none = không nhận ra

read-as-comma = dấu phẩy thập phân
read-as-point = dấu chấm thập phân
read-as-day = ngày trước tháng
read-as-month = tháng trước ngày
read-as-per_cent = phần trăm

understood-system = Hệ toạ độ: { $system }.
understood-system-assumed = Hệ toạ độ: { $system } (tệp không ghi, hiểu theo độ).
understood-operation = Chuyển đổi: { $operation }, độ chính xác công bố { $accuracy } m.
understood-positions = Vị trí: { NUMBER($given) } thôn có toạ độ, { NUMBER($centre) } thôn lấy trung tâm xã, { NUMBER($missing) } thôn chưa có.
understood-places = Địa danh: { NUMBER($old) } theo xã trước 1/7/2025, { NUMBER($new) } theo xã/phường mới, { NUMBER($both) } theo cả hai, { NUMBER($unresolved) } chưa xác định, { NUMBER($silent) } không ghi.

change-new = Thôn mới
change-gone = Không còn trong danh sách (vẫn giữ)
change-renamed = Đổi tên
change-moved = Đổi vị trí
change-area = Đổi xã, huyện
change-state = Đổi hiện trạng
change-changed = Đổi số liệu khác
change-same = Không đổi

severity-error = Lỗi
severity-warning = Cảnh báo
report-title = { $file }: { NUMBER($errors) } lỗi, { NUMBER($warnings) } cảnh báo
report-severity = Mức
report-row = Dòng
report-column = Cột
report-got = Giá trị gặp
report-expected = Giá trị cần
report-sentence = Lỗi
report-remedy = Cách sửa


error-import-faults = Tệp { $file } còn { NUMBER($count) } lỗi nên chưa nhận được. Hãy sửa các lỗi dưới đây, hoặc để riêng các dòng lỗi.
error-nothing-to-update = Chưa có danh sách nào đã nhập để đối chiếu. Hãy nhập danh sách lần đầu không kèm --update.
error-shelf-unknown = Không có danh sách mang mã { $register }. Hãy chọn một trong: { $expected }.
error-shelf-taken = Đã có danh sách mang mã { $register }. Hãy đặt tên khác.

import-step-file = Tệp
import-step-understood = Đã hiểu là
import-step-columns = Ghép cột
import-step-faults = Lỗi và cách sửa
import-step-accept = Nhận danh sách
import-choose = Chọn tệp
import-limits = Tối đa { NUMBER($megabytes) } MB: { $suffixes }
import-drop-list = Kéo tệp danh sách thôn (hoặc ranh giới xã, huyện) vào đây
import-drop-mapping = Cách ghép cột đã lưu (mapping.toml)
import-drop-boundaries = Ranh giới xã hoặc huyện
import-more-files = Thêm: cách ghép cột đã lưu, ranh giới
import-how-it-works =
    Tệp được đọc trong một tiến trình riêng, có giới hạn, ngay trên máy này; không có gì gửi ra ngoài.

    - **Bảng tính:** Excel (.xlsx, .xls), .ods, CSV. **Bản đồ:** GeoJSON, GeoPackage, Shapefile và MapInfo (nén .zip), KML, KMZ, GeoParquet.
    - Tên cột tiếng Việt hay tiếng Anh đều được; chữ .VnTime (TCVN3) và VNI được nhận ra và hỏi lại.
    - Toạ độ WGS84, UTM hoặc VN-2000 mọi múi; không có toạ độ thì dùng trung tâm xã.
    - Chưa ghi gì cho đến khi bấm **Nhận danh sách** ở cuối trang.
import-by-itself = Tự nhận biết
import-header-row = Dòng tiêu đề
import-set-aside-rows = { NUMBER($count) } dòng không phải thôn
import-crs = Hệ toạ độ (bỏ trống: theo tệp)
import-crs-candidates = Toạ độ phẳng chưa ghi hệ: chọn hệ toạ độ (khớp nhất ở trên)
import-observed-on = Số liệu tính đến ngày
import-columns-hint = ✓ chắc chắn, ? gần đúng, ✎ đã chọn, – không nhận ra (cột vẫn được giữ nguyên trong danh sách).
import-decide = Chưa rõ: hãy chọn
import-blank-means-no = Ô trống là không
import-save-mapping = Lưu cách ghép cột
import-checking = Đang kiểm tra…
import-no-faults = Không có lỗi, không có cảnh báo.
import-report-json = Báo cáo lỗi (JSON)
import-report-xlsx = Báo cáo lỗi (Excel)
import-report-stem = loi
import-aside-stem = dong-loi
import-download-aside = { NUMBER($count) } dòng lỗi (Excel)
import-use-centre = Toạ độ sai: dùng trung tâm xã
import-use-swap = Đổi chỗ kinh độ và vĩ độ
import-set-aside = Nhận { NUMBER($sound) } dòng đúng, để riêng { NUMBER($faulty) } dòng lỗi (tải về ở trên để sửa rồi nhập bổ sung)
import-not-ready = Còn { NUMBER($errors) } lỗi: sửa trong tệp, chọn lại ở trên, hoặc để riêng các dòng lỗi.
import-not-separable = Còn { NUMBER($errors) } lỗi, trong đó { NUMBER($whole) } lỗi của cả tệp (không ghi dòng): giải quyết các lỗi này trước.
import-unused = { NUMBER($count) } cột không nhận ra, giữ nguyên: { $columns }.
import-accepting = Đang nhận danh sách…
import-kept-file = Đang mở lại { $file }; các lựa chọn vẫn còn.
import-drop-kept = Bỏ tệp này
import-name = Tên của danh sách
import-accept = Nhận danh sách
import-accept-outline = Dùng ranh giới này
import-done = Đã nhận "{ $name }": { NUMBER($villages) } thôn. Bản đồ, ưu tiên, chỉ tiêu và tệp xuất nay dùng danh sách này.
import-how = Danh sách này
import-how-update = cập nhật danh sách đang dùng
import-how-new = là danh sách mới
import-no-changes = Không có gì thay đổi so với danh sách đang dùng.
import-confirmed = Hiện trạng không đổi được ghi nhận lại vào ngày sau, thêm vào lịch sử: { NUMBER($count) }.
import-same = Tên gần giống: chọn cặp là cùng một thôn
import-same-none = Không có cặp nào
import-change = Thay đổi
import-before = Trước
import-after = Sau
import-in-use = Đang dùng
import-villages = { NUMBER($count) } thôn
class-faulty = Dòng có lỗi
class-doubtful = Dòng có cảnh báo
class-sound = Không có lỗi
import-map-none = Chưa có vị trí nào để vẽ.
import-verdict-separated = Nhận được khi để riêng { NUMBER($faulty) } dòng lỗi: { NUMBER($sound) } thôn, { NUMBER($warnings) } cảnh báo.
page-import = Nhập dữ liệu
import-more-faults-below = … và { NUMBER($count) } mục nữa trong báo cáo lỗi.
import-crs-hint = ví dụ EPSG:9208
change-position = Vị trí
import-more-changes = … và { NUMBER($count) } thay đổi nữa (xem đủ với --format json).
import-level = Ranh giới cấp nào

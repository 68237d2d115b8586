# Ranh giới xã, huyện và vị trí ở mức xã: chú giải, lỗi và cách xử lý.

mark-commune-centre = Vị trí là trung tâm xã
no-distance-commune-centre = Vị trí là trung tâm xã nên không tính khoảng cách.

area-level-commune = xã (trước 1/7/2025)
area-level-unit = xã, phường
area-level-district = huyện (trước 1/7/2025)
shade-title = Tỷ lệ thôn { $lack } theo { $level }
shade-none = 0 %
shade-up-to = đến { $high } %
shade-range = trên { $low } đến { $high } %
shade-above = trên { $low } %
shade-unknown = Chưa có số liệu
shade-empty = Không có thôn

error-boundaries-no-shapes = Tệp { $file } không có hình vẽ nào. Cần tệp bản đồ có đường bao của từng xã hoặc huyện.
error-boundaries-no-areas = Tệp { $file } không có vùng khép kín nào, chỉ có điểm hoặc đường. Cần đường bao (polygon) của từng xã hoặc huyện; nếu đây là danh sách thôn, hãy nhập ở mục danh sách thôn.
error-boundaries-crs = Không rõ hệ tọa độ của tệp { $file }. Hãy chọn hệ tọa độ, ví dụ EPSG:9208 (VN-2000, Lào Cai) hoặc EPSG:4326 (WGS84).
error-boundaries-level = Không rõ tệp { $file } là ranh giới cấp nào: xã cũ và đơn vị mới dùng chung mã số. Hãy chọn cấp: xã trước 1/7/2025, xã/phường từ 1/7/2025 hoặc huyện (dòng lệnh: --level { $expected }).

expected-boundary-polygon = đường bao khép kín (polygon)

fault-boundary-kind = Dòng { $row }: hình thuộc kiểu { $got }, cần { $expected }; dòng này không dùng được.
remedy-boundary-kind = Vẽ vùng này thành đường bao khép kín rồi nạp lại, hoặc bỏ dòng khỏi tệp.
fault-boundary-empty = Dòng { $row }: không có hình, hình rỗng hoặc tọa độ nằm ngoài trái đất; dòng này không dùng được.
remedy-boundary-empty = Kiểm tra hình và hệ tọa độ của dòng này trong phần mềm bản đồ.
fault-boundary-invalid = Dòng { $row } ({ $area }): đường bao tự cắt hoặc tự chạm gần { $lon }, { $lat }; đã sửa để dùng, tệp gốc giữ nguyên.
remedy-boundary-invalid = Xem lại chỗ đó trên bản đồ; nếu vùng đã sửa không đúng, hãy sửa tệp gốc.
fault-boundary-nameless = Dòng { $row }: vùng không có cả mã lẫn tên.
remedy-boundary-nameless = Điền mã hoặc tên cho vùng này, hoặc chọn lại cột mã và cột tên.
fault-boundary-no-code = Dòng { $row } ({ $area }): thiếu mã ở cột { $column }; thôn chỉ được gán theo vị trí.
remedy-boundary-no-code = Điền mã đơn vị hành chính cho vùng này.
fault-boundary-code-twice = Dòng { $row }, cột { $column }: mã { $got } đã có ở dòng { $first }.
remedy-boundary-twice = Gộp các phần của cùng một đơn vị thành một vùng, hoặc sửa mã sai.
fault-boundary-name-twice = Dòng { $row }, cột { $column }: tên { $got } trùng với dòng { $first }.
remedy-boundary-name-twice = Hai đơn vị có thể trùng tên; hãy dùng mã để phân biệt.
fault-boundary-zeros = { $count } mã ở cột { $column } thiếu số 0 ở đầu; đã bổ sung cho đủ số chữ số.
remedy-boundary-zeros = Nếu mã là của danh mục khác, hãy chọn lại cột mã.
fault-boundary-area = Dòng { $row } ({ $area }): cột { $column } ghi { $got } km², đường bao rộng { $computed } km², lệch { $difference } km².
remedy-boundary-area = Đối chiếu đường bao và diện tích với hồ sơ địa giới; số liệu của sản phẩm tính theo đường bao.
fault-boundary-overlap = Khoảnh { $ha } ha gần { $lon }, { $lat } nằm trong cả { $count } vùng: { $areas }.
remedy-boundary-overlap = Xác định khoảnh này thuộc đơn vị nào và sửa các đường bao còn lại.
fault-boundary-overlap-slivers = { $count } chỗ chồng lấn nhỏ dưới 1 ha, cộng lại { $m2 } m².
fault-boundary-gaps = { $count } khoảnh đất không thuộc vùng nào, cộng lại { $ha } ha.
fault-boundary-gap = Khoảnh { $ha } ha gần { $lon }, { $lat } không thuộc vùng nào.
remedy-boundary-gap = Xác định khoảnh đất thuộc đơn vị nào và nối đường bao, hoặc xác nhận đó là mặt nước hay đất tỉnh khác.
fault-boundary-gap-slivers = { $count } khe hở nhỏ dưới 1 ha, cộng lại { $m2 } m².
remedy-boundary-slivers = Sai lệch do số hóa, không ảnh hưởng kết quả; có thể bỏ qua.

area-table = Bảng tỷ lệ theo { $level }: { $gap }
area-name = Tên
area-code = Mã
area-rate = Tỷ lệ chưa có
area-known = Thôn đã có số liệu

# Sổ theo dõi: ghi nhận, lịch sử, sao lưu.

error-store-conflict = { $by } đã ghi nhận { $count } mục này sau khi bạn mở xem. Chưa ghi gì của bạn và không mất gì: hãy xem từng trường dưới đây rồi chọn.
error-store-share = Không đặt sổ theo dõi trong { $path }: đây là ổ mạng ({ $kind }), khoá tệp ở đó không tin được. Hãy đặt trên đĩa của máy (GAP_PLANNER_STATE) hoặc dùng PostgreSQL (GAP_PLANNER_STORE).
error-store-url = Địa chỉ sổ theo dõi "{ $got }" không dùng được. Cần postgresql+psycopg://… hoặc sqlite:///tệp; bỏ trống GAP_PLANNER_STORE để dùng tệp của máy này.
error-store-full = Đĩa chứa { $path } đã đầy; mục đang ghi chưa được nhận, các mục trước vẫn còn nguyên. Hãy giải phóng chỗ trống rồi ghi lại.
error-store-readonly = Không ghi được vào { $path }. Hãy kiểm tra thư mục và quyền ghi.
error-store-damaged = Sổ theo dõi { $path } bị hỏng hoặc không phải sổ theo dõi. Hãy khôi phục từ bản sao lưu: gap-planner store restore.
error-store-busy = Sổ theo dõi { $path } đang bận quá 30 giây; mục của bạn chưa được nhận. Hãy thử lại sau ít phút.
error-store-disk = Đĩa chứa { $path } báo lỗi khi ghi; không chắc mục này đã được giữ. Hãy kiểm tra đĩa rồi gửi lại: gửi hai lần cũng chỉ ghi một lần.
error-store-unreachable = Không mở được sổ theo dõi ({ $path }). Hãy kiểm tra máy chủ cơ sở dữ liệu, địa chỉ và quyền trong GAP_PLANNER_STORE.
error-store-newer = Sổ theo dõi thuộc phiên bản mới hơn của phần mềm (lược đồ { $got }, phần mềm này biết đến { $expected }). Hãy cập nhật phần mềm.
error-store-login = Tên đăng nhập "{ $got }" không dùng được. Cần từ 1 đến 200 ký tự.
error-store-submission = Khoá gửi không dùng được hoặc đã được người khác dùng. Hãy tải lại trang rồi gửi lại.
error-store-nothing = Không có gì để ghi nhận. Hãy nhập ít nhất một thay đổi.
error-store-forbidden = Vai trò { $role ->
    [viewer] người xem
    [planner] cán bộ kế hoạch
    [steward] cán bộ quản lý dữ liệu
   *[other] { $role }
} không được phép { $act ->
    [observe] ghi nhận quan sát
    [report_work] ghi nhận tiến độ
    [undo_own] hoàn tác
    [undo_any] hoàn tác mục của người khác
    [save_plan] lưu phương án
    [set_target] đặt chỉ tiêu
    [edit_village] sửa thông tin thôn
    [seed_register] nhận danh sách vào sổ
    [publish_result] ghi kết quả công bố
   *[other] phân quyền
}. Hãy nhờ người có quyền hoặc xin cấp quyền từ quản trị.
error-store-version = Phiên bản đã xem của { $subject } không có trong sổ. Hãy tải lại trang.
error-store-state = Trạng thái "{ $got }" không dùng được. Hãy chọn một trong: { $expected }.
error-store-future = Ngày { $day } chưa đến (hôm nay là { $today }). Hãy ghi ngày đã quan sát.
error-store-long = Trường { $field } dài { NUMBER($got) } ký tự, nhiều hơn { NUMBER($most) }. Hãy rút gọn hoặc đính kèm tệp.
error-store-fact = Không sửa được trường { $field } ở đây. Sửa được: { $expected }. Các trường khác đổi bằng cách nhập danh sách mới.
error-store-value = Giá trị "{ $got }" không dùng được cho trường { $field }. Hãy xem từ điển dữ liệu.
error-store-last-administrator = { $login } là quản trị cuối cùng. Hãy phân quyền quản trị cho người khác trước.
error-store-no-event = Không có mục số { $seq } trong sổ. Hãy xem số trong lịch sử.
error-store-undone = Mục số { $seq } đã được hoàn tác.
error-store-not-undoable = Mục số { $seq } không thuộc loại hoàn tác được (chỉ quan sát, tiến độ, thông tin thôn và chỉ tiêu).
error-store-changed-since = Sau mục số { $seq } đã có thay đổi khác của cùng đối tượng. Hãy hoàn tác mục mới nhất trước.
error-store-backup = Không ghi được bản sao lưu { $path }. Hãy kiểm tra chỗ trống và quyền ghi.
error-store-restore = Không khôi phục được từ { $path }: không đọc được hoặc không phải bản sao lưu của sổ. Sổ hiện tại được giữ nguyên.
error-store-restore-breach = Bản sao lưu { $path } có { NUMBER($count) } chỗ không khớp chuỗi băm nên không được dùng. Sổ hiện tại được giữ nguyên.
error-store-server-backup = Sổ nằm trên máy chủ PostgreSQL: hãy sao lưu bằng pg_dump của máy chủ (xem hướng dẫn chạy trên máy chủ).
error-store-attachment-size = Tệp minh chứng { NUMBER($got) } byte, lớn hơn { NUMBER($most) } byte. Hãy giảm kích thước ảnh.
error-store-attachment-kind = Tệp minh chứng { $name } không phải ảnh JPEG, PNG, WebP hay PDF (xét theo nội dung, không theo tên).
error-target-name = Chỉ tiêu cần có mã từ 1 đến 64 ký tự.
error-target-count = Số thôn cần đạt là { NUMBER($required) } trên { NUMBER($cohort) }. Cần từ 1 đến số thôn của nhóm.
error-target-deadline = Hạn { $deadline } không sau ngày lập nhóm { $cohort_on }.
error-target-milestone = Mốc { $day } ({ NUMBER($count) } thôn) không hợp lệ: các mốc phải tăng dần, sau ngày lập nhóm, không sau hạn và không quá số cần đạt.
error-sheet-columns = Tệp { $file } không phải bảng cập nhật của phần mềm: thiếu cột { $columns }. Hãy tải bảng từ trang Cập nhật, điền rồi gửi lại.
error-sheet-register = Bảng trong { $file } thuộc danh sách thôn khác ({ $got }), không phải danh sách đang dùng ({ $expected }).
error-sheet-empty = Tệp { $file } không có thay đổi nào so với khi tải xuống. Chưa ghi gì.
fault-sheet-value = Dòng { $row }, cột { $column }: gặp "{ $got }", cần { $expected }.

cli-store-help = Sổ theo dõi: kiểm tra, sao lưu, khôi phục, phân quyền.
cli-store-verify-help = Tính lại chuỗi băm của sổ và nêu đúng dòng bị sửa, nếu có.
cli-store-backup-help = Ghi bản sao lưu nhất quán trong khi người khác vẫn làm việc.
cli-store-restore-help = Đưa một bản sao lưu vào thay sổ; sổ cũ được giữ lại bên cạnh.
cli-store-grant-help = Phân vai trò cho một người (viewer, planner, steward, administrator, none).
cli-store-people-help = Liệt kê những người đã được phân vai trò.
cli-option-head = Chuỗi băm (từ 8 ký tự) in trên báo cáo: sổ còn chứa đến đó không.
cli-option-backup-folder = Thư mục chứa bản sao lưu; mặc định: backups cạnh sổ.
cli-option-keep = Số bản sao lưu mới nhất được giữ; 0: giữ tất cả.
cli-argument-backup = Tệp bản sao lưu.
cli-argument-login = Tên đăng nhập.
cli-argument-role = Vai trò.
cli-option-person-name = Họ tên.
store-sound = Sổ nguyên vẹn: { NUMBER($events) } mục, { NUMBER($rows) } dòng, đầu chuỗi { $head }.
store-empty = Chưa có sổ theo dõi: chưa ghi nhận gì trên máy này.
store-breach-row = Dòng đã bị sửa: bảng { $table }, mục { $event }, dòng { $row }.
store-breach-rows = Mục { $event } thiếu hoặc thừa dòng.
store-breach-event = Mục { $event } đã bị sửa.
store-breach-link = Thiếu mục đứng trước mục { $event }.
store-breach-end = Thiếu các mục cuối: chuỗi phải kết thúc ở mục { $event }.
store-breach-orphan = Có dòng thuộc mục { $event }, nhưng không có mục này.
store-breach-version = Số phiên bản của đối tượng trong mục { $event } đã bị sửa.
store-head-known = Chuỗi băm { $head } có trong sổ.
store-head-unknown = Chuỗi băm { $head } KHÔNG có trong sổ: sổ đã bị thay hoặc cắt bớt sau khi in báo cáo.
store-old-sqlite = Lưu ý: SQLite { $version } cũ hơn 3.51.3; trong trường hợp rất hiếm bản ghi WAL có thể mất khi nhiều người ghi. Nên cập nhật Python hoặc dùng PostgreSQL.
store-backed-up = Đã sao lưu: { $path }
store-restored = Đã khôi phục { NUMBER($events) } mục từ { $path }. Sổ trước đó được giữ ở { $kept }.
store-granted = { $login }: { $role }.
store-no-people = Chưa phân vai trò cho ai; trên máy riêng, người giữ tệp là quản trị.
store-role-none = không có vai trò

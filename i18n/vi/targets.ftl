error-targets = Tệp chỉ tiêu { $file } có { $count } lỗi; chưa có chỉ tiêu nào được nhận. Hãy sửa các lỗi dưới đây rồi mở lại.
fault-target-id = Có một chỉ tiêu không có mã (target_id). Hãy đặt cho mỗi chỉ tiêu một mã riêng.
fault-target-twice = Mã chỉ tiêu { $column } được dùng hai lần. Hãy đặt cho mỗi chỉ tiêu một mã riêng.
fault-target-cohort = Chỉ tiêu { $column }: danh sách không có thôn nào (cohort_size = { $got }). Cần ít nhất 1 thôn.
fault-target-required = Chỉ tiêu { $column }: số thôn phải đạt (required) là { $got }. Cần ít nhất 1 thôn.
fault-target-more = Chỉ tiêu { $column }: phải đạt { $got } thôn nhưng danh sách chỉ có { $most } thôn. Hãy sửa required hoặc cohort_size.
fault-target-deadline = Chỉ tiêu { $column }: thời hạn { $got } không sau ngày lập danh sách { $first }. Hãy sửa deadline hoặc cohort_on.
fault-target-result = Chỉ tiêu { $column }: kết quả công bố (result) là { $got }. Cần số từ 0 trở lên; nếu chưa công bố thì bỏ dòng này.
fault-target-area = Chỉ tiêu { $column }: danh sách thôn không có { $kind ->
    [area-district] huyện (trước 1/7/2025)
    [area-unit] xã, phường từ 1/7/2025
   *[area-commune] xã, phường, thị trấn
 } nào mang mã { $got }. Hãy xem lại mã, hoặc bỏ phần [target.area] nếu chỉ tiêu là của cả tỉnh.
fault-target-milestone-day = Chỉ tiêu { $column }: mốc ngày { $got } nằm ngoài khoảng từ sau { $first } đến { $last }. Hãy sửa due_on.
fault-target-milestone-count = Chỉ tiêu { $column }: một mốc yêu cầu { $got } thôn. Cần ít nhất 1 thôn.
fault-target-milestone-more = Chỉ tiêu { $column }: một mốc yêu cầu { $got } thôn, nhiều hơn { $most } thôn của cả chỉ tiêu. Hãy sửa count.
fault-target-milestone-last = Chỉ tiêu { $column }: mốc vào đúng ngày cuối chỉ yêu cầu { $got } thôn trong khi chỉ tiêu là { $most } thôn. Hãy bỏ mốc này hoặc sửa count.
fault-target-milestone-order = Chỉ tiêu { $column }: mốc ngày { $got } đứng sau mốc ngày { $before }. Hãy xếp các mốc theo ngày, mỗi ngày một mốc.
fault-target-milestone-rise = Chỉ tiêu { $column }: số thôn của các mốc phải tăng dần, nhưng { $got } đứng sau { $before }. Hãy sửa count.

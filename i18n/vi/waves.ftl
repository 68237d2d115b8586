error-order-decided = Thôn xếp thứ { $rank } phải được kết nối trước khi hết quý { $quarter } năm { $year }. Cùng với những quyết định khác đến lúc đó, phải xây dựng { $needed_km } km, trong khi các đội thi công chỉ làm được { $possible_km } km. Một phần có thể còn phải chờ điện. Hãy chọn quý muộn hơn cho thôn này hoặc tăng số đội thi công.
error-order-waits = Thôn xếp thứ { $rank } phải được kết nối trước khi hết quý { $quarter } năm { $year }, nhưng chỉ được phép kết nối từ một quý muộn hơn. Hãy đổi một trong hai mốc thời gian.
error-order-broken = Thứ tự xây dựng vi phạm quy tắc của chính nó ({ $rule ->
    [capacity] một quý làm nhiều hơn năng lực của các đội thi công
    [amount] làm nhiều hơn khối lượng hiện có hoặc khối lượng âm
    [trunk] có đoạn được làm trước tuyến mà nó nối vào
    [done] có hạng mục được tính là xong khi chưa xong
    [wait] có thôn được kết nối sớm hơn thời điểm cho phép
    [decided] có quyết định về quý không được giữ
    [sums] có tổng không khớp với các phần
   *[bound] chứng minh không khớp với thứ tự
 }). Xin đừng sử dụng kết quả này. Đây là lỗi của chương trình: hãy báo lại kèm dữ liệu đầu vào.

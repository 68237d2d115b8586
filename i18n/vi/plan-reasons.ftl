# Vì sao một phương án như vậy: kiểm chứng, lý do của từng thôn, giới hạn mâu thuẫn.

error-plan-certificate = Phương án không qua được kiểm chứng độc lập ({ $checks }) nên không được hiển thị. Hãy báo cho người phụ trách phần mềm.

certificate-edges = Các đoạn tuyến có trên mạng lưới, mỗi đoạn chỉ tính một lần
certificate-connected = Mọi đoạn tuyến nối liền với điểm cáp quang
certificate-acyclic = Không có vòng khép kín
certificate-cost = Tổng chi phí cộng lại đúng
certificate-terminals = Các thôn được nối đúng là các thôn nằm trên tuyến
certificate-prize = Tổng điểm cộng lại đúng
certificate-quota = Đủ số thôn yêu cầu
certificate-budget = Trong ngân sách
certificate-locked = Có đủ các thôn đã chốt
certificate-forbidden = Không qua nơi đã loại
certificate-condition = Giữ điều kiện kèm theo
certificate-reach = Trong tầm với của mạng
certificate-bound = Cận nằm đúng phía của giá trị
certificate-gap = Khoảng cách tới cận không bị nói hẹp đi

conflict-quota = Số thôn: yêu cầu { $asked }, nhiều nhất được { $nearest } nếu giữ các giới hạn khác
conflict-budget = Ngân sách: có { $asked }, cần ít nhất { $nearest } nếu giữ các giới hạn khác
conflict-condition = Điều kiện kèm theo: yêu cầu { $asked }, nhiều nhất được { $nearest } nếu giữ các giới hạn khác
conflict-minority_share = Tỷ lệ người dân tộc thiểu số: yêu cầu { $asked } %, nhiều nhất được { $nearest } % nếu giữ các giới hạn khác
conflict-district = Số thôn của { $name }: yêu cầu { $asked }, nhiều nhất được { $nearest } nếu giữ các giới hạn khác
conflict-reach = Tầm với của mạng: cho phép { $asked } km, cần ít nhất { $nearest } km nếu giữ các giới hạn khác
conflict-locked = { $name } đã được chốt; bỏ chốt thì lập được phương án
conflict-forbidden = { $name } đã bị loại; cho phép trở lại thì lập được phương án

reason-today = Đã có cáp quang
reason-chosen = Được chọn: thiếu thôn này, phương án tốt nhất kém đi { $difference }
reason-left-out = Chưa được chọn: đưa thôn này vào, phương án tốt nhất kém đi { $difference }
reason-decided = Đã chốt: nếu không có thôn này, phương án tốt nhất khác đi { $difference }
reason-excluded = Đã loại: nếu có thôn này, phương án tốt nhất khác đi { $difference }
reason-indispensable = Không thể thiếu: không có thôn này thì không giữ được mọi giới hạn
reason-impossible = Không thể đưa vào mà vẫn giữ được mọi giới hạn

# Địa hình (tệp độ cao, độ dốc, tầm nhìn) và chọn vị trí trạm.

error-masts-unreached = { $count } thôn không có vị trí nào phủ tới, dù tăng bán kính: { $villages }. Hãy thêm vị trí dự kiến gần các thôn này hoặc đưa chúng ra khỏi mục tiêu.
error-masts-out-of-radius = { $count } thôn nằm ngoài bán kính phủ sóng của mọi vị trí: { $villages }. Cần bán kính ít nhất { $radius_km } km, hoặc thêm vị trí dự kiến gần các thôn này.
error-masts-refused = { $count } thôn chỉ có thể phủ từ những vị trí đã bị loại hoặc không xây được: { $villages }. Hãy cho phép lại một trong các vị trí đó.
error-masts-locked-forbidden = { $count } vị trí vừa được giữ vừa bị loại hoặc không xây được (số { $sites }). Hãy bỏ một trong hai lựa chọn.
error-masts-locked-count = Riêng các vị trí đã giữ đã là { $least }, nhiều hơn số trạm cho phép ({ $limit }). Hãy cho phép ít nhất { $least } trạm hoặc bỏ bớt vị trí đã giữ.
error-masts-locked-budget = Riêng các vị trí đã giữ tốn { NUMBER($least) } đồng, vượt kinh phí { NUMBER($limit) } đồng. Hãy tăng kinh phí đến mức đó hoặc bỏ bớt vị trí đã giữ.
error-masts-certificate = Phương án trạm không qua được bước kiểm tra độc lập ({ $broken }) nên không được đưa ra. Hãy báo lỗi này cho người phát triển.

error-terrain-missing = Không mở được tệp độ cao { $file }. Hãy kiểm tra tệp có tồn tại và bạn có quyền đọc.
error-terrain-file-size = Tệp độ cao { $file } nặng { NUMBER($megabytes) } MB, vượt mức { NUMBER($limit) } MB. Hãy cắt theo ranh giới tỉnh hoặc nén lại (DEFLATE).
error-terrain-format = Tệp { $file } không phải GeoTIFF. Hãy xuất mô hình độ cao ở định dạng GeoTIFF (.tif).
error-terrain-damaged = Tệp độ cao { $file } bị hỏng hoặc thiếu một phần. Hãy tải lại hoặc xuất lại tệp.
error-terrain-slow = Đọc tệp độ cao { $file } quá { NUMBER($seconds) } giây chưa xong nên đã dừng. Hãy cắt theo ranh giới tỉnh rồi thử lại.
error-terrain-memory = Tệp độ cao { $file } cần nhiều bộ nhớ hơn mức { NUMBER($megabytes) } MB cho phép. Hãy cắt theo ranh giới tỉnh hoặc giảm độ phân giải.
error-terrain-bands = Tệp { $file } có { $count } kênh, giống ảnh hơn là độ cao. Hãy xuất mô hình độ cao với đúng một kênh.
error-terrain-values = Giá trị trong tệp { $file } không phải độ cao (kiểu { $got }). Hãy xuất độ cao dạng số nguyên 16 bit hoặc số thực 32 bit, không phải ảnh tô bóng.
error-terrain-size = Vùng cần đọc trong tệp { $file } có { NUMBER($rows) } dòng và { NUMBER($columns) } cột, nhiều hơn { NUMBER($limit) } ô. Hãy cắt nhỏ hơn hoặc giảm độ phân giải (30 m là đủ).
error-terrain-blocks = Tệp { $file } chứa mảnh lớn hơn { $limit } MB, phải giải nén cả mảnh một lần. Hãy xuất lại với các ô (TILED=YES).
error-terrain-no-crs = Tệp độ cao { $file } không ghi hệ toạ độ. Hãy xuất lại kèm hệ toạ độ, ví dụ EPSG:4326 hoặc EPSG:9208.
error-terrain-crs = Không hiểu hệ toạ độ ghi trong tệp độ cao { $file } ("{ $got }"). Hãy xuất lại theo một mã EPSG.
error-terrain-no-place = Tệp { $file } không ghi vị trí trên mặt đất. Hãy xuất lại dạng GeoTIFF có toạ độ (tệp .tfw đi kèm không được đọc).
error-terrain-nowhere = Theo hệ toạ độ ghi trong tệp { $file } ({ $crs }), góc { $got } không phải nơi nào trên trái đất. Hệ toạ độ có lẽ ghi sai; hãy gán lại rồi xuất.
error-terrain-elsewhere = Tệp độ cao { $file } nằm ngoài vùng của danh sách thôn. Hãy chọn tệp của tỉnh này hoặc kiểm tra hệ toạ độ (kinh tuyến trục).
error-terrain-no-heights = Tệp { $file } không có độ cao nào dùng được ({ NUMBER($count) } ô có giá trị vô lý). Hãy kiểm tra giá trị trống (nodata) và đơn vị.

fault-terrain-absurd = { NUMBER($count) } ô có độ cao ngoài khoảng từ { $low } đến { NUMBER($high) } m, được coi là chưa có số liệu.
fault-terrain-unit-unstated = Tệp không ghi đơn vị độ cao; được hiểu là mét.
fault-terrain-unit-unknown = Đơn vị độ cao "{ $got }" không rõ; được hiểu là mét.
fault-terrain-unit-feet = Độ cao ghi bằng "{ $got }", đã đổi ra mét.

remedy-terrain-absurd = Nếu nhiều ô như vậy, hãy kiểm tra giá trị trống (nodata) và đơn vị (feet, đề-xi-mét).
remedy-terrain-unit = Hãy so một điểm đã biết độ cao, ví dụ đỉnh Fansipan 3.143 m.

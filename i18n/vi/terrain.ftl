# Địa hình (tệp độ cao, độ dốc, tầm nhìn) và chọn vị trí trạm.

error-masts-unreached = { $count } thôn không có vị trí nào phủ tới, dù tăng bán kính: { $villages }. Hãy thêm vị trí dự kiến gần các thôn này hoặc đưa chúng ra khỏi mục tiêu.
error-masts-out-of-radius = { $count } thôn nằm ngoài bán kính phủ sóng của mọi vị trí: { $villages }. Cần bán kính ít nhất { $radius_km } km, hoặc thêm vị trí dự kiến gần các thôn này.
error-masts-refused = { $count } thôn chỉ có thể phủ từ những vị trí đã bị loại hoặc không xây được: { $villages }. Hãy cho phép lại một trong các vị trí đó.
error-masts-locked-forbidden = { $count } vị trí vừa được giữ vừa bị loại hoặc không xây được (số { $sites }). Hãy bỏ một trong hai lựa chọn.
error-masts-locked-count = Riêng các vị trí đã giữ đã là { $least }, nhiều hơn số trạm cho phép ({ $limit }). Hãy cho phép ít nhất { $least } trạm hoặc bỏ bớt vị trí đã giữ.
error-masts-locked-budget = Riêng các vị trí đã giữ tốn { NUMBER($least) } đồng, vượt kinh phí { NUMBER($limit) } đồng. Hãy tăng kinh phí đến mức đó hoặc bỏ bớt vị trí đã giữ.
error-masts-certificate = Phương án trạm không qua được bước kiểm tra độc lập ({ $broken }) nên không được đưa ra. Hãy báo lỗi này cho người phát triển.

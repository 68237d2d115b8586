# Đơn vị hành chính, toạ độ, hệ toạ độ và vị trí của thôn trong tệp nhập vào.

error-intake-crs = "{ $got }" không phải hệ toạ độ nhận ra được. Hãy ghi mã EPSG, ví dụ EPSG:9208, hoặc tên như WGS84, VN-2000 104-45, VN-2000 Lào Cai, UTM 48N.
expected-coordinate = toạ độ, ví dụ 22,335 hoặc 22°20'06"

places-vintage-old = Danh sách viết theo xã trước 1/7/2025 ({ $old } dòng chỉ có trước sắp xếp, ví dụ { $old_example }; { $new } dòng chỉ có sau, ví dụ { $new_example }).
places-vintage-new = Danh sách viết theo xã, phường từ 1/7/2025 ({ $new } dòng chỉ có sau sắp xếp, ví dụ { $new_example }; { $old } dòng chỉ có trước, ví dụ { $old_example }).
places-vintage-mixed = Danh sách lẫn xã trước và sau sắp xếp: { $old } dòng chỉ có trước 1/7/2025, ví dụ { $old_example }; { $new } dòng chỉ có sau, ví dụ { $new_example }.
places-vintage-open = Không biết danh sách viết theo xã trước hay sau 1/7/2025: không giá trị nào chỉ có ở một phía (trước: { $old }, { $old_example }; sau: { $new }, { $new_example }).
places-vintage-stated = Tiêu đề cột cho biết đơn vị trước hay sau 1/7/2025, hoặc danh sách không ghi xã (trước: { $old }, { $old_example }; sau: { $new }, { $new_example }).

fault-place-zeros = Cột { $column }: { $count } dòng có mã mất số 0 ở đầu, ví dụ { $got } đã đọc là { $expected }.
remedy-place-zeros = Nếu đúng thì không cần làm gì. Để tránh lặp lại, hãy định dạng cột mã là văn bản.
fault-place-accents = Cột { $column }: { $count } dòng chỉ khớp tên khi bỏ dấu, ví dụ "{ $got }" đã đọc là { $expected }.
remedy-place-accents = Hãy kiểm tra các tên này; nếu sai thì sửa lại đúng dấu.
fault-place-disagree = Dòng { $row }, cột { $column }: mã { $code } là { $by_code }, nhưng tên "{ $got }" là { $by_name }.
remedy-place-disagree = Hãy sửa mã { $code } hoặc tên "{ $got }" cho khớp nhau. Mã chỉ có nghĩa cùng thời gian hiệu lực vì đã được dùng lại từ 1/7/2025.
fault-place-district = Dòng { $row }, cột { $column }: "{ $got }" là { $by_code }, không thuộc huyện { $district }.
remedy-place-district = Hãy sửa huyện { $district } hoặc xã "{ $got }".
fault-place-districts = Dòng { $row }, cột { $column }: mã huyện và tên huyện "{ $got }" là hai huyện khác nhau.
remedy-place-districts = Hãy sửa mã huyện hoặc tên huyện cho khớp nhau.
fault-place-unit = Dòng { $row }, cột { $column }: { $by_code } đã vào { $by_name }, không phải { $unit }.
remedy-place-unit = Hãy sửa xã trước sắp xếp "{ $got }" hoặc xã, phường mới { $unit }.
fault-place-code-unknown = Dòng { $row }, cột { $column }: mã { $got } không có trong danh mục của tỉnh ở thời kỳ nào ({ $count } dòng ghi như vậy). Giá trị được giữ nguyên.
fault-place-name-unknown = Dòng { $row }, cột { $column }: không có đơn vị "{ $got }" trong danh mục của tỉnh ({ $count } dòng ghi như vậy). Giá trị được giữ nguyên.
remedy-place-check = Hãy kiểm tra "{ $got }"; đơn vị có thể đã sáp nhập, đổi tên hoặc thuộc tỉnh khác.
remedy-place-proposal = Có phải { $suggestion }? Nếu đúng, hãy sửa trong tệp.
fault-place-ambiguous = Dòng { $row }, cột { $column }: "{ $got }" có thể là { $readings } ({ $count } dòng ghi như vậy). Chưa xác định được xã, phường: { $unit }.
fault-place-commune-open = Dòng { $row }, cột { $column }: "{ $got }" có thể là { $readings } ({ $count } dòng ghi như vậy). Xã, phường hiện nay chắc chắn là { $unit }; xã cũ để trống.
remedy-place-ambiguous = Hãy thêm huyện (trước 1/7/2025), hoặc mã, hoặc ghi rõ trong tiêu đề cột là xã cũ hay xã mới.
fault-place-district-unknown = Dòng { $row }, cột { $column }: không có huyện "{ $got }" trong danh mục của tỉnh ({ $count } dòng ghi như vậy). Giá trị được giữ nguyên.
remedy-place-district-unknown = Hãy kiểm tra tên huyện "{ $got }".

fault-coordinate-unreadable = Dòng { $row }, cột { $column }: "{ $got }" không đọc được thành toạ độ, cần { $expected }.
remedy-coordinate-unreadable = Hãy sửa toạ độ, hoặc để trống để dùng trung tâm xã.
fault-coordinate-half = Dòng { $row }, cột { $column }: thiếu { $expected }; chỉ có một trong hai toạ độ.
remedy-coordinate-half = Hãy điền đủ hai toạ độ, hoặc để trống cả hai để dùng trung tâm xã.
fault-coordinate-unused = Cột { $column } có toạ độ nhưng không được dùng, vì đã có cột toạ độ khác hoặc thiếu cột đi cùng.
remedy-coordinate-unused = Nếu muốn dùng cột { $column }, hãy sửa lại phần chọn cột.
fault-coordinate-not-point = Dòng { $row }: đối tượng bản đồ không phải một điểm ({ $got }).
remedy-coordinate-not-point = Hãy thay bằng một điểm, ví dụ nhà văn hoá thôn.
fault-coordinate-swapped = Dòng { $row }, cột { $column }: { $got } có vẻ đổi chỗ kinh độ và vĩ độ.
fault-coordinate-swapped-all = Cột { $column }: cả { $count } dòng có vẻ đổi chỗ kinh độ và vĩ độ, ví dụ { $got }. Chưa đổi lại.
remedy-coordinate-swap = Hãy sửa phần chọn cột, hoặc đồng ý đổi chỗ hai toạ độ.
fault-coordinate-swapped-back = Cột { $column }: đã đổi chỗ kinh độ và vĩ độ của { $count } dòng theo yêu cầu, ví dụ { $got }.
remedy-coordinate-swapped-back = Hãy xem lại vị trí trên bản đồ.
fault-coordinate-northing-first = Cột { $column }: { $count } dòng có X là toạ độ bắc và Y là toạ độ đông theo quy ước trắc địa Việt Nam, ví dụ { $got }; đã đọc theo quy ước đó.
remedy-coordinate-northing-first = Nếu đúng thì không cần làm gì.

fault-crs-missing = Cột { $column }: toạ độ tính bằng mét ({ $got }) nhưng không rõ hệ toạ độ. Khả năng cao nhất (tỷ lệ điểm trong tỉnh, khoảng cách trung vị tới trung tâm xã): { $first }; sau đó { $second }; { $third }.
remedy-crs-missing = Hãy chọn hệ toạ độ, ví dụ --crs { $code }.
fault-crs-zone = Cột { $column }: theo { $got } các điểm rơi xa nơi đã ghi. Hệ phù hợp hơn (tỷ lệ điểm trong tỉnh, khoảng cách trung vị tới trung tâm xã): { $first }; { $second }; { $third }.
fault-crs-shift = Cột { $column }: hệ toạ độ { $got } của tệp giống { $expected } nhưng thiếu hoặc sai tham số chuyển về WGS84; các điểm lệch { $shift } m.
remedy-crs-shift = Hãy chọn --crs { $code }, hoặc hỏi đơn vị lập tệp.
fault-crs-overridden = Cột { $column }: đã dùng { $expected } theo yêu cầu thay cho { $got } của tệp; vị trí khác nhau { $shift } m.
remedy-crs-overridden = Hãy xem lại vị trí trên bản đồ.
fault-crs-units = Cột { $column }: số liệu { $got } không cùng đơn vị (độ hay mét) với hệ toạ độ { $expected }.
remedy-crs-units = Hãy chọn hệ toạ độ khác bằng --crs, hoặc bỏ lựa chọn đó.
fault-crs-unreadable = Cột { $column }: không dùng được hệ toạ độ ghi trong tệp ("{ $got }").
remedy-crs-unreadable = Hãy chọn hệ toạ độ bằng --crs, ví dụ --crs EPSG:9208.

fault-position-none = Dòng { $row }: không có toạ độ và không biết trung tâm của xã { $got }.
remedy-position-none = Hãy điền toạ độ, hoặc sửa tên, mã xã.
fault-position-zero = Dòng { $row }, cột { $column }: toạ độ bằng 0 ({ $got }).
fault-position-range = Dòng { $row }, cột { $column }: { $got } nằm ngoài giới hạn của vĩ độ, kinh độ.
fault-position-geocoder = Dòng { $row }, cột { $column }: { $got } là điểm giữa Việt Nam mà công cụ tra địa chỉ trả về khi không tìm thấy.
fault-position-country = Dòng { $row }, cột { $column }: { $got } nằm ngoài Việt Nam.
fault-position-province = Dòng { $row }, cột { $column }: { $got } nằm ngoài tỉnh.
fault-position-pile = Dòng { $row }, cột { $column }: { $count } thôn của nhiều xã cùng ở một điểm { $got }, giống kết quả tra địa chỉ không thành.
fault-position-duplicate = Dòng { $row }, cột { $column }: { $count } thôn cùng một vị trí { $got } (các dòng khác: { $others }).
fault-position-far = Dòng { $row }, cột { $column }: { $got } cách trung tâm { $stated } { $distance } km và gần { $nearest } hơn.
fault-position-boundary = Dòng { $row }, cột { $column }: { $got } nằm ngoài ranh giới của xã đã ghi.
remedy-position-centre = Hãy sửa toạ độ hoặc tên xã; nếu chưa biết, có thể dùng trung tâm xã.
remedy-position-correct = Hãy sửa toạ độ, hoặc sửa tên xã để có thể dùng trung tâm xã.
remedy-position-replaced = Đã đặt thôn ở trung tâm xã theo yêu cầu; hãy bổ sung toạ độ đúng khi có.

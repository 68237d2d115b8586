# Mạng đường bộ và các tuyến khả dĩ: từ chối, lỗi và cách xử lý.

error-roads-no-lines = Tệp { $file } không có đường nào dùng được. Cần tệp bản đồ đường bộ (dạng đường): GeoJSON, GeoPackage, Shapefile nén ZIP, KML hoặc GeoParquet.
error-roads-crs = Hệ tọa độ ghi trong tệp { $file } đặt đường sai vị trí. Hãy chọn hệ đúng, ví dụ EPSG:9208 (VN-2000, Lào Cai) hoặc EPSG:4326 (WGS84).
error-roads-elsewhere = Không có đường nào trong vòng { $km } km quanh các thôn và điểm cáp quang. Tệp có phải của tỉnh khác, hoặc kinh độ và vĩ độ bị đổi chỗ?
error-roads-too-dense = Các đường gặp nhau ở hơn { $limit } chỗ, nhiều hơn mọi mạng đường bộ. Hãy kiểm tra tệp có đúng là đường bộ, không phải đường đồng mức hay vết GPS chồng nhau.
error-network-extent = Mạng trải từ { $west }° đến { $east }° kinh độ và từ { $south }° đến { $north }° vĩ độ, rộng hơn { $limit }°. Hãy dùng đường và địa điểm của một vùng và kiểm tra tọa độ.
error-network-snap = Dung sai nối đường là { $got } m; phải từ 0 đến { $limit } m.
error-roads-shrunk = Không có đường nào dài hơn dung sai { $metres } m nên không còn đường nào. Hãy giảm dung sai hoặc kiểm tra hệ tọa độ.
error-network-no-roots = Không có điểm cáp quang nào có vị trí nên không có chỗ để nối thôn vào. Hãy bổ sung điểm cáp quang, hoặc tính các thôn đã có cáp quang là điểm nối.
error-network-effort = Hệ số địa hình không khớp với mạng: cần một số hữu hạn, không âm cho mỗi tuyến trong { $edges } tuyến.
error-network-route-factor = Hệ số tuyến là { $got }; phải từ 1 đến 10 (chiều dài cáp trên đường chim bay, vùng núi 1,4).

fault-roads-not-lines = { $count } dòng, đầu tiên là dòng { $row }, không phải dạng đường; đã bỏ qua.
remedy-roads-not-lines = Bỏ các điểm và vùng khỏi tệp, hoặc chọn lớp đường bộ.
fault-roads-off-earth = { $count } đường, đầu tiên ở dòng { $row }, có tọa độ nằm ngoài trái đất; đã bỏ qua.
remedy-roads-off-earth = Kiểm tra các dòng này và hệ tọa độ trong phần mềm bản đồ.
fault-roads-empty = { $count } đường, đầu tiên ở dòng { $row }, rỗng hoặc không có chiều dài; đã bỏ qua.
remedy-roads-empty = Không cần làm gì, trừ khi ở đó thiếu đường.
fault-roads-tangled = { $count } đường, đầu tiên ở dòng { $row }, tự cắt hoặc tự chạm. Vẫn dùng nguyên như trong tệp.
remedy-roads-tangled = Xem lại trong phần mềm bản đồ; nếu chỗ tự cắt là ngã ba, ngã tư thì tách đường tại đó.
fault-roads-twice = { $count } đường bị lặp; mỗi đường giữ lại một, là đường có hệ số chi phí thấp nhất.
remedy-roads-twice = Không cần làm gì.
fault-roads-effort = { $count } hệ số chi phí ở cột { $column }, đầu tiên ở dòng { $row } ({ $got }), không phải số từ { $least } đến { $most }; đã dùng 1.
remedy-roads-effort = Ghi một mét ở đó tốn gấp mấy lần đơn giá thường, ví dụ 1,5.
fault-roads-far = { $count } đường, đầu tiên ở dòng { $row }, nằm ngoài vùng có thôn hơn { $km } km; đã bỏ qua.
remedy-roads-far = Không cần làm gì nếu tệp rộng hơn phạm vi tỉnh.
fault-roads-crossings = Các đường cùng mức cắt nhau mà không có đỉnh chung ở { $count } chỗ; tại đó cáp được phép chuyển từ đường này sang đường kia.
remedy-roads-crossings = Nếu trong đó có cầu hoặc hầm, hãy thêm cột "layer", "bridge" hoặc "tunnel" vào tệp, hoặc tắt việc nối tại chỗ cắt.
fault-roads-crossings-apart = Các đường cùng mức cắt nhau mà không có đỉnh chung ở { $count } chỗ; không nối tại đó.
remedy-roads-crossings-apart = Nếu đó là ngã ba, ngã tư, hãy bật việc nối tại chỗ cắt hoặc thêm đỉnh trong phần mềm bản đồ.
fault-roads-dangling = { $count } đầu đường hở đã được nối vào đường bên cạnh, trong vòng { $metres } m.
remedy-roads-dangling = Nếu nối nhầm các đường không gặp nhau, hãy giảm dung sai.
fault-roads-islands = { $count } mảng đường, tổng cộng { $km } km, không thông với điểm cáp quang nào; đã bỏ qua.
remedy-roads-islands = Tìm đường còn thiếu hoặc chỗ hở rộng hơn dung sai, hoặc bổ sung điểm cáp quang ở đó.

fault-network-no-position = { $got } chưa có vị trí nên không nằm trong mạng.
remedy-network-no-position = Bổ sung vị trí trong danh sách.
fault-network-far = { $got } cách đường dùng được gần nhất { $km } km, hơn { $limit } km; tạm tính nối thẳng.
remedy-network-far = Kiểm tra vị trí của thôn và xem tệp đường có thiếu đường mòn vào thôn không.

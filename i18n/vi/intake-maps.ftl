# Đọc tệp bản đồ: GeoJSON, GeoPackage, Shapefile, MapInfo, KML/KMZ, GeoParquet.

error-intake-map-size = Tệp { $file } quá lớn ({ NUMBER($rows) } dòng, { NUMBER($columns) } cột). Hãy tách tệp theo huyện hoặc bỏ bớt cột.
error-intake-map-bytes = Nội dung tệp { $file } vượt quá { $limit } MB sau khi giải nén. Hãy tách tệp hoặc bỏ bớt cột.
error-intake-map-cell = Tệp { $file } có một ô dài hơn { NUMBER($limit) } ký tự. Hãy rút gọn ô đó hoặc đơn giản hoá ranh giới.
error-intake-map-no-rows = Tệp { $file } không có đối tượng nào. Hãy kiểm tra lại bước xuất tệp.
error-intake-map-layer = Tệp { $file } không có lớp "{ $got }". Hãy chọn một trong: { $expected }.
error-intake-map-several = Tệp { $file } chứa { $count } bản đồ ({ $expected }). Hãy chọn một bản đồ hoặc nén riêng từng bản đồ.
error-intake-map-member = Tệp nén { $file } thiếu { $member }. Hãy nén đủ các tệp cùng tên của bản đồ.
error-intake-map-json = Tệp { $file } sai cú pháp JSON tại dòng { $line }, ký tự { $column }, gần "{ $got }". Hãy xuất lại tệp từ phần mềm bản đồ.
error-intake-map-json-cut = Tệp { $file } bị cắt ngang tại dòng { $line }, ký tự { $column }. Hãy tải lại hoặc xuất lại tệp.
error-intake-map-json-number = Tệp { $file } ghi "{ $got }" thay cho một số tại dòng { $line }, ký tự { $column }. Hãy thay bằng null hoặc một số thật.
error-intake-map-json-depth = Tệp { $file } lồng quá nhiều lớp ngoặc tại dòng { $line }, ký tự { $column }. Hãy xuất lại tệp từ phần mềm bản đồ.
error-intake-map-json-kind = Tệp { $file } không phải GeoJSON: gặp { $got }, cần { $expected }. Hãy xuất lại ở định dạng GeoJSON.
error-intake-map-json-bare = Tệp { $file } chỉ có hình học ({ $got }), không có bảng thuộc tính. Hãy xuất cả thuộc tính (FeatureCollection).
error-intake-map-gpkg = Không đọc được tệp { $file }: tệp GeoPackage hỏng hoặc không đúng định dạng. Hãy xuất lại tệp.
error-intake-map-gpkg-contents = Tệp { $file } không có lớp nào của GeoPackage. Hãy xuất lại danh sách ở định dạng GeoPackage.
error-intake-map-gpkg-computed = Lớp trong tệp { $file } được tính bằng câu lệnh không được phép chạy. Hãy xuất lớp đó thành bảng thường.
error-intake-map-gpkg-work = Lớp trong tệp { $file } cần tính toán quá lâu. Hãy xuất lớp đó thành bảng thường.
error-intake-map-shp = Tệp .shp trong { $file } hỏng hoặc không đúng định dạng. Hãy xuất lại Shapefile.
error-intake-map-dbf = Bảng .dbf trong { $file } hỏng hoặc không đúng định dạng. Hãy xuất lại Shapefile.
error-intake-map-shp-count = Trong { $file }, tệp .shp có { NUMBER($shapes) } hình nhưng bảng .dbf có { NUMBER($rows) } dòng; không biết hình nào thuộc dòng nào. Hãy xuất lại Shapefile.
error-intake-map-tab = Tệp .tab trong { $file } không phải bảng MapInfo thông thường (gặp "{ $got }"). Hãy lưu thành bảng NATIVE: File > Save Copy As.
error-intake-map-tab-damaged = Bảng MapInfo trong { $file } hỏng hoặc thiếu dữ liệu. Hãy lưu lại bảng bằng Save Copy As rồi nén đủ các tệp .tab, .dat, .map, .id.
error-intake-map-xml = Tệp { $file } sai cú pháp XML tại dòng { $line }, ký tự { $column }. Hãy xuất lại tệp KML.
error-intake-map-xml-dtd = Tệp { $file } có khai báo DTD hoặc thực thể, có thể gây hại nên không được đọc. Hãy xuất lại tệp KML.
error-intake-map-xml-depth = Tệp { $file } lồng nhau quá { $limit } cấp. Hãy xuất lại tệp KML.
error-intake-map-xml-encoding = Tệp { $file } ghi bảng mã không đọc được. Hãy xuất lại tệp KML ở UTF-8.
error-intake-map-kml-root = Tệp { $file } không phải KML: bắt đầu bằng <{ $got }>. Hãy xuất lại ở định dạng KML.
error-intake-map-kmz-empty = Tệp KMZ { $file } không chứa tệp KML nào. Hãy xuất lại từ Google Earth.
error-intake-map-parquet = Không đọc được tệp { $file }: tệp Parquet hỏng hoặc không đúng định dạng. Hãy xuất lại tệp.
error-intake-map-parquet-geo = Thông tin hình học (geo) trong tệp { $file } không hợp lệ. Hãy xuất lại ở định dạng GeoParquet.
error-intake-map-parquet-encoding = Tệp { $file } ghi hình học theo kiểu "{ $got }" chưa đọc được. Hãy xuất lại với kiểu WKB hoặc point.

fault-intake-map-geometry = Dòng { $row }: hình học không đúng định dạng (gặp "{ $got }", cần { $expected }).
fault-intake-map-coordinate = Dòng { $row }: toạ độ "{ $got }" không phải vị trí nào trên trái đất, cần { $expected }.
fault-intake-map-empty = Dòng { $row }: hình học rỗng, được hiểu là chưa có vị trí.
fault-intake-map-feature = Dòng { $row }: gặp "{ $got }", cần { $expected }.
fault-intake-map-repeated-key = Cột { $column }: { NUMBER($count) } đối tượng ghi tên này hai lần; chỉ một giá trị được giữ.
fault-intake-map-left-out = Cột { $column }: kiểu dữ liệu không đọc được (nhị phân, hình học phụ hoặc cột tự tính); cột bị bỏ qua.
fault-intake-map-zeros = Cột { $column }: { NUMBER($count) } ô bằng 0; MapInfo không phân biệt 0 với ô trống.
fault-intake-map-crs = Không hiểu hệ toạ độ ghi trong tệp ("{ $got }"), cần { $expected }.
fault-intake-map-more = Còn { NUMBER($count) } lỗi khác chưa liệt kê.

expected-intake-map-geometry = hình học GeoJSON, WKB hoặc KML hợp lệ
expected-intake-map-coordinate = hai số hữu hạn
expected-intake-map-feature = đối tượng Feature có thuộc tính
expected-intake-map-crs = mã EPSG hoặc mô tả WKT không trỏ tới tệp khác

remedy-intake-map-geometry = Hãy sửa hình học của dòng này trong phần mềm bản đồ hoặc xoá vị trí của nó.
remedy-intake-map-empty = Hãy bổ sung vị trí nếu biết; nếu không, thôn được đặt tại trung tâm xã.
remedy-intake-map-feature = Hãy xuất lại tệp từ phần mềm bản đồ.
remedy-intake-map-repeated-key = Hãy đổi tên một trong hai cột rồi xuất lại.
remedy-intake-map-left-out = Nếu cần cột này, hãy chuyển thành chữ hoặc số rồi xuất lại.
remedy-intake-map-zeros = Hãy kiểm tra các ô bằng 0; ô chưa có số liệu nên để trống trong tệp CSV hoặc XLSX.
remedy-intake-map-crs = Hãy chọn hệ toạ độ khi nhập, ví dụ EPSG:9208.
remedy-intake-map-more = Hãy sửa các lỗi đã nêu rồi mở lại tệp.

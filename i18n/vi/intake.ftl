error-intake-missing = Không mở được tệp { $file }. Hãy kiểm tra tệp có tồn tại và bạn có quyền đọc.
error-intake-empty = Tệp { $file } không có dữ liệu. Hãy kiểm tra lại tệp đã lưu hoặc chọn tệp khác.
error-intake-file-size = Tệp { $file } nặng { NUMBER($megabytes) } MB, vượt mức { NUMBER($limit) } MB. Hãy tách tệp hoặc bỏ bớt hình ảnh, trang tính thừa.
error-intake-kind = Nội dung tệp { $file } (phần mở rộng { $named }) không phải bảng hay bản đồ đọc được. Hãy lưu lại thành một trong các định dạng: { $expected }.
error-intake-misnamed = Tệp { $file } có phần mở rộng { $named } nhưng nội dung là { $found }. Hãy đổi phần mở rộng thành { $rename } rồi mở lại.
error-intake-foreign = Tệp { $file } { $kind ->
    [pdf] là tệp PDF, không phải bảng dữ liệu. Hãy xin bản Excel hoặc CSV.
    [word] là văn bản Word, không phải bảng tính. Hãy chép bảng sang Excel rồi lưu dạng .xlsx.
    [slides] là tệp trình chiếu, không phải bảng tính. Hãy chép bảng sang Excel rồi lưu dạng .xlsx.
    [program] là tệp chương trình, không phải dữ liệu. Không mở tệp này; hãy chọn tệp danh sách thôn.
    [shortcut] là lối tắt trỏ đến tệp khác. Hãy chọn chính tệp dữ liệu.
    [picture] là tệp hình ảnh. Hãy chọn tệp danh sách thôn.
    [archive] được nén theo kiểu không đọc được. Hãy giải nén rồi mở tệp bên trong.
    [zip] là tệp nén không chứa lớp bản đồ Shapefile, MapInfo TAB hay KML. Hãy giải nén rồi mở tệp bên trong.
    [part] là một phần của lớp bản đồ gồm nhiều tệp. Hãy nén tất cả các tệp cùng tên vào một tệp .zip.
    [html] là trang web được lưu dưới tên bảng tính. Hãy mở bằng Excel rồi lưu dạng .xlsx.
    [xmlss] là bảng tính XML kiểu cũ. Hãy mở bằng Excel rồi lưu dạng .xlsx.
    [xlsb] là bảng tính nhị phân (XLSB). Hãy mở bằng Excel rồi lưu dạng .xlsx.
    [vrt] là tệp VRT trỏ đến dữ liệu ở nơi khác nên không được mở. Hãy chọn chính tệp dữ liệu.
    [xml] là tệp XML không thuộc định dạng đọc được. Hãy chọn tệp bảng tính, CSV hoặc bản đồ.
   *[unknown] không phải bảng dữ liệu đọc được. Hãy chọn tệp bảng tính, CSV hoặc bản đồ.
 }
error-intake-encrypted = Tệp { $file } được đặt mật khẩu. Hãy bỏ mật khẩu, lưu lại rồi mở.
error-intake-damaged = Tệp { $file } bị hỏng hoặc thiếu một phần. Hãy mở bằng phần mềm đã tạo ra nó, lưu lại hoặc xin bản khác.
error-intake-crashed = Tệp { $file } làm hỏng phần mềm đọc nên đã dừng; dữ liệu của bạn không bị thay đổi. Hãy lưu lại dạng .xlsx hoặc .csv rồi mở.
error-intake-too-large = Tệp { $file } cần nhiều bộ nhớ hơn mức { NUMBER($megabytes) } MB cho phép. Hãy tách tệp hoặc bỏ bớt cột, trang tính thừa.
error-intake-too-slow = Đọc tệp { $file } quá { NUMBER($seconds) } giây chưa xong nên đã dừng. Hãy tách tệp hoặc lưu lại dạng .csv.
error-intake-zip-empty = Tệp nén { $file } không có gì bên trong. Hãy nén lại.
error-intake-zip-damaged = Tệp { $file } bị hỏng hoặc tải về chưa trọn vẹn. Hãy lấy lại tệp từ nơi gửi.
error-intake-zip-entries = Tệp { $file } chứa quá nhiều tệp con. Hãy chỉ nén các tệp của một lớp dữ liệu.
error-intake-zip-encrypted = Tệp nén { $file } được đặt mật khẩu. Hãy nén lại không đặt mật khẩu.
error-intake-zip-names = Tệp { $file } chứa tên tệp không an toàn (trùng nhau, trỏ ra ngoài hoặc là liên kết) nên không được mở. Hãy nén lại các tệp dữ liệu.
error-intake-zip-bomb = Tệp { $file } phình ra quá lớn khi giải nén nên không được mở. Hãy xin bản khác từ nơi gửi.
error-intake-zip-size = Tệp { $file } chứa phần lớn hơn { NUMBER($limit) } MB khi giải nén nên không được mở. Hãy tách nhỏ dữ liệu.
error-intake-zip-method = Tệp { $file } được nén theo phương pháp không đọc được. Hãy nén lại dạng ZIP thông thường.
error-intake-zip-nested = Tệp { $file } chứa tệp nén bên trong. Hãy giải nén ra rồi mở từng tệp.
error-intake-entities = Tệp { $file } chứa khai báo XML lạ (DOCTYPE hoặc ENTITY) nên không được mở. Hãy mở bằng phần mềm bảng tính hoặc bản đồ rồi lưu lại.
error-intake-far-cell = Tệp { $file } trải đến dòng { NUMBER($rows) }, cột { NUMBER($columns) }, vượt mức { NUMBER($most_rows) } dòng, { NUMBER($most_columns) } cột hoặc { NUMBER($most_cells) } ô. Hãy xoá các ô thừa ở xa bảng rồi lưu lại.
error-intake-far-cell-sheet = Trang tính "{ $sheet }" của tệp { $file } trải đến dòng { NUMBER($rows) }, cột { NUMBER($columns) }, vượt mức { NUMBER($most_rows) } dòng, { NUMBER($most_columns) } cột hoặc { NUMBER($most_cells) } ô. Hãy xoá các ô thừa ở xa bảng rồi lưu lại.
error-intake-layer = Tệp { $file } không có trang tính hay lớp "{ $got }". Hãy chọn một trong: { $expected }.
error-intake-header-row = Tệp { $file } không có nội dung ở dòng { $row }. Hãy chọn lại dòng tiêu đề.
error-intake-encoding = "{ $got }" không phải bảng mã đọc được cho tệp { $file }. Hãy chọn một trong: { $expected }.
error-intake-utf16 = Tệp { $file } là văn bản UTF-16 bị cắt cụt (số byte lẻ). Hãy lưu lại dạng CSV UTF-8.
error-intake-zeros = Tệp { $file } có ký tự rỗng (NUL) ở dòng { $row } nên không phải văn bản sạch. Hãy lưu lại dạng CSV UTF-8.
error-intake-quote = Tệp { $file } mở dấu ngoặc kép ở dòng { $row } mà không đóng. Hãy thêm hoặc bỏ dấu ngoặc kép ở dòng đó.
error-intake-ragged = Tệp { $file } có quá nhiều dòng không đủ hoặc thừa ô, đến dòng { $row } thì dừng. Hãy kiểm tra dấu phân cách rồi lưu lại.
error-intake-cell-long = Tệp { $file } có ô dài hơn { NUMBER($limit) } ký tự. Hãy kiểm tra dấu ngoặc kép hoặc rút ngắn ô đó.
fault-no-heading = Không thấy dòng tiêu đề của bảng; mọi dòng được coi là dữ liệu và các cột không có tên.
remedy-no-heading = Hãy chỉ ra dòng tiêu đề bằng --header-row hoặc chọn trong ứng dụng.
fault-cell-error = Dòng { $row }, cột { $column }: ô báo lỗi { $got } của bảng tính, không có giá trị.
remedy-cell-error = Hãy sửa công thức hoặc gõ giá trị vào ô rồi lưu lại.
fault-uncalculated = Trang tính "{ $sheet }" có { NUMBER($count) } công thức chưa được tính nên các ô đó trống.
remedy-uncalculated = Hãy mở tệp bằng Excel, lưu lại rồi nhập.
fault-row-short = Dòng { $row } chỉ có { $got } ô trong khi bảng có { $expected } cột; các ô thiếu ở cuối được coi là trống.
remedy-row-short = Hãy kiểm tra dòng này có mất dấu phân cách không.
fault-row-long = Dòng { $row } có { $got } ô trong khi bảng chỉ có { $expected } cột; dòng này chưa được nhận.
remedy-row-long = Hãy bỏ dấu phân cách thừa hoặc đặt ô chứa dấu phân cách trong ngoặc kép.
fault-undecodable = Dòng { $row }, cột { $column }: "{ $got }" có ký tự không đọc được theo bảng mã của tệp.
fault-encoding-judged = Tệp không ghi bảng mã; chữ được đọc theo { $encoding }, ví dụ "{ $got }".
remedy-encoding = Nếu chữ sai, hãy chọn bảng mã khác bằng --encoding hoặc trong ứng dụng, hoặc lưu lại dạng UTF-8.
fault-legacy-text = Cột { $column } là chữ phông cũ ({ $encoding }): "{ $sample_before }" có lẽ là "{ $sample_after }". Chữ chưa được chuyển.
remedy-legacy-text = Nếu mẫu chuyển đúng, hãy xác nhận bằng --encoding { $encoding } hoặc trong ứng dụng.
stage-intake-copy = Chép tệp vào nơi đọc riêng
stage-intake-open = Nhận dạng tệp
stage-intake-read = Đọc bảng
stage-intake-send = Nhận bảng đã đọc
stage-intake-done = Đã đọc xong

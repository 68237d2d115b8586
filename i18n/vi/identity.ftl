# Ai đang dùng: đăng nhập, vai trò, những gì không được phép.

identity-nobody = Khách
identity-not-logged-in = chưa đăng nhập
identity-login = Đăng nhập
identity-logout = Đăng xuất
identity-title = Đăng nhập để xem
identity-please = Trang này dành cho cán bộ đã được cấp tài khoản. Hãy đăng nhập bằng tài khoản của cơ quan; nếu chưa có, hãy hỏi người quản trị hệ thống.
identity-please-proxy = Máy chủ phía trước chưa cho biết bạn là ai. Hãy đăng nhập ở cổng thông tin của cơ quan rồi mở lại trang này.
identity-ends = Phiên đăng nhập hết hạn lúc { $time }: hãy lưu trước giờ đó.
identity-ended-short = Phiên đăng nhập đã hết hạn.
identity-ended = Phiên đăng nhập đã hết hạn lúc { $time }. Những gì bạn gõ từ đó đến nay chưa được lưu: hãy sao chép lại trước, rồi đăng nhập lại. Đăng nhập lại sẽ mở trang mới và xoá những gì đang gõ dở.
identity-ended-locked = Phiên đăng nhập đã hết hạn: chưa lưu được. Hãy sao chép những gì đã gõ, rồi đăng nhập lại.
identity-unusable = Không dùng được thông tin đăng nhập nhận được (thiếu tên tài khoản, thiếu thời hạn, hoặc đồng hồ hai máy lệch nhau). Hãy đăng nhập lại; nếu vẫn vậy, hãy báo người quản trị hệ thống.
identity-exposed = Bản cài đặt này chưa hỏi ai là ai mà lại mở được từ máy khác, nên mọi người chỉ được xem. Để cập nhật số liệu, hãy dùng ngay trên máy đang chạy ứng dụng, hoặc nhờ người quản trị cài đặt đăng nhập.
identity-not-permitted = Vai trò của bạn chỉ được xem ở đây, không được thay đổi.
identity-forged = Yêu cầu bị từ chối: thông tin về người dùng không đến từ máy chủ được tin cậy. / The request was refused: what it says about its user does not come from a trusted server.
identity-does-not-start = Ứng dụng không khởi động: { $why }

error-identity-not-permitted = Vai trò “{ $role }” không được làm việc này. Hãy nhờ người có quyền, hoặc hỏi người quản trị hệ thống.
error-identity-ended = Phiên đăng nhập đã hết hạn nên chưa có gì được lưu (vai trò hiện tại: { $role }). Hãy sao chép những gì đã gõ, rồi đăng nhập lại.
error-identity-mode = Tệp secrets.toml có mục [auth] hoặc [identity] nhưng biến { $variable } chưa được đặt. Hãy đặt { $variable }=oidc hoặc proxy, hoặc bỏ các mục đó.
error-identity-protection = Khi có đăng nhập, { $option } phải bật. Hãy bỏ dòng tắt nó trong cấu hình Streamlit.
error-identity-value = Thiếu hoặc sai { $setting } trong secrets.toml. Cần: { $expected }
error-identity-secret = { $setting } trong secrets.toml quá ngắn: cần ít nhất { $least } ký tự ngẫu nhiên, ví dụ kết quả của lệnh openssl rand -hex 32.
error-identity-open = Chế độ proxy chỉ chạy khi ứng dụng lắng nghe trên chính máy này. Hãy đặt server.address = "127.0.0.1" và để máy chủ phía trước nhận kết nối từ mạng.
error-identity-forwarded = Biến FORWARDED_ALLOW_IPS tin cả máy khác, nên không biết được yêu cầu đến từ đâu. Hãy bỏ biến đó hoặc chỉ ghi 127.0.0.1.
error-identity-library = Chưa cài thư viện { $library }, cần cho đăng nhập. Hãy cài: pip install { $library }

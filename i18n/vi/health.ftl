# Tình trạng của bản cài đặt.

cli-health-help = Kiểm tra bản cài đặt: kho dữ liệu, chỗ trống trên đĩa, bản sao lưu gần nhất. Trả về mã 1 nếu có gì không ổn.
cli-option-health-format = Cách in: table hoặc json.
health-good = Bản cài đặt hoạt động bình thường.
health-bad = Bản cài đặt có vấn đề, xem các dòng đánh dấu ✘.
health-disk-good = Đĩa: còn chỗ và ghi được.
health-disk-bad = Đĩa: gần đầy hoặc không ghi được. Hãy dọn bớt hoặc kiểm tra quyền ghi của thư mục dữ liệu.
health-backup-good = Sao lưu: có bản mới.
health-backup-bad = Sao lưu: không có bản nào đủ mới. Hãy kiểm tra lịch sao lưu và thư mục sao lưu.
health-store-good = Kho dữ liệu: trả lời được.
health-store-bad = Kho dữ liệu: không trả lời. Hãy xem nhật ký của ứng dụng.

# Câu hỏi lập phương án không có lời giải như đã nêu.

error-plan-arrays = Không lập được phương án: { $what } không khớp với phần còn lại của câu hỏi.
error-plan-locked-forbidden = Một thôn không thể vừa được chốt vừa bị loại.
error-plan-locked-unreachable = Có thôn đã chốt nhưng không nối được tới điểm cáp quang nào trên mạng lưới này.
error-plan-quota = Yêu cầu { $quota } thôn, nhưng trên mạng lưới này chỉ nối được { $most } thôn.
error-plan-none = Không có phương án nào giữ được mọi giới hạn cùng lúc.
error-plan-time = Chưa tìm được phương án trong thời gian cho phép. Hãy tăng thời gian hoặc chấp nhận khoảng cách lớn hơn.

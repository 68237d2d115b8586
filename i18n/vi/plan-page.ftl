# Chữ trên trang Phương án.

page-plan = Phương án
money-billion = { $amount } tỷ đồng
money-million = { $amount } triệu đồng
money-vnd = { $amount } đồng
money-usd = { $amount } USD

class-planned = Thôn trong phương án
class-left_out = Thôn chưa được chọn
class-planned_site = Trạm trong phương án
mapview-class-planned = trong phương án
mapview-class-left-out = chưa được chọn
mapview-class-planned-site = trạm trong phương án

planpage-target-label = Chỉ tiêu
planpage-target = { $gap }: { $required }/{ $cohort } thôn
planpage-ask-label = Câu hỏi
planpage-ask-connect = Nối đủ số thôn
planpage-ask-budget = Trong ngân sách
planpage-connect = Số thôn cần nối (tối đa { $most })
planpage-budget = Ngân sách (tỷ đồng)
planpage-aim-label = Tiền dùng để được nhiều nhất
planpage-aim-score = Điểm ưu tiên
planpage-aim-people = Người dân
planpage-aim-villages = Số thôn
planpage-technology-label = Công nghệ
planpage-technology-fibre = Cáp quang
planpage-technology-mix = Kết hợp
planpage-technology-masts = Trạm 4G
planpage-technology-help = Kết hợp: mỗi thôn dùng cáp quang, trạm 4G hoặc vệ tinh, loại nào rẻ nhất tính cả đời dự án.

planpage-none = Không có
planpage-conditions = Điều kiện kèm theo
planpage-decided = Thôn đã chốt
planpage-decided-help = Có trong mọi phương án, dù đắt.
planpage-excluded = Thôn không làm
planpage-excluded-help = Không có trong phương án nào; lý do được ghi vào các tệp tải về.
planpage-excluded-why = Vì sao không làm { $name }
planpage-excluded-hint = ví dụ: đang chờ tái định cư
planpage-least-minority = Tỷ lệ người dân tộc thiểu số ít nhất
planpage-least-minority-help = Trong số người dân được nối. 0 % là không đặt; giá của điều kiện được tính riêng.
planpage-least-of-districts = Số thôn ít nhất theo huyện cũ
planpage-least-of-districts-help = Chọn huyện, rồi nhập số thôn ít nhất của huyện đó.
planpage-least-of-district = Ít nhất ở { $name }
planpage-reach = Tầm với của cáp (km, 0: không giới hạn)
planpage-reach-help = Tuyến cáp dài nhất từ điểm cáp quang đến thôn. Mạng GPON thường đến { $gpon } km.
planpage-power = Thôn chưa có điện lưới ({ $count })
planpage-power-later = Chờ điện
planpage-power-allowed = Vẫn làm, thêm điện mặt trời
planpage-power-help = Thôn chưa có điện lưới không dùng được thiết bị nếu không có nguồn riêng.

planpage-costs = Đơn giá và địa hình
planpage-cost-case = Mức giá
planpage-cost-case-low = Thấp
planpage-cost-case-base = Cơ sở
planpage-cost-case-high = Cao
planpage-cost-case-help = Lấy đầu rẻ, giá cơ sở hoặc đầu đắt của mọi đơn giá; giá của bạn giữ nguyên ở cả ba mức.
planpage-cost-name = Đơn giá
planpage-cost-own = Giá của bạn
planpage-cost-own-help = Nhập báo giá địa phương theo đúng đơn vị của dòng; để trống thì dùng giá bên cạnh.
planpage-cost-used = Đang dùng
planpage-cost-range = Thấp – cao
planpage-cost-unit = Đơn vị
planpage-cost-mark = Mức tin cậy
planpage-costs-note = Không có đơn giá công bố nào của Việt Nam cho một km cáp hay một trạm. Dòng ghi «ước tính» cần thay bằng báo giá địa phương.
planpage-ground = Đường và địa hình
planpage-roads = Tệp đường giao thông
planpage-roads-note = Có tệp đường thì cáp đi theo đường; không có thì nối các thôn gần nhau và nhân hệ số tuyến.
planpage-dem = Tệp độ cao (GeoTIFF)
planpage-dem-note = Có độ cao thì dốc đắt hơn và tầm nhìn của trạm được kiểm tra.
planpage-upload-kept = Bỏ tệp { $file }

planpage-building = Thi công và thời gian tính
planpage-start = Bắt đầu
planpage-deadline = Thời hạn
planpage-crews = Số đội thi công
planpage-km-per-crew = km mỗi đội mỗi quý
planpage-building-note = Số đội và năng suất là giả định; mùa mưa làm được ít hơn. Thời hạn quyết định thứ tự làm, không loại thôn nào khỏi phương án.
planpage-time-limit = Thời gian tính tối đa (giây)
planpage-gap-allowed = Chấp nhận cách tối ưu (%)
planpage-gap-allowed-help = 0: tìm đến khi chứng minh được không còn phương án nào tốt hơn.

planpage-run = Lập phương án
planpage-run-again = Lập lại
planpage-cancel = Dừng
planpage-working = Đang lập phương án
planpage-tracing = Đang tính đường chi phí
planpage-phase-start = Đang khởi động
planpage-phase-network = Dựng mạng lưới
planpage-phase-search = Tìm phương án và chứng minh
planpage-phase-conflict = Tìm giới hạn mâu thuẫn
planpage-phase-reasons = Giải thích từng thôn: { $done }/{ $total }
planpage-phase-order = Xếp thứ tự thi công
planpage-phase-curve = Số thôn: { $done }/{ $total }
planpage-best = Tốt nhất
planpage-least = Cận
planpage-distance = Khoảng cách
planpage-elapsed = Thời gian
planpage-cancelled = Đã dừng theo yêu cầu. Các lựa chọn vẫn giữ nguyên.
planpage-stopped = Việc tính đã dừng bất thường. Hãy thử lại; nếu vẫn vậy, hãy báo cho người phụ trách phần mềm.
planpage-changed = Các lựa chọn đã đổi. Phương án dưới đây trả lời câu hỏi trước đó.
planpage-empty-title = Chưa có phương án
planpage-empty = Chọn câu hỏi ở trên rồi bấm **Lập phương án**. Phần mềm tìm những thôn và tuyến cáp rẻ nhất, chứng minh không còn cách nào rẻ hơn, xếp thứ tự theo quý và nói rõ vì sao từng thôn được chọn hay chưa.
planpage-dates = Ngày bắt đầu phải trước thời hạn.

planpage-figure-villages = Thôn được nối
planpage-figure-asked = yêu cầu { $count } thôn
planpage-figure-of-cohort = trong số thôn chưa có
planpage-figure-people = Người dân
planpage-figure-households = { NUMBER($count) } hộ
planpage-figure-minority = Người dân tộc thiểu số
planpage-figure-minority-note = trong số người được nối
planpage-figure-km = Cáp cần kéo
planpage-figure-links = { $count } tuyến
planpage-figure-masts = Trạm cần dựng
planpage-figure-cost-low = Vốn đầu tư, mức thấp
planpage-figure-cost-base = Vốn đầu tư
planpage-figure-cost-high = Vốn đầu tư, mức cao
planpage-figure-cost-lifetime = Chi phí cả đời dự án
planpage-figure-proof = Chứng minh
planpage-proven = Tối ưu đã chứng minh
planpage-not-proven = Chưa chứng minh xong
planpage-proven-note = không còn cách nào tốt hơn · { $seconds } giây
planpage-gap = Cách tối ưu ≤ { $gap }
planpage-bound = không dưới { $bound }
planpage-seconds = { $seconds } giây
planpage-km = { $km } km
planpage-villages = { $count } thôn
planpage-power-waiting = { $count } thôn chưa có điện lưới nên chưa đưa vào phương án.

planpage-ways = So với cách làm khác
planpage-ways-budget = Cùng số tiền, cách làm khác được
planpage-ways-broken = không giữ điều kiện
planpage-way-plan = Phương án này
planpage-dearer = đắt hơn { $share }
planpage-cheaper = rẻ hơn { $share }
planpage-same-cost = bằng giá
planpage-fewer = { $count ->
    [0] bằng số thôn
   *[other] ít hơn { $count } thôn
 }
planpage-fewer-people = { $count ->
    [0] bằng số người
   *[other] ít hơn { NUMBER($count) } người
 }
planpage-people = { NUMBER($count) } người
planpage-points = { $amount } điểm
planpage-less = ít hơn { $share }

planpage-certificate = Kiểm chứng độc lập
planpage-certificate-note = Phương án được kiểm tra bằng chương trình viết riêng, không dùng chung gì với chương trình tìm phương án.
planpage-hash = Dấu của phương án

planpage-price = Giá của các điều kiện
planpage-price-line = { $condition }: thêm { $price }. Đạt { $attained }; nếu không đặt điều kiện thì { $without }.
planpage-price-minority = Ít nhất { $asked } người dân tộc thiểu số
planpage-price-district = Ít nhất { $asked } thôn ở { $name }

planpage-tab-map = Bản đồ
planpage-tab-waves = Theo quý
planpage-tab-villages = Từng thôn
planpage-tab-curve = Đường chi phí
planpage-tab-compare = Lưu và so sánh

planpage-legend-in = Thôn trong phương án
planpage-legend-out = Thôn chưa được chọn
planpage-legend-mast = Trạm 4G trong phương án
planpage-legend-fibre_point = Điểm cáp quang đang có
planpage-legend-base_station = Trạm BTS đang có
planpage-legend-wave = Tuyến làm trong { $wave }
planpage-legend-never = Tuyến chưa kịp thời hạn
planpage-legend-microwave = Tuyến vi ba
planpage-mast = Trạm { $number }
planpage-note-enters = đưa vào thì tốn thêm { $cost }
planpage-by-fibre = cáp quang
planpage-by-mast = trạm 4G
planpage-by-satellite = vệ tinh
planpage-by-microwave = vi ba
planpage-serves = phục vụ { $count } thôn
planpage-wave = quý { $number }/{ $year }
planpage-wave-never = sau thời hạn

planpage-panel-title = Vì sao?
planpage-panel-hint = Bấm vào một thôn trên bản đồ hoặc trong bảng để biết vì sao thôn được chọn hay chưa, và thôn nào thế chỗ.
planpage-edge-in = Dễ bị thay nhất (mất đi khi bỏ)
planpage-edge-out = Gần được chọn nhất (tốn thêm khi đưa vào)
planpage-instead-in = Thế chỗ nếu bỏ thôn này
planpage-instead-out = Ra khỏi phương án nếu đưa thôn này vào

planpage-in = Có
planpage-out = Chưa
planpage-verdict-in = Trong phương án
planpage-verdict-out = Chưa được chọn
planpage-column-in = Chọn
planpage-column-own = Nối riêng thôn
planpage-column-own-help = Đoạn cáp riêng và thiết bị của thôn, chưa kể tuyến chung.
planpage-column-loss = Mất đi khi bỏ
planpage-column-loss-help = Phương án tốt nhất không có thôn này tốn hơn bấy nhiêu.
planpage-column-enters = Tốn thêm khi đưa vào
planpage-column-enters-help = Phương án tốt nhất có thôn này tốn hơn bấy nhiêu.
planpage-column-budget = Ngân sách cần có để vào
planpage-column-reason = Vì sao
planpage-column-instead = Thôn thế chỗ
planpage-column-instead-help = Thôn vào thay nếu bỏ thôn này, hoặc ra khỏi phương án nếu đưa thôn này vào.
planpage-villages-note = Bấm một dòng để xem thôn trên bản đồ và lời giải thích đầy đủ.
planpage-between = từ { $low } đến { $high }
planpage-worth-score = { $amount } điểm
planpage-worth-people = { NUMBER($count) } người
planpage-worth-villages = { $count } thôn

planpage-quarter = Quý
planpage-links = Tuyến
planpage-capacity = Sức làm
planpage-total-villages = Cộng dồn
planpage-waves-none = Phương án không có tuyến cáp nên không có thứ tự thi công.
planpage-waves-villages = Số thôn được nối đến hết quý
planpage-waves-people = Số người được nối đến hết quý
planpage-waves-plan = Thứ tự tốt nhất
planpage-waves-rank = Theo thứ hạng
planpage-waves-start = Bắt đầu
planpage-waves-note = Nhánh làm sau tuyến chính; mỗi quý không vượt sức của các đội. Thứ tự tốt nhất làm cho người dân được dùng sớm nhất, tính theo số người nhân số tháng.
planpage-waves-late = { $count } thôn không kịp thời hạn { $deadline } với số đội này. Cần gấp { $pace } lần sức làm để kịp hết.
planpage-order-proven = Thứ tự này đã được chứng minh là tốt nhất.
planpage-order-gap = Thứ tự này cách tốt nhất không quá { $gap }.

planpage-axis-villages = Số thôn
planpage-axis-people = Số người
planpage-axis-cost = Chi phí ít nhất (tỷ đồng)
planpage-axis-cost-short = Chi phí
planpage-axis-next = Thêm một thôn (triệu đồng)
planpage-axis-next-short = Giá thôn tiếp theo
planpage-curve-note = Mỗi điểm là một phương án tốt nhất cho đúng số thôn đó. Bên dưới là giá của thôn tiếp theo.
planpage-curve-run = Tính đường chi phí
planpage-curve-next = Nối { $count } thôn tốn { $cost }; thôn thứ { $next } thêm **{ $price }**.
planpage-curve-last = Nối hết { $count } thôn tốn { $cost }.
planpage-curve-none = Đường chi phí chỉ tính được cho phương án cáp quang.
planpage-curve-point = Ít tốn nhất
planpage-curve-efficient = Đáng tiền nhất
planpage-curve-label = { $count } thôn: { $cost }
planpage-curve-table = Bảng số liệu của đường chi phí
planpage-curve-budget = Ngân sách không tính đến ở đây: đường này trả lời cho mọi số thôn.

planpage-conflict = Không có phương án nào giữ được mọi điều đã đặt
planpage-conflict-one = Điều này không giữ được:
planpage-conflict-note = Những điều sau không thể giữ cùng lúc; nới một trong số đó là lập được phương án:
planpage-conflict-further = Ngoài ra còn một mâu thuẫn nữa:
planpage-conflict-shown = Phương án dưới đây là gần nhất, không giữ
planpage-conflict-take = Dùng giá trị này

planpage-save-name = Tên kịch bản
planpage-save = Lưu kịch bản
planpage-saved = Đã lưu «{ $name }».
planpage-saved-none = Chưa có kịch bản nào được lưu. Lưu phương án này, đổi câu hỏi, lập và lưu phương án khác để so sánh hai bên.
planpage-saved-one = Mới có một kịch bản. Cần hai kịch bản để so sánh.
planpage-compare-a = Kịch bản A
planpage-compare-b = Kịch bản B
planpage-compare-villages = Thôn khác nhau ({ $count })
planpage-compare-same = Hai kịch bản chọn cùng các thôn.
planpage-compare-figure = Chỉ số
planpage-compare-difference = B − A
planpage-compare-both = cả hai
planpage-compare-only_a = chỉ A
planpage-compare-only_b = chỉ B
planpage-compare-neither = không bên nào
planpage-compare-all = Hiện cả các thôn giống nhau
planpage-compare-where = Có trong
planpage-compare-cost = Chênh chi phí

planpage-downloads = Tải phương án
planpage-download-all = Tất cả (ZIP)
planpage-download-certificate = Kiểm chứng (JSON)
planpage-download-stem = phuong-an
planpage-notes = Ghi chú và giả định
planpage-faults = Lưu ý về dữ liệu ({ $count })

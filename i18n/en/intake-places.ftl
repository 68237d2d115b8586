# Administrative units, coordinates, coordinate systems and positions of villages in a file.

error-intake-crs = "{ $got }" is not a coordinate system that is recognised. Give an EPSG code such as EPSG:9208, or a name such as WGS84, VN-2000 104-45, VN-2000 Lào Cai, UTM 48N.
expected-coordinate = a coordinate, for instance 22.335 or 22°20'06"

places-vintage-old = The list is written in the communes of before 1 July 2025 ({ $old } rows exist only before, such as { $old_example }; { $new } only since, such as { $new_example }).
places-vintage-new = The list is written in the units since 1 July 2025 ({ $new } rows exist only since, such as { $new_example }; { $old } only before, such as { $old_example }).
places-vintage-mixed = The list mixes communes and units: { $old } rows exist only before 1 July 2025, such as { $old_example }; { $new } only since, such as { $new_example }.
places-vintage-open = It cannot be told whether the list means the communes of before or the units since 1 July 2025: no value exists on one side only (before: { $old }, { $old_example }; since: { $new }, { $new_example }).
places-vintage-stated = The headings say which units are meant, or the list names none (before 1 July 2025: { $old }, { $old_example }; since: { $new }, { $new_example }).

fault-place-zeros = Column { $column }: the codes of { $count } rows had lost their leading zeros; { $got } was read as { $expected }, for instance.
remedy-place-zeros = Nothing to do if that is right. Format the column of codes as text to keep it from happening again.
fault-place-accents = Column { $column }: the names of { $count } rows match only without accents; "{ $got }" was read as { $expected }, for instance.
remedy-place-accents = Check these names and correct the accents where they are wrong.
fault-place-disagree = Row { $row }, column { $column }: the code { $code } is { $by_code }, but the name "{ $got }" is { $by_name }.
remedy-place-disagree = Correct the code { $code } or the name "{ $got }". A code means something only with its time: codes were used again from 1 July 2025.
fault-place-district = Row { $row }, column { $column }: "{ $got }" is { $by_code }, which is not in the district { $district }.
remedy-place-district = Correct the district { $district } or the commune "{ $got }".
fault-place-districts = Row { $row }, column { $column }: the code and the name "{ $got }" are of two districts.
remedy-place-districts = Correct the code or the name of the district.
fault-place-unit = Row { $row }, column { $column }: { $by_code } went into { $by_name }, not into { $unit }.
remedy-place-unit = Correct the former commune "{ $got }" or the new unit { $unit }.
fault-place-code-unknown = Row { $row }, column { $column }: the code { $got } was never one of this province ({ $count ->
    [one] one row has
   *[other] { $count } rows have
 } it). The value is kept.
fault-place-name-unknown = Row { $row }, column { $column }: this province has no "{ $got }" ({ $count ->
    [one] one row has
   *[other] { $count } rows have
 } it). The value is kept.
remedy-place-check = Check "{ $got }": it may have been merged or renamed, or be of another province.
remedy-place-proposal = Did you mean { $suggestion }? Then correct it in the file.
fault-place-ambiguous = Row { $row }, column { $column }: "{ $got }" may be { $readings } (rows like this: { $count }). The unit stays open: { $unit }.
fault-place-commune-open = Row { $row }, column { $column }: "{ $got }" may be { $readings } (rows like this: { $count }). The unit is { $unit } in either case; the former commune stays empty.
remedy-place-ambiguous = Add the district of before 1 July 2025 or a code, or say in the heading whether the commune is the former or the new one.
fault-place-district-unknown = Row { $row }, column { $column }: this province had no district "{ $got }" (rows like this: { $count }). The value is kept.
remedy-place-district-unknown = Check the district "{ $got }".

fault-coordinate-unreadable = Row { $row }, column { $column }: "{ $got }" cannot be read as { $expected }.
remedy-coordinate-unreadable = Correct the coordinate, or leave it empty to use the commune centre.
fault-coordinate-half = Row { $row }, column { $column }: there is only one of the two coordinates; expected { $expected }.
remedy-coordinate-half = Fill in both coordinates, or leave both empty to use the commune centre.
fault-coordinate-unused = Column { $column } holds coordinates that are not used, because there are others or the column that belongs to it is missing.
remedy-coordinate-unused = To use column { $column }, change which column means what.
fault-coordinate-not-point = Row { $row }: the shape on the map is not one point ({ $got }).
remedy-coordinate-not-point = Replace it by one point, such as the village hall.
fault-coordinate-swapped = Row { $row }, column { $column }: longitude and latitude of { $got } seem to be swapped.
fault-coordinate-swapped-all = Column { $column }: longitude and latitude of all { $count } rows seem to be swapped, such as { $got }. Nothing was exchanged.
remedy-coordinate-swap = Change which column means what, or agree to exchange the two.
fault-coordinate-swapped-back = Column { $column }: longitude and latitude of { $count } rows were exchanged as asked, such as { $got }.
remedy-coordinate-swapped-back = Look at the positions on the map.
fault-coordinate-northing-first = Column { $column }: in { $count } rows X is the northing and Y the easting, as Vietnamese surveyors write it, such as { $got }; they were read so.
remedy-coordinate-northing-first = Nothing to do if that is right.

fault-crs-missing = Column { $column }: the coordinates are metres ({ $got }) of an unknown system. Likeliest (share of the points in the province, median distance to the commune centre): { $first }; then { $second }; { $third }.
remedy-crs-missing = Choose the coordinate system, for instance --crs { $code }.
fault-crs-zone = Column { $column }: by { $got } the points lie far from where they are said to be. These fit better (share of the points in the province, median distance to the commune centre): { $first }; { $second }; { $third }.
fault-crs-shift = Column { $column }: the file's system { $got } looks like { $expected }, but its shift to WGS84 is missing or wrong; the points are { $shift } m off.
remedy-crs-shift = Choose --crs { $code }, or ask who made the file.
fault-crs-overridden = Column { $column }: { $expected } was used as asked instead of the file's { $got }; the positions differ by { $shift } m.
remedy-crs-overridden = Look at the positions on the map.
fault-crs-units = Column { $column }: the numbers { $got } are not in the unit (degrees or metres) of { $expected }.
remedy-crs-units = Choose another system with --crs, or leave that choice out.
fault-crs-unreadable = Column { $column }: the coordinate system stated in the file ("{ $got }") cannot be used.
remedy-crs-unreadable = Choose the system with --crs, for instance --crs EPSG:9208.

fault-position-none = Row { $row }: there are no coordinates, and the centre of the commune { $got } is not known.
remedy-position-none = Fill in coordinates, or correct the name or code of the commune.
fault-position-zero = Row { $row }, column { $column }: the coordinates are 0 ({ $got }).
fault-position-range = Row { $row }, column { $column }: { $got } is outside the range of latitudes and longitudes.
fault-position-geocoder = Row { $row }, column { $column }: { $got } is the middle of Vietnam, which an address search answers when it finds nothing.
fault-position-country = Row { $row }, column { $column }: { $got } lies outside Vietnam.
fault-position-province = Row { $row }, column { $column }: { $got } lies outside the province.
fault-position-pile = Row { $row }, column { $column }: { $count } villages of several communes are at the same { $got }, as when an address search fails.
fault-position-duplicate = Row { $row }, column { $column }: { $count } villages have the same position { $got } (other rows: { $others }).
fault-position-far = Row { $row }, column { $column }: { $got } is { $distance } km from the centre of { $stated } and nearer to { $nearest }.
fault-position-boundary = Row { $row }, column { $column }: { $got } lies outside the boundary of the stated commune.
remedy-position-centre = Correct the coordinates or the commune; as long as they are not known, the commune centre can be used.
remedy-position-correct = Correct the coordinates, or the commune so that its centre can be used.
remedy-position-replaced = The village was put at the commune centre as asked; add its coordinates when they are known.

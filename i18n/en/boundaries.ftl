# Boundaries of communes and districts, and positions good to a commune: legend, faults, remedies.

mark-commune-centre = Position is the commune centre
no-distance-commune-centre = The position is the commune centre, so no distance is measured.

area-level-commune = commune (before 1 Jul 2025)
area-level-unit = commune or ward
area-level-district = district (before 1 Jul 2025)
shade-title = Share of villages with { $lack }, by { $level }
shade-none = 0%
shade-up-to = up to { $high }%
shade-range = over { $low } to { $high }%
shade-above = over { $low }%
shade-unknown = No data
shade-empty = No village

error-boundaries-no-shapes = The file { $file } has no shapes. A map file with the outline of each commune or district is needed.
error-boundaries-no-areas = The file { $file } has no closed area, only points or lines. The outline (polygon) of each commune or district is needed; a list of villages is imported as such.
error-boundaries-crs = The coordinate system of { $file } is not known. Choose it, for instance EPSG:9208 (VN-2000, Lào Cai) or EPSG:4326 (WGS84).
error-boundaries-level = It is not clear of which level { $file } is: old communes and new units share their codes. Choose the level: communes before July 2025, units since, or districts (command line: --level { $expected }).

expected-boundary-polygon = a closed outline (polygon)

fault-boundary-kind = Row { $row }: the shape is a { $got }, expected { $expected }; the row cannot be used.
remedy-boundary-kind = Draw this area as a closed outline and load it again, or take the row out.
fault-boundary-empty = Row { $row }: no shape, an empty one, or coordinates not on earth; the row cannot be used.
remedy-boundary-empty = Check the shape and the coordinate system of this row in a map program.
fault-boundary-invalid = Row { $row } ({ $area }): the outline crosses or touches itself near { $lon }, { $lat }; repaired for use, the file is unchanged.
remedy-boundary-invalid = Look at the place on a map; if the repaired area is wrong, correct the file.
fault-boundary-nameless = Row { $row }: the area has neither code nor name.
remedy-boundary-nameless = Fill in a code or a name, or choose other columns for code and name.
fault-boundary-no-code = Row { $row } ({ $area }): no code in column { $column }; villages are assigned by position only.
remedy-boundary-no-code = Fill in the administrative code of this area.
fault-boundary-code-twice = Row { $row }, column { $column }: the code { $got } already stands in row { $first }.
remedy-boundary-twice = Join the parts of one unit into one area, or correct the wrong code.
fault-boundary-name-twice = Row { $row }, column { $column }: the name { $got } already stands in row { $first }.
remedy-boundary-name-twice = Two units may bear one name; tell them apart by code.
fault-boundary-zeros = { $count } codes in column { $column } lacked leading zeros; they were filled up to the full number of digits.
remedy-boundary-zeros = If the codes are of another list, choose another column.
fault-boundary-area = Row { $row } ({ $area }): column { $column } says { $got } km², the outline has { $computed } km², a difference of { $difference } km².
remedy-boundary-area = Compare outline and area with the official record; the product goes by the outline.
fault-boundary-overlap = { $ha } ha near { $lon }, { $lat } lie in { $count } areas at once: { $areas }.
remedy-boundary-overlap = Find out to which unit this ground belongs and correct the other outlines.
fault-boundary-overlap-slivers = { $count } small overlaps of less than 1 ha, { $m2 } m² together.
fault-boundary-gaps = { $count } pieces of land lie in no area, { $ha } ha together.
fault-boundary-gap = { $ha } ha near { $lon }, { $lat } lie in no area.
remedy-boundary-gap = Find out to which unit the land belongs and join the outlines, or confirm that it is water or another province.
fault-boundary-gap-slivers = { $count } small gaps of less than 1 ha, { $m2 } m² together.
remedy-boundary-slivers = Left by digitising, without effect on results; may be ignored.

area-table = Table of rates by { $level }: { $gap }
area-name = Name
area-code = Code
area-rate = Share without
area-known = Villages with data

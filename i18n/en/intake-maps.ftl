# Reading map files: GeoJSON, GeoPackage, Shapefile, MapInfo, KML/KMZ, GeoParquet.

error-intake-map-size = File { $file } is too large ({ NUMBER($rows) } rows, { NUMBER($columns) } columns). Split it by district or leave out columns.
error-intake-map-bytes = The content of { $file } exceeds { $limit } MB once unpacked. Split the file or leave out columns.
error-intake-map-cell = File { $file } has a cell longer than { NUMBER($limit) } characters. Shorten it or simplify the boundary.
error-intake-map-no-rows = File { $file } has no features. Check how it was exported.
error-intake-map-layer = File { $file } has no layer "{ $got }". Choose one of: { $expected }.
error-intake-map-several = File { $file } holds { $count } maps ({ $expected }). Choose one, or zip each map by itself.
error-intake-map-member = Archive { $file } lacks { $member }. Zip all files of the map that share its name.
error-intake-map-json = File { $file } is not valid JSON at line { $line }, character { $column }, near "{ $got }". Export it again from the mapping software.
error-intake-map-json-cut = File { $file } ends in the middle of a value at line { $line }, character { $column }. Download or export it again.
error-intake-map-json-number = File { $file } has "{ $got }" where a number belongs, at line { $line }, character { $column }. Replace it by null or a real number.
error-intake-map-json-depth = File { $file } nests too many brackets at line { $line }, character { $column }. Export it again from the mapping software.
error-intake-map-json-kind = File { $file } is not GeoJSON: got { $got }, expected { $expected }. Export it again as GeoJSON.
error-intake-map-json-bare = File { $file } holds only a geometry ({ $got }) and no attributes. Export the attributes as well (FeatureCollection).
error-intake-map-gpkg = File { $file } cannot be read: it is damaged or not a GeoPackage. Export it again.
error-intake-map-gpkg-contents = File { $file } has no GeoPackage layer. Export the list as GeoPackage again.
error-intake-map-gpkg-computed = The layer in { $file } is computed by a statement that may not run. Export the layer as an ordinary table.
error-intake-map-gpkg-work = The layer in { $file } takes too long to compute. Export the layer as an ordinary table.
error-intake-map-shp = The .shp in { $file } is damaged or not in the right format. Export the Shapefile again.
error-intake-map-dbf = The .dbf table in { $file } is damaged or not in the right format. Export the Shapefile again.
error-intake-map-shp-count = In { $file } the .shp has { NUMBER($shapes) } shapes but the .dbf table { NUMBER($rows) } rows, so which belongs to which is unknown. Export the Shapefile again.
error-intake-map-tab = The .tab in { $file } is not an ordinary MapInfo table (got "{ $got }"). Save it as a NATIVE table: File > Save Copy As.
error-intake-map-tab-damaged = The MapInfo table in { $file } is damaged or incomplete. Save it again with Save Copy As and zip all of .tab, .dat, .map and .id.
error-intake-map-xml = File { $file } is not valid XML at line { $line }, character { $column }. Export the KML again.
error-intake-map-xml-dtd = File { $file } declares a DTD or entities, which can do harm, so it is not read. Export the KML again.
error-intake-map-xml-depth = File { $file } is nested more than { $limit } levels deep. Export the KML again.
error-intake-map-xml-encoding = File { $file } names an encoding that cannot be read. Export the KML again in UTF-8.
error-intake-map-kml-root = File { $file } is not KML: it begins with <{ $got }>. Export it again as KML.
error-intake-map-kmz-empty = KMZ file { $file } contains no KML. Export it again from Google Earth.
error-intake-map-parquet = File { $file } cannot be read: it is damaged or not Parquet. Export it again.
error-intake-map-parquet-geo = The geometry metadata (geo) of { $file } are not valid. Export it again as GeoParquet.
error-intake-map-parquet-encoding = File { $file } stores geometry as "{ $got }", which cannot be read. Export it again as WKB or point.

fault-intake-map-geometry = Row { $row }: the geometry is not well-formed (got "{ $got }", expected { $expected }).
fault-intake-map-coordinate = Row { $row }: coordinate "{ $got }" is no place on earth, expected { $expected }.
fault-intake-map-empty = Row { $row }: the geometry is empty and is read as no position.
fault-intake-map-feature = Row { $row }: got "{ $got }", expected { $expected }.
fault-intake-map-repeated-key = Column { $column }: { NUMBER($count) } features have this name twice; only one value was kept.
fault-intake-map-left-out = Column { $column }: its type cannot be read (binary, a further geometry or a computed column); the column was left out.
fault-intake-map-zeros = Column { $column }: { NUMBER($count) } cells are 0; MapInfo does not tell 0 from an empty cell.
fault-intake-map-crs = The coordinate system stated in the file is not understood ("{ $got }"), expected { $expected }.
fault-intake-map-more = { NUMBER($count) } further faults are not listed.

expected-intake-map-geometry = a valid GeoJSON, WKB or KML geometry
expected-intake-map-coordinate = two finite numbers
expected-intake-map-feature = a Feature with properties
expected-intake-map-crs = an EPSG code or a WKT description that names no other file

remedy-intake-map-geometry = Repair the geometry of this row in the mapping software, or remove its position.
remedy-intake-map-empty = Add the position if it is known; otherwise the village is placed at its commune centre.
remedy-intake-map-feature = Export the file again from the mapping software.
remedy-intake-map-repeated-key = Rename one of the two columns and export again.
remedy-intake-map-left-out = If this column is needed, turn it into text or numbers and export again.
remedy-intake-map-zeros = Check the cells that are 0; leave cells without data empty in a CSV or XLSX file.
remedy-intake-map-crs = Choose the coordinate system on import, for example EPSG:9208.
remedy-intake-map-more = Correct the faults listed and open the file again.

# Terrain (elevation files, slope, line of sight) and the choice of sites for masts.

error-masts-unreached = { $count } villages are reached from no site, whatever the radius: { $villages }. Add candidate sites near them, or leave them out of the target.
error-masts-out-of-radius = { $count } villages lie beyond the radius of every site: { $villages }. A radius of at least { $radius_km } km is needed, or candidate sites nearer to them.
error-masts-refused = { $count } villages can only be reached from sites that are refused or cannot be built: { $villages }. Allow one of those sites again.
error-masts-locked-forbidden = { $count } sites are kept and at the same time refused or impossible (numbers { $sites }). Take back one of the two.
error-masts-locked-count = The sites kept are { $least } by themselves, more than the { $limit } masts allowed. Allow at least { $least }, or keep fewer sites.
error-masts-locked-budget = The sites kept cost { NUMBER($least) } VND by themselves, more than the budget of { NUMBER($limit) } VND. Raise the budget to that, or keep fewer sites.
error-masts-certificate = The plan of masts did not pass its independent check ({ $broken }), so it is not shown. Please report this to the developers.

error-terrain-missing = The elevation file { $file } could not be opened. Check that it exists and that you may read it.
error-terrain-file-size = The elevation file { $file } has { NUMBER($megabytes) } MB, more than the { NUMBER($limit) } MB allowed. Crop it to the province or compress it (DEFLATE).
error-terrain-format = The file { $file } is not a GeoTIFF. Export the elevation model as GeoTIFF (.tif).
error-terrain-damaged = The elevation file { $file } is damaged or incomplete. Download or export it again.
error-terrain-slow = Reading the elevation file { $file } was stopped after { NUMBER($seconds) } seconds. Crop it to the province and try again.
error-terrain-memory = The elevation file { $file } needs more memory than the { NUMBER($megabytes) } MB allowed. Crop it to the province or make it coarser.
error-terrain-bands = The file { $file } has { $count } bands, which makes it a picture rather than heights. Export the elevation model with a single band.
error-terrain-values = The values in { $file } are no heights (type { $got }). Export heights as 16-bit integers or 32-bit floats, not a shaded picture.
error-terrain-size = The part to read of { $file } has { NUMBER($rows) } rows and { NUMBER($columns) } columns, more than { NUMBER($limit) } cells. Crop it or make it coarser (30 m will do).
error-terrain-blocks = The file { $file } holds pieces larger than { $limit } MB that must be unpacked as one. Export it again in tiles (TILED=YES).
error-terrain-no-crs = The elevation file { $file } does not state its coordinate system. Export it again with one, for example EPSG:4326 or EPSG:9208.
error-terrain-crs = The coordinate system stated in the elevation file { $file } is not understood ("{ $got }"). Export it again by an EPSG code.
error-terrain-no-place = The file { $file } does not say where on the ground it lies. Export it again as a georeferenced GeoTIFF (a .tfw file beside it is not read).
error-terrain-nowhere = By the coordinate system stated in { $file } ({ $crs }), the corner { $got } is nowhere on earth. The system is probably wrong; assign the right one and export again.
error-terrain-elsewhere = The elevation file { $file } lies outside the area of the list of villages. Choose the file of this province, or check its coordinate system (central meridian).
error-terrain-no-heights = The file { $file } has no usable height ({ NUMBER($count) } cells hold impossible values). Check its nodata value and its unit.

fault-terrain-absurd = { NUMBER($count) } cells have heights outside { $low } to { NUMBER($high) } m and are taken as not known.
fault-terrain-unit-unstated = The file does not state its unit of height; metres are assumed.
fault-terrain-unit-unknown = The unit of height "{ $got }" is not known; metres are assumed.
fault-terrain-unit-feet = Heights are stated in "{ $got }" and were converted to metres.

remedy-terrain-absurd = If there are many, check the nodata value and the unit (feet, decimetres).
remedy-terrain-unit = Compare a point whose height is known, for example the summit of Fansipan, 3,143 m.

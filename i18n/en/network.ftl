# Networks of roads and candidate links: refusals, faults, remedies.

error-roads-no-lines = The file { $file } has no usable line. A map file of roads (lines) is needed: GeoJSON, GeoPackage, Shapefile in a ZIP, KML or GeoParquet.
error-roads-crs = The coordinate system that { $file } states puts its roads in the wrong place. Choose the right one, for instance EPSG:9208 (VN-2000, Lào Cai) or EPSG:4326 (WGS84).
error-roads-elsewhere = No road lies within { $km } km of the villages and fibre points. Is the file of another province, or are longitude and latitude exchanged?
error-roads-too-dense = The lines meet at more than { $limit } places, more than roads ever do. Check that the file holds roads, not contour lines or tracks laid over each other.
error-network-extent = The network reaches from { $west }° to { $east }° east and from { $south }° to { $north }° north, more than { $limit }° across. Use the roads and places of one region, and check the coordinates.
error-network-snap = The tolerance for joining roads is { $got } m; it must be from 0 to { $limit } m.
error-roads-shrunk = No road is longer than the tolerance of { $metres } m, so none is left. Lower the tolerance, or check the coordinate system.
error-network-no-roots = No fibre point has a position, so there is nothing to connect villages to. Add fibre points, or count villages that have fibre as such.
error-network-effort = The ground factors do not fit the network: one finite, not negative number is needed for each of its { $edges } links.
error-network-route-factor = The route factor is { $got }; it must be from 1 to 10 (cable length over straight line, 1.4 in mountains).

fault-roads-not-lines = { $count } rows, the first of them row { $row }, are no lines; they were left out.
remedy-roads-not-lines = Take points and areas out of the file, or choose the layer of roads.
fault-roads-off-earth = { $count } lines, the first in row { $row }, have coordinates that are not on earth; they were left out.
remedy-roads-off-earth = Check these rows and the coordinate system in a map program.
fault-roads-empty = { $count } lines, the first in row { $row }, are empty or have no length; they were left out.
remedy-roads-empty = Nothing needs to be done, unless a road is missing there.
fault-roads-tangled = { $count } lines, the first in row { $row }, cross or touch themselves. They are used as they are.
remedy-roads-tangled = Look at them in a map program; divide a line where it crosses itself if the road has a junction there.
fault-roads-twice = { $count } lines occur more than once; one of each was kept, the one with the lowest cost factor.
remedy-roads-twice = Nothing needs to be done.
fault-roads-effort = { $count } cost factors in column { $column }, the first in row { $row } ({ $got }), are no numbers from { $least } to { $most }; 1 was used.
remedy-roads-effort = Write how many times the plain cost of a metre a metre costs there, such as 1.5.
fault-roads-far = { $count } roads, the first in row { $row }, lie more than { $km } km outside the region of the villages; they were left out.
remedy-roads-far = Nothing needs to be done, if the file covers more than the province.
fault-roads-crossings = Roads of the same level cross without a common vertex at { $count } places; cable may pass from one to the other there.
remedy-roads-crossings = If bridges or tunnels are among them, give the file a column "layer", "bridge" or "tunnel", or switch the joining of crossings off.
fault-roads-crossings-apart = Roads of the same level cross without a common vertex at { $count } places; they were not joined.
remedy-roads-crossings-apart = If these are junctions, switch the joining of crossings on or add the vertices in a map program.
fault-roads-dangling = { $count } loose ends of roads were joined to the road next to them, within { $metres } m.
remedy-roads-dangling = If roads were joined that do not meet, lower the tolerance.
fault-roads-islands = { $count } pieces of the road network, { $km } km together, are not connected to any fibre point; they were left out.
remedy-roads-islands = Look for missing roads or gaps wider than the tolerance, or add the fibre points there.

fault-network-no-position = { $got } has no position; it is not part of the network.
remedy-network-no-position = Give it a position in the register.
fault-network-far = { $got } is { $km } km from the nearest usable road, more than { $limit } km; a straight connection was assumed.
remedy-network-far = Check its position, and whether the file of roads lacks the track to it.

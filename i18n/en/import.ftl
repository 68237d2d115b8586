# Importing a list: command line and import page.

cli-import-help = Import an office's list of villages (Excel, CSV, GeoJSON, GeoPackage, Shapefile, MapInfo, KML, GeoParquet). Says how each column was understood and names every fault at once; nothing is written without --accept or --out. Exit status: 0 acceptable, 2 faults, 1 unusable file. Example: gap-planner import list.xlsx --observed-on 2024-06-30 --accept
cli-registers-help = List the accepted registers and choose the one in use. Example: gap-planner registers --use shipped
cli-argument-file = List of villages, or a file of commune or district boundaries.
cli-option-layer = Layer (GeoPackage, KML) or member of an archive; left out: the first one.
cli-option-sheet = Sheet; left out: the first one with a table.
cli-option-header-row = Number of the heading's row (the last one if it has two); left out: found by itself.
cli-option-encoding = Encoding of the text: utf-8, utf-16, cp1258, tcvn3 (.VnTime), vni; left out: detected.
cli-option-crs = Coordinate system, such as EPSG:9208 (VN-2000 Lào Cai), "VN-2000 104-45", WGS84; left out: the file's own.
cli-option-swap = Exchange longitude and latitude.
cli-option-numbers = Decimal mark of columns that leave it open: comma (1.234,5) or point (1,234.5).
cli-option-dates = Order of dates in columns that leave it open: day (day first) or month (month first).
cli-option-observed-on = Day of the figures (year-month-day), for rows that give none.
cli-option-mapping = Saved mapping of columns (mapping.toml).
cli-option-save-mapping = Save the mapping of columns for the next file of its kind.
cli-option-level = Level of the areas in a file of boundaries: commune (before 1 July 2025), unit (since) or district; left out: told by codes and names.
cli-option-boundaries = File of commune or district boundaries, to check positions and shade the map.
cli-option-use-commune-centre = Put villages whose coordinates cannot be right at the commune centre (said in the basis of position).
cli-option-set-aside = Accept the sound rows and set those at fault aside in this Excel file.
cli-option-report = Write the report of faults in both languages to a .json or .xlsx file.
cli-option-import-out = Write the list as understood to a .geojson file (only without faults).
cli-option-accept = Accept the list: commands and app use it from now on.
cli-option-update = Lay the list over the register in use: keys stay, changes of state become dated observations.
cli-option-name = Name of the register; left out: the file's.
cli-option-import-format = Output: table or json.
cli-option-use = Use the register with this key; shipped is the illustrative province.
cli-accepted = Accepted "{ $name }" (key { $register }); commands and app now use it.
cli-not-accepted = Not accepted yet: add --accept to use this list.
cli-outline = { $file }: { $count ->
        [one] 1 boundary
       *[other] { NUMBER($count) } boundaries
    } of the level { $level }.


registers-title = Registers
registers-in-use = In use
registers-register = Key
registers-name = Name
registers-villages = Villages
registers-source = Source file
registers-accepted = Accepted
registers-hint = Choose one: gap-planner registers --use <key>

import-read-as = { $file }: read as { $format }, { $rows ->
        [one] 1 row
       *[other] { NUMBER($rows) } rows
    }.
import-layer = Layer or sheet
import-encoding = Encoding
import-row-aside = Row { $row } is no village ({ $why }): { $text }
import-columns = The columns were understood like this
import-heading = Column in the file
import-field = Meaning
import-sure = Recognised
import-read-as-column = Read as
import-samples = Examples
import-carried = (kept as it is, not used)
import-change-count = { $change }: { $count ->
        [one] 1 village
       *[other] { NUMBER($count) } villages
    }
import-more-faults = … and { NUMBER($count) } more: all of them are in the report (--report faults.xlsx).
import-verdict-ready = Acceptable: { $rows ->
        [one] 1 village
       *[other] { NUMBER($rows) } villages
    }, no errors, { $warnings ->
        [one] 1 warning
       *[other] { NUMBER($warnings) } warnings
    }.
import-verdict-faults = { $faulty ->
        [0] Not acceptable yet: { NUMBER($errors) } faults of the whole file, { $warnings ->
            [one] 1 warning
           *[other] { NUMBER($warnings) } warnings
        }. Nothing was written.
       *[other] Not acceptable yet: { $errors ->
            [one] 1 error
           *[other] { NUMBER($errors) } errors
        }, { NUMBER($faulty) } of { NUMBER($rows) } rows at fault, { $warnings ->
            [one] 1 warning
           *[other] { NUMBER($warnings) } warnings
        }. Nothing was written.
    }

aside-title = title
aside-numbering = numbering of the columns
aside-total = total
aside-section = section
aside-note = note

confidence-chosen = chosen
confidence-exact = certain
confidence-likely = likely, please check
confidence-none = not recognised

read-as-comma = decimal comma
read-as-point = decimal point
read-as-day = day before month
read-as-month = month before day
read-as-per_cent = per cent

understood-system = Coordinate system: { $system }.
understood-system-assumed = Coordinate system: { $system } (the file names none; read as degrees).
understood-operation = Transformation: { $operation }, stated accuracy { $accuracy } m.
understood-positions = Positions: { NUMBER($given) } villages with coordinates, { NUMBER($centre) } at their commune's centre, { NUMBER($missing) } without any.
understood-places = Places: { NUMBER($old) } by communes before 1 July 2025, { NUMBER($new) } by units since, { NUMBER($both) } by both, { NUMBER($unresolved) } unresolved, { NUMBER($silent) } not stated.

change-new = New
change-gone = Gone from the list (kept)
change-renamed = Renamed
change-moved = Moved
change-area = Other commune or district
change-state = State changed
change-changed = Other figures changed
change-same = Unchanged

severity-error = Error
severity-warning = Warning
report-title = { $file }: { $errors ->
        [one] 1 error
       *[other] { NUMBER($errors) } errors
    }, { $warnings ->
        [one] 1 warning
       *[other] { NUMBER($warnings) } warnings
    }
report-severity = Severity
report-row = Row
report-column = Column
report-got = Got
report-expected = Expected
report-sentence = Fault
report-remedy = Remedy


error-import-faults = The file { $file } has { $count ->
        [one] 1 error
       *[other] { NUMBER($count) } errors
    }, so it is not accepted yet. Correct the file, or set the rows at fault aside.
error-nothing-to-update = No register has been accepted yet that could be updated. Import the list without --update the first time.
error-shelf-unknown = There is no register with the key { $register }. Choose one of: { $expected }.
error-shelf-taken = There is a register with the key { $register } already. Choose another name.

import-step-file = File
import-step-understood = Understood as
import-step-columns = Columns
import-step-faults = Faults and remedies
import-step-accept = Acceptance
import-choose = Choose a file
import-limits = At most { NUMBER($megabytes) } MB: { $suffixes }
import-drop-list = Drop a list of villages here (or commune or district boundaries)
import-drop-mapping = Saved mapping of columns (mapping.toml)
import-drop-boundaries = Commune or district boundaries
import-more-files = More: saved mapping, boundaries
import-how-it-works =
    The file is read by a process of its own, within limits, on this machine; nothing is sent anywhere.

    - **Sheets:** Excel (.xlsx, .xls), .ods, CSV. **Maps:** GeoJSON, GeoPackage, Shapefile and MapInfo (zipped), KML, KMZ, GeoParquet.
    - Headings may be Vietnamese or English; text in .VnTime (TCVN3) and VNI fonts is recognised and asked about.
    - Coordinates in WGS84, UTM or any zone of VN-2000; without any, the commune's centre stands in.
    - Nothing is written until you press **Accept** at the end of the page.
import-by-itself = Find out
import-header-row = Row of the heading
import-set-aside-rows = { $count ->
        [one] 1 row that is no village
       *[other] { NUMBER($count) } rows that are no villages
    }
import-crs = Coordinate system (empty: the file's own)
import-crs-candidates = Projected coordinates without a system: choose it (the best fit comes first)
import-observed-on = Figures as of
import-columns-hint = ✓ certain, ? likely, ✎ chosen, – not recognised (the column is kept in the list as it is).
import-decide = Open: please choose
import-blank-means-no = Empty means no
import-save-mapping = Save the mapping
import-checking = Checking…
import-no-faults = No errors and no warnings.
import-report-json = Report of faults (JSON)
import-report-xlsx = Report of faults (Excel)
import-report-stem = faults
import-aside-stem = rows-at-fault
import-download-aside = { $count ->
        [one] 1 row at fault (Excel)
       *[other] { NUMBER($count) } rows at fault (Excel)
    }
import-use-centre = Wrong coordinates: use the commune centre
import-use-swap = Exchange longitude and latitude
import-set-aside = Accept the { $sound ->
        [one] sound row
       *[other] { NUMBER($sound) } sound rows
    } and set { NUMBER($faulty) } aside (download above, mend, import over the register)
import-not-ready = { $errors ->
        [one] 1 error is
       *[other] { NUMBER($errors) } errors are
    } left: correct the file, choose above, or set the rows at fault aside.
import-not-separable = Errors left: { NUMBER($errors) }, of these of the whole file (without a row): { NUMBER($whole) }. Settle those first.
import-unused = Not recognised and kept as it is ({ NUMBER($count) }): { $columns }.
import-accepting = Accepting the list…
import-kept-file = { $file } is open again; your choices are kept.
import-drop-kept = Close this file
import-name = Name of the register
import-accept = Accept
import-accept-outline = Use these boundaries
import-done = Accepted "{ $name }": { $villages ->
        [one] 1 village
       *[other] { NUMBER($villages) } villages
    }. Map, priorities, targets and exports now use it.
import-how = This list
import-how-update = updates the register in use
import-how-new = is a new register
import-no-changes = Nothing differs from the register in use.
import-confirmed = States seen again unchanged on a later day, added to the history: { NUMBER($count) }.
import-same = Similar names: choose the pairs that are one village
import-same-none = No pair
import-change = Change
import-before = Before
import-after = After
import-in-use = In use
import-villages = { $count ->
        [one] 1 village
       *[other] { NUMBER($count) } villages
    }
class-faulty = Row with errors
class-doubtful = Row with warnings
class-sound = Nothing wrong
import-map-none = There is no position to draw yet.
import-verdict-separated = Acceptable without the rows at fault ({ NUMBER($faulty) }): { $sound ->
        [one] 1 village
       *[other] { NUMBER($sound) } villages
    }, { $warnings ->
        [one] 1 warning
       *[other] { NUMBER($warnings) } warnings
    }.
page-import = Import
import-more-faults-below = … and { NUMBER($count) } more in the report of faults.
import-crs-hint = such as EPSG:9208
change-position = Position
import-more-changes = … and { NUMBER($count) } more changes (all of them with --format json).
import-level = Level of the boundaries

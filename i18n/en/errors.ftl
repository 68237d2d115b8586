error-file-unreadable = The file { $file } could not be read. Check that it exists, is not damaged and is of the kind its suffix says.
error-file-kind = The file { $file } is not of a kind that can be read. Expected one of: { $expected }.
error-no-geometry = The file { $file } has no coordinates. Each village needs one point (WGS84 longitude and latitude).
error-not-points = The file { $file } has shapes that are not points, or no position. Each village needs exactly one point.
error-schema = The file { $file } has { $count ->
    [one] one fault
   *[other] { $count } faults
 }; no row was accepted. Correct what is listed below and open it again.
error-target-invalid = The targets file { $file } lacks the field { $detail } or has it wrong. See data/targets.toml for a sample.
error-no-dated-state = No state in { $file } has a date of observation, so the situation on a day cannot be told. Write the day of observation in the list, or give the day of the figures (columns mobile_observed_on and fixed_observed_on in a file of the product).
error-export-format = There is no export to { $suffix }. Choose one of: { $expected }.
error-export-rows = The list has { NUMBER($rows) } rows, more than the { NUMBER($limit) } this kind of file holds. Filter it or choose CSV.
error-export-write = Cannot write { $path }. Check that the folder exists and may be written to.
error-village-unknown = There is no village { $village_id }. Ids stand in the priority list and on the map.
error-village-suggest = There is no village { $village_id }. Did you mean { $suggestion }?
error-weights = The weights "{ $got }" cannot be used. Expected the form distance=.4,population=.3,minority=.3: numbers from 0 up, not all 0.
error-preset = There is no preset "{ $got }". Choose one of: { $expected }.
error-date = "{ $got }" is not a date. Expected year-month-day, for instance 2024-06-30.
error-choice = "{ $got }" cannot be used for { $option }. Choose one of: { $expected }.
error-too-early = Nothing was observed up to { $date }; the first observation is of { $first }.
error-number = "{ $got }" cannot be used for { $option }. Expected { $expected }.
error-app-missing = The file app.py of the app was not found. Run the command from the downloaded source folder.
error-unexpected = Something unexpected went wrong; none of your data was changed. Incident: { $incident }.
fault-value = Row { $row }, column { $column }: got "{ $got }", expected { $expected }.
fault-column = Column { $column } is missing or wrong: expected { $expected }.
error-details = Details for whoever supports you: { $file }
fault-nothing = (empty)
expected-unique = an id no other row has
expected-text = text, not empty
expected-value = a value, not empty
expected-column = this column in the file
expected-integer = a whole number
expected-number = a number
expected-boolean = true or false
expected-date = a date as year-month-day, for instance 2024-06-30
expected-state-of-service = a state of the service in question (mobile or fixed)
error-option-alone = { $option } needs { $needed } beside it: name the file of villages too.
expected-valid = a value as in the data dictionary
error-no-villages = The file { $file } holds no village. Check the export it came from.

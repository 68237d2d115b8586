error-intake-missing = The file { $file } could not be opened. Check that it exists and that you may read it.
error-intake-empty = The file { $file } holds no data. Check the saved file or choose another.
error-intake-file-size = The file { $file } has { NUMBER($megabytes) } MB, more than the { NUMBER($limit) } MB allowed. Split it, or remove pictures and sheets that are not needed.
error-intake-kind = The content of the file { $file } (suffix { $named }) is no table or map that can be read. Save it again as one of: { $expected }.
error-intake-misnamed = The file { $file } has the suffix { $named }, but its content is { $found }. Rename it to end in { $rename } and open it again.
error-intake-foreign = The file { $file } { $kind ->
    [pdf] is a PDF, not a table. Ask for it as Excel or CSV.
    [word] is a Word document, not a spreadsheet. Copy the table to Excel and save it as .xlsx.
    [slides] is a presentation, not a spreadsheet. Copy the table to Excel and save it as .xlsx.
    [program] is a program, not data. Do not open it; choose the list of villages.
    [shortcut] is a shortcut to another file. Choose the data file itself.
    [picture] is a picture. Choose the list of villages.
    [archive] is compressed in a way that cannot be read. Unpack it and open the file inside.
    [zip] is an archive without a Shapefile, MapInfo TAB or KML layer. Unpack it and open the file inside.
    [part] is one part of a map layer of several files. Put all files of that name into one .zip.
    [html] is a web page saved under the name of a spreadsheet. Open it in Excel and save it as .xlsx.
    [xmlss] is an XML spreadsheet of an old kind. Open it in Excel and save it as .xlsx.
    [xlsb] is a binary workbook (XLSB). Open it in Excel and save it as .xlsx.
    [vrt] is a VRT that points to data elsewhere, so it is not opened. Choose the data file itself.
    [xml] is XML of a kind that cannot be read. Choose a spreadsheet, CSV or map file.
   *[unknown] is not a table that can be read. Choose a spreadsheet, CSV or map file.
 }
error-intake-encrypted = The file { $file } is protected by a password. Remove the password, save it and open it again.
error-intake-damaged = The file { $file } is damaged or incomplete. Open it in the program that made it and save it again, or ask for another copy.
error-intake-crashed = Reading the file { $file } broke the reader and was stopped; none of your data was changed. Save it as .xlsx or .csv and open that.
error-intake-too-large = The file { $file } needs more memory than the { NUMBER($megabytes) } MB allowed. Split it, or remove columns and sheets that are not needed.
error-intake-too-slow = Reading the file { $file } was stopped after { NUMBER($seconds) } seconds. Split it, or save it as .csv.
error-intake-zip-empty = The archive { $file } has nothing inside. Pack it again.
error-intake-zip-damaged = The file { $file } is damaged or was not downloaded completely. Get it again from its sender.
error-intake-zip-entries = The file { $file } contains too many files. Pack only the files of one layer.
error-intake-zip-encrypted = The archive { $file } is protected by a password. Pack it again without one.
error-intake-zip-names = The file { $file } contains unsafe file names (twice the same, pointing outside, or links), so it is not opened. Pack the data files again.
error-intake-zip-bomb = The file { $file } would grow far too large when unpacked, so it is not opened. Ask its sender for another copy.
error-intake-zip-size = The file { $file } has a part of more than { NUMBER($limit) } MB when unpacked, so it is not opened. Split the data.
error-intake-zip-method = The file { $file } is compressed by a method that cannot be read. Pack it as an ordinary ZIP.
error-intake-zip-nested = The file { $file } has an archive inside. Unpack it and open each file.
error-intake-entities = The file { $file } has XML declarations (DOCTYPE or ENTITY) that do not belong there, so it is not opened. Open it in a spreadsheet or map program and save it again.
error-intake-far-cell = The file { $file } reaches to row { NUMBER($rows) } and column { NUMBER($columns) }, more than the { NUMBER($most_rows) } rows, { NUMBER($most_columns) } columns or { NUMBER($most_cells) } cells allowed. Delete stray cells far from the table and save it again.
error-intake-far-cell-sheet = The sheet "{ $sheet }" of { $file } reaches to row { NUMBER($rows) } and column { NUMBER($columns) }, more than the { NUMBER($most_rows) } rows, { NUMBER($most_columns) } columns or { NUMBER($most_cells) } cells allowed. Delete stray cells far from the table and save it again.
error-intake-layer = The file { $file } has no sheet or layer "{ $got }". Choose one of: { $expected }.
error-intake-header-row = The file { $file } has nothing in row { $row }. Choose the row of the heading again.
error-intake-encoding = "{ $got }" is no encoding that can be read for { $file }. Choose one of: { $expected }.
error-intake-utf16 = The file { $file } is UTF-16 text that was cut off (an odd number of bytes). Save it again as CSV UTF-8.
error-intake-zeros = The file { $file } has a zero character (NUL) in row { $row }, so it is not clean text. Save it again as CSV UTF-8.
error-intake-quote = The file { $file } opens a quotation mark in row { $row } that is never closed. Add or remove the mark in that row.
error-intake-ragged = The file { $file } has too many rows with too few or too many cells; reading stopped at row { $row }. Check the separators and save it again.
error-intake-cell-long = The file { $file } has a cell of more than { NUMBER($limit) } characters. Check the quotation marks or shorten that cell.
fault-no-heading = No row was recognised as the heading; every row is taken as data and the columns have no names.
remedy-no-heading = Name the row of the heading by --header-row or in the app.
fault-cell-error = Row { $row }, column { $column }: the cell shows the spreadsheet error { $got } and has no value.
remedy-cell-error = Correct the formula or type the value into the cell, and save the file.
fault-uncalculated = The sheet "{ $sheet }" has { $count ->
    [one] one formula that was never calculated, so its cell is empty.
   *[other] { NUMBER($count) } formulas that were never calculated, so their cells are empty.
 }
remedy-uncalculated = Open the file in Excel, save it and import it again.
fault-row-short = Row { $row } has only { $got } cells where the table has { $expected } columns; the missing ones at its end are taken as empty.
remedy-row-short = Check whether the row has lost a separator.
fault-row-long = Row { $row } has { $got } cells where the table has only { $expected } columns; it was not accepted.
remedy-row-long = Remove the separator too many, or put the cell that contains one into quotation marks.
fault-undecodable = Row { $row }, column { $column }: "{ $got }" has characters that cannot be read in the encoding of the file.
fault-encoding-judged = The file does not state its encoding; its text was read as { $encoding }, for instance "{ $got }".
remedy-encoding = If the text is wrong, choose another encoding by --encoding or in the app, or save the file as UTF-8.
fault-legacy-text = Column { $column } is text of a legacy font ({ $encoding }): "{ $sample_before }" is probably "{ $sample_after }". It was not converted.
remedy-legacy-text = If the sample is right, confirm by --encoding { $encoding } or in the app.
stage-intake-copy = Copying the file to a private place
stage-intake-open = Recognising the file
stage-intake-read = Reading the table
stage-intake-send = Receiving the table
stage-intake-done = Done reading

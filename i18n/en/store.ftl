# The register of record: recording, history, backups.

error-store-conflict = { $count ->
    [one] { $by } recorded this
   *[other] { $by } recorded { $count } of these
} after you looked. Nothing of yours is recorded and nothing is lost: look at each field below and choose.
error-store-share = The record cannot lie in { $path }: it is a network share ({ $kind }), whose file locks do not hold. Put it on a local disk (GAP_PLANNER_STATE) or use PostgreSQL (GAP_PLANNER_STORE).
error-store-url = The address of the record "{ $got }" cannot be used. Expected postgresql+psycopg://… or sqlite:///file; leave GAP_PLANNER_STORE empty for this machine's own file.
error-store-full = The disk of { $path } is full; what was being recorded is not, all before it is safe. Free some room and record it again.
error-store-readonly = { $path } cannot be written to. Check the folder and your permission to write.
error-store-damaged = The record { $path } is damaged or no record at all. Restore a backup: gap-planner store restore.
error-store-busy = The record { $path } has been busy for more than 30 seconds; yours is not recorded. Try again in a few minutes.
error-store-disk = The disk of { $path } reported an error; it is not certain that this was kept. Check the disk and submit again: submitting twice records once.
error-store-unreachable = The record cannot be opened ({ $path }). Check the database server, the address and the permissions in GAP_PLANNER_STORE.
error-store-newer = The record belongs to a newer version of the program (schema { $got }; this program knows up to { $expected }). Update the program.
error-store-login = The login "{ $got }" cannot be used. Expected 1 to 200 characters.
error-store-submission = The key of the submission cannot be used or was used by somebody else. Reload the page and submit again.
error-store-nothing = There is nothing to record. Enter at least one change.
error-store-forbidden = { $role ->
    [viewer] A viewer
    [planner] A planner
    [steward] A data steward
   *[other] { $role }
} may not { $act ->
    [observe] record observations
    [report_work] report work
    [undo_own] undo
    [undo_any] undo what others recorded
    [save_plan] keep plans
    [set_target] set targets
    [edit_village] correct facts of villages
    [seed_register] take registers into the record
    [publish_result] record published results
   *[other] grant roles
}. Ask somebody who may, or ask an administrator for the role.
error-store-version = The version of { $subject } you looked at is not in the record. Reload the page.
error-store-state = The state "{ $got }" cannot be used. Choose one of: { $expected }.
error-store-future = { $day } has not come yet (today is { $today }). Give the day it was observed.
error-store-long = { $field } has { NUMBER($got) } characters, more than { NUMBER($most) }. Shorten it or attach a file.
error-store-fact = { $field } cannot be corrected here. These can: { $expected }. Others change by importing a new list.
error-store-value = "{ $got }" cannot be used for { $field }. See the data dictionary.
error-store-last-administrator = { $login } is the last administrator. Give somebody else the role first.
error-store-no-event = There is no entry { $seq } in the record. See the number in the history.
error-store-undone = Entry { $seq } is undone already.
error-store-not-undoable = Entry { $seq } is of a kind that cannot be undone (observations, work, facts of villages and targets can).
error-store-changed-since = The same was changed again after entry { $seq }. Undo the newest first.
error-store-backup = The backup { $path } cannot be written. Check the free room and your permission to write.
error-store-restore = { $path } cannot be restored: it cannot be read or is no backup of a record. The record is left as it is.
error-store-restore-breach = The backup { $path } has { $count ->
    [one] one place that does
   *[other] { NUMBER($count) } places that do
} not fit its chain of hashes and is not used. The record is left as it is.
error-store-server-backup = The record lies on a PostgreSQL server: back it up with the server's pg_dump (see how to run on a server).
error-store-attachment-size = The evidence has { NUMBER($got) } bytes, more than { NUMBER($most) }. Make the picture smaller.
error-store-attachment-kind = The evidence { $name } is neither a JPEG, PNG or WebP picture nor a PDF (judged by content, not by name).
error-target-name = A target needs an identifier of 1 to 64 characters.
error-target-count = { NUMBER($required) } of { NUMBER($cohort) } villages are required. Expected from 1 to the size of the cohort.
error-target-deadline = The deadline { $deadline } is not after the day of the cohort, { $cohort_on }.
error-target-milestone = The milestone of { $day } ({ NUMBER($count) }) cannot be: milestones rise, lie after the day of the cohort and not after the deadline, and do not exceed the required count.
error-sheet-columns = { $file } is no update sheet of this program: it lacks { $columns }. Download the sheet from the Updates page, fill it in and send it back.
error-sheet-register = The sheet in { $file } belongs to another register ({ $got }), not to the one in use ({ $expected }).
error-sheet-empty = { $file } has no change against what was downloaded. Nothing is recorded.
fault-sheet-value = Row { $row }, column { $column }: got "{ $got }", expected { $expected }.

cli-store-help = The register of record: verify, back up, restore, grant roles.
cli-store-verify-help = Recompute the chain of hashes and name the row that was tampered with, if any.
cli-store-backup-help = Write a consistent backup while others go on working.
cli-store-restore-help = Put a backup in place of the record; what stood there is kept beside it.
cli-store-grant-help = Give a person a role (viewer, planner, steward, administrator, none).
cli-store-people-help = List the people who were given roles.
cli-option-head = A hash (8 letters or more) as printed on a report: whether the record still holds it.
cli-option-backup-folder = Folder of the backups; by default: backups, beside the record.
cli-option-keep = How many of the newest backups stay; 0 keeps all.
cli-argument-backup = File of the backup.
cli-argument-login = Login.
cli-argument-role = Role.
cli-option-person-name = Name.
store-sound = The record is sound: { NUMBER($events) } { $events ->
    [one] entry
   *[other] entries
}, { NUMBER($rows) } rows, head { $head }.
store-empty = There is no record yet: nothing was recorded on this machine.
store-breach-row = A row was changed: table { $table }, entry { $event }, row { $row }.
store-breach-rows = Entry { $event } has lost or gained rows.
store-breach-event = Entry { $event } was changed.
store-breach-link = An entry is missing before entry { $event }.
store-breach-end = The last entries are missing: the chain ends at entry { $event }.
store-breach-orphan = There are rows of entry { $event }, but no such entry.
store-breach-version = The version kept of what entry { $event } is about was changed.
store-head-known = The record holds the hash { $head }.
store-head-unknown = The record does NOT hold the hash { $head }: it was replaced or cut after the report was printed.
store-old-sqlite = Note: SQLite { $version } is older than 3.51.3; in a very rare case it can lose a write when many write at once. Update Python or use PostgreSQL.
store-backed-up = Backed up: { $path }
store-restored = Restored { NUMBER($events) } entries from { $path }. The record before it is kept in { $kept }.
store-granted = { $login }: { $role }.
store-no-people = Nobody was given a role; on one's own machine whoever holds the file administers it.
store-role-none = no role

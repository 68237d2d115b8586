# The Updates page and the command record.

page-updates = Updates
updates-who = You record as { $role } ({ $name }).
updates-read-only = The role { $role } only reads; planners and those above record.
updates-illustrative = This is the illustrative province: whatever is recorded here is illustrative too.
updates-waiting = Waiting for you
updates-open = Villages open
updates-quiet = No word for more than { $days } days
updates-queue = What is to be done
updates-queue-note = Choose a village to record. Those that wait for you come first, then those longest without a word.
updates-queue-empty = No village has this gap on { $date }, and nothing waits for acceptance.
updates-choose = Choose a village in the list to record observations, work and evidence.
updates-tab-observation = Observation
updates-tab-work = Work
updates-tab-facts = Facts
updates-tab-history = History
updates-state = State
updates-observed-on = Observed on
updates-evidence = Kind of evidence
updates-source = Source, number of the document
updates-note = Note
updates-status = Status of the work
updates-accepted-serves = If accepted: record that the village has the service, too
updates-since = Since
updates-attachment = Photograph or scan (JPEG, PNG, WebP, PDF; 10 MB at most)
updates-save = Record
updates-saved = { $count ->
    [one] One entry is
   *[other] { NUMBER($count) } entries are
} recorded; the last is number { $seq }.
updates-saved-before = This submission was recorded before; it is not recorded twice.
updates-bulk = Many at once, with Excel
updates-bulk-note = Download the sheet, fill in the yellow columns, send it back. All faults are named at once; with a fault no row is recorded.
updates-bulk-download = Download the update sheet ({ $count ->
    [one] one village
   *[other] { NUMBER($count) } villages
})
updates-bulk-drop = Drop the filled-in sheet here
updates-bulk-found = Sheet { $file }: { $observed ->
    [one] one observation
   *[other] { NUMBER($observed) } observations
}, { $reports ->
    [one] one report on work
   *[other] { NUMBER($reports) } reports on work
}.
updates-bulk-apply = Record { $count ->
    [one] one entry
   *[other] { NUMBER($count) } entries
}
updates-conflict = Somebody recorded before you
updates-conflict-note = { $by } recorded { $village } at { $moment }, after you had looked. Yours is still here; nothing is lost.
updates-conflict-field = Field
updates-conflict-original = When you looked
updates-conflict-theirs = Theirs
updates-conflict-yours = Yours
updates-conflict-nothing = (nothing recorded)
updates-keep-theirs = Keep theirs
updates-keep-mine = Record mine over it
updates-conflict-choose = For { $village }
updates-conflict-resolve = Done, record as chosen
updates-conflict-drop = Drop mine
updates-conflict-dropped = Theirs is kept; nothing more was recorded.
updates-recent = Recorded lately
updates-recent-empty = Nothing is recorded yet. The first entry takes the register in use into the record.
updates-undo = Undo entry { $seq }
updates-undone = Entry { $seq } is undone by a new entry.
updates-undo-choose = Choose one of your entries to undo
updates-head = Head of the chain: { $head }
updates-attachment-open = Download the evidence { $name }
updates-facts-note = A correction is recorded as a new version; the original list stays as it is.
updates-fact-name = Name of the village
updates-fact-people = People
updates-fact-households = Households
updates-fact-grid = Grid power

next-survey = Survey
next-fund = Fund
next-build = Start building
next-report = Report progress
next-accept = Accept
next-observe = Record the service
next-resume = Consider resuming
next-power = Waits for the grid

record-seq = No.
record-when = When
record-by = By
record-name = Name
record-role = Role
record-what = What
record-subject = Subject
record-said = Content
record-undone = undone
record-kind-register-seeded = Register taken in
record-kind-observation-recorded = Observation
record-kind-observation-withdrawn = Observation undone
record-kind-work-reported = Work
record-kind-work-withdrawn = Work undone
record-kind-village-edited = Facts corrected
record-kind-village-restored = Facts restored
record-kind-target-set = Target set
record-kind-target-removed = Target given up
record-kind-target-restored = Target restored
record-kind-plan-kept = Plan kept
record-kind-plan-removed = Plan given up
record-kind-role-granted = Role granted
record-kind-role-withdrawn = Role withdrawn
record-kind-attachment-kept = Evidence kept
record-field-state = State
record-field-observed_on = Observed on
record-field-evidence = Evidence
record-field-source = Source
record-field-note = Note
record-field-attachment = File
record-field-status = Work
record-field-since = Since

sheet-village_id = Village id
sheet-village = Village
sheet-commune = Commune
sheet-district = District
sheet-state = State as recorded
sheet-observed_on = Observed
sheet-status = Work as recorded
sheet-since = Work since
sheet-new_state = NEW: state
sheet-new_observed_on = NEW: observed on
sheet-new_evidence = NEW: kind of evidence
sheet-new_status = NEW: work
sheet-new_since = NEW: work since
sheet-note = NEW: note
sheet-seen = Version seen (leave as it is)
sheet-title = Update sheet · { $province } · { $gap } · as of { $date }
sheet-name = Updates
sheet-lists = Lists
sheet-choose = Choose an entry of the list.
sheet-day = Enter a day, for example 30/06/2024.
expected-seen = the version as it was downloaded; download the sheet again
expected-evidence = a kind of evidence, chosen from the list
expected-state-or-status = a new state or new work
expected-one-of = one of: { $choices }
expected-past-day = a day that has come

cli-record-help = Record observations, work and targets; read the history; undo.
cli-record-observe-help = Record an observation of a village.
cli-record-work-help = Record how far the work in a village has come.
cli-record-history-help = Read what was recorded, the newest first.
cli-record-undo-help = Undo an entry by a new one; both stay in the record.
cli-record-queue-help = List what is to be done about a gap.
cli-record-sheet-help = Write an Excel sheet to be filled in and sent back with record apply.
cli-record-apply-help = Record a filled-in update sheet.
cli-argument-seq = Number of the entry in the history.
cli-argument-sheet = The filled-in update sheet (.xlsx).
cli-option-service = Service: mobile or fixed.
cli-option-state = State, as the service has it.
cli-option-on = Day of the observation (year-month-day).
cli-option-evidence = Kind of evidence.
cli-option-source = Source, number of the document.
cli-option-note = Note.
cli-option-attach = Photograph or scan as evidence.
cli-option-status = Status of the work.
cli-option-since = The day from which it holds.
cli-option-village = One village only.
cli-option-most = How many entries at most.
cli-option-sheet-out = The .xlsx file to write.
record-saved = { $count ->
    [one] One entry is
   *[other] { NUMBER($count) } entries are
} recorded, up to number { $seq }.
record-none = Nothing is recorded yet.

target-set = Set a new target
target-change = Record a published result, give a target up
target-area = Area
target-whole-province = The whole province
target-cohort-on = Cohort: villages without the service on
target-cohort-found = On { $date } { $count ->
    [one] one village belongs
   *[other] { NUMBER($count) } villages belong
} to this cohort.
target-required = Villages required
target-milestones-note = Milestones before the deadline (optional): a day and how many villages are due by then.
target-milestone-day = By
target-milestone-count = Villages
target-own-source = Set by the office itself
target-was-set = The target is recorded.
target-was-dropped = The target is given up; its history stays in the record.
target-result = Published result (villages)
target-result-save = Record the result
target-give-up = Give this target up
error-target-unusable = The target has { $count ->
    [one] one fault
   *[other] { NUMBER($count) } faults
} and is not recorded. Mend what is listed below.
cli-record-target-help = Set a target; --result records its published result, --drop gives it up.
cli-argument-target = Id of the target (a new one, or one there is).
cli-option-cohort-on = Day of the cohort: the villages without the service then.
cli-option-required = Villages required.
cli-option-deadline = Deadline (year-month-day).
cli-option-target-source = Source of the target.
cli-option-area = Area: district:CODE, unit:CODE or commune:CODE.
cli-option-milestone = Milestone day=count, may be repeated, for example 2024-09-30=14.
cli-option-result = Published result (villages).
cli-option-drop = Give the target up.
error-option-missing = The new target { $target } needs { $option }.
target-by-plan = By a plan that was kept
target-no-plan = (by no plan)

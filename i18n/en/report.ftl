# Report to the leadership: one page for the chairman, an annex behind it.

cli-report-help = Write the report to the leadership: one A4 page in the layout of an official document, with an annex by area. The suffix decides the form: .pdf, .docx or .xlsx. Example: gap-planner report --as-of 2024-06-30 --out report.pdf
cli-report-option-out = File to write: .pdf, .docx or .xlsx.
cli-report-option-gap = Priority list on the first page: fibre, mobile or no-signal; left out: that of the target with most still to do.
cli-report-option-plan = Folder of a plan written by gap-planner plan --out; its hash is printed at the foot.
cli-report-option-superior = Body above the issuing one; left out: the provincial People's Committee.
cli-report-option-issuer = Issuing body; left out: the Department of Science and Technology.
cli-report-option-signatory = Office of the person who signs; left out: Director.
cli-report-option-dated = Day of issue, such as 2024-07-05; left out: day and month are left to be filled in.
cli-report-written = Wrote { $file }

report-superior = { $province } People's Committee
report-issuer = Dept of Science and Technology
report-number = No. ……/BC-SKHCN
report-number-open = No. ……/BC-……
report-country = Socialist Republic of Viet Nam
report-motto = Independence - Freedom - Happiness
report-dated = { $province }, { $day }/{ $month }/{ $year }
report-undated = { $province }, …… / …… / ……
report-recipients = Recipients:
report-recipient-chairman = Chairman of the People's Committee (report);
report-recipient-deputies = Vice Chairmen of the People's Committee;
report-recipient-file = File: Office.
report-signatory = Director

report-kind = Report
report-subject = Progress in closing gaps of signal and fibre in { $province }, as of { $date }
report-file-stem = report
report-invented = positions, names and figures of single villages are invented; not for real decisions
report-targets = 1. Targets
report-no-targets = The data holds no target.
report-further-targets = { $count ->
    [one] One more target: see the Excel file.
   *[other] { $count } more targets: see the Excel file.
}
report-gauge-area = { $gap } – { $area }
report-gauge-planned = { $band }, against plan to date ({ $planned })
report-gauge-later = Set later, on the list of { $date }
report-gauge-deadline = Due { $date } · { $forecast }
report-gauge-forecast = expected { $expected } ({ $low }–{ $high })
report-gauge-no-forecast = no forecast yet
report-gauge-alt = { $title }: { $count } villages, { $percent }. { $band }.

report-figure-no_signal = Without phone signal
report-figure-mobile = Without mobile broadband
report-figure-fibre = Without fibre
report-figure-without-power = With a gap and without grid power
report-figure-unknown = Not known: mobile / fixed
report-figure-count = { $count }/{ $villages } ({ $share })
report-figure-villages = { $count }

report-legend-no_signal = No phone signal: { $count }
report-legend-no_mobile = Signal, no mobile broadband: { $count }
report-legend-no_fibre = No fibre: { $count }
report-legend-unknown = Mobile service not known: { $count }
report-map-north = N
report-map-alt = Map of the villages with a gap. { $legend }.
report-map-note-villages = Outlines are drawn around village positions; they are no administrative boundaries.
report-map-note-boundaries = Outlines from the boundary file in use.
report-map-unplaced = { $count ->
    [one] One village has no position and is not drawn.
   *[other] { $count } villages have no position and are not drawn.
}

report-priorities = 2. First { $count ->
    [one] priority
   *[other] { $count } priorities
}: { $gap } ({ $all ->
    [one] of one village
   *[other] of { $all } villages
}; weighting: { $weights })
report-priorities-all = Priorities: { $gap } ({ $count ->
    [one] one village
   *[other] { $count } villages
}; weighting: { $weights })
report-priorities-none = 2. Priorities: no village has this gap
report-sheet-priorities = Priorities
report-column-rank = Rank
report-column-village = Village
report-column-commune = Old commune
report-column-district = Old district
report-column-people = People
report-column-km = To service (km)
report-column-lane = Who can act
report-column-score = Score
report-column-id = Village id
report-column-grid = Grid power
report-column-mobile = Lacks mobile broadband
report-column-fibre = Lacks fibre

report-power = 3. Villages without grid power
report-power-none = No village with a gap is without grid power.
report-power-some = { $count ->
    [one] One village with a gap has no grid power: { $names }.
   *[other] { $count } villages with a gap have no grid power: { $names }.
}
report-power-more = { $count } villages with a gap have no grid power: { $names } and { $more ->
    [one] one other ({ $annex }).
   *[other] { $more } others ({ $annex }).
}
report-village = { $name } ({ $commune })

report-difficulties = 4. Difficulties
report-difficulty-far = villages without { $gap } lie { $middle } km from the nearest point of service (median), the farthest { $farthest } km
report-difficulty-special = { $count }/{ $all } of these are specially difficult villages
report-difficulty-suspended = { $count ->
    [one] work on one village of the targets is suspended
   *[other] work on { $count } villages of the targets is suspended
}
report-difficulty-unassigned = { $count ->
    [one] one village of the targets has not been assigned
   *[other] { $count } villages of the targets have not been assigned
}
report-difficulty-no-works = the register of record holds no progress of works yet
report-difficulty-recounted = { $count ->
    [one] one village counts as having fibre since { $since } by re-survey, not by construction
   *[other] { $count } villages count as having fibre since { $since } by re-survey, not by construction
}
report-difficulty-unknown = { $count ->
    [one] nothing is known of one village
   *[other] nothing is known of { $count } villages
}
report-difficulty-none = The figures show no difficulty.
report-thing-no_signal = phone signal
report-thing-mobile = mobile broadband
report-thing-fibre = fibre

report-conclusions = 5. Assessment, outlook and proposals
report-target-open = { $target }: as of { $date }, { $achieved }/{ $required } villages, { $share } of plan; expected by { $deadline }: { $expected }; still { $lacking ->
    [one] one village
   *[other] { $lacking } villages
}, { $powerless } of them without power; causes: { $causes }; proposals: { $asks }.
report-target-met = { $target }: as of { $date }, { $achieved }/{ $required } villages, { $share } of plan; the target due { $deadline } is met; still { $lacking ->
    [one] one village
   *[other] { $lacking } villages
}, { $powerless } of them without power; proposals: keep up quality and accept the works.
report-outlook = { $expected }/{ $required } villages (range { $low }–{ $high }; probability of meeting the target { $probability })
report-outlook-none = no forecast yet
report-cause-power_first = { $count } waiting for the grid
report-cause-fund = { $count } waiting for the Universal Service Fund
report-cause-operator = { $count } waiting for an operator to invest
report-cause-unknown = { $count } with power or difficulty not known
report-cause-none = no village is recorded as lacking
report-ask-power_first = power supply to hasten
report-ask-fund = ask the Fund for money
report-ask-operator = operators to complete
report-ask-unknown = check the data
report-ask-none = check the data
report-plan = Plan attached (hash { $hash }): { $villages } villages, { $km } km, { $cost } billion VND; { $proof }.
report-plan-proven = proven cheapest
report-plan-open = not proven cheapest
report-plan-broken = a check of its certificate does not hold
report-plan-other-data = made on other data than this report

report-annex = Annex
report-annex-district = Results by old district (before 1 July 2025)
report-annex-unit = Results by commune and ward (since 1 July 2025)
report-annex-commune = Results by old commune (before 1 July 2025)
report-annex-power = Villages with a gap and without grid power
report-annex-note = To the report as of { $date }. Unit: villages.
report-annex-note-gaps = To the report as of { $date }. Unit: villages. Only communes with a gap or with villages of a target.
report-annex-note-cut = { $note } The first { $shown } of { $all } rows; the Excel file has all.
report-sheet-district = Old districts
report-sheet-unit = New communes
report-sheet-commune = Old communes
report-sheet-power = Without power
report-sheet-targets = Targets
report-column-area-district = Old district
report-column-area-unit = Commune or ward
report-column-area-commune = Old commune
report-column-villages = Villages
report-column-no_signal = No signal
report-column-no_mobile = No mobile broadband
report-column-no_fibre = No fibre
report-column-without-power = No grid power
report-column-cohort = { $target }: listed
report-column-achieved = { $target }: served
report-column-target = Target
report-column-required = Required
report-column-achieved-all = Achieved
report-column-share = Share
report-column-planned = Plan to date
report-column-band = Band
report-column-lacking = Still lacking
report-column-deadline = Deadline
report-column-expected = Expected
report-column-probability = Probability
report-column-result = Published result
report-column-source = Source
report-total = Total

report-foot-data = Data as of { $date } (last observed { $observed }) · data hash { $hash }
report-foot-no-observation = never
report-foot-plan = Plan hash: { $hash }
report-foot-no-plan = Plan hash: no plan attached
report-foot-record = Head of the record: { $head }
report-foot-no-record = Head of the record: no record yet
report-page = Page

report-facts = Sources and method
report-fact-weights = Weighting
report-fact-record = Head of the record
report-fact-plan = Plan hash
report-no-record = no record yet
report-no-plan = no plan attached

report-download = Report to the leadership
report-download-about = One A4 page for the chairman with an annex by area, as of { $date }.
report-download-make = Make the report
report-download-making = Making the report: { $form }
report-download-done = The report is ready
report-download-word = Word

error-report-format = A report cannot be written as { $suffix }. Possible: { $expected }.
error-report-fonts = The fonts of reports are missing in { $folder }. Run make app once to install them.
error-report-plan = { $file } is not the certificate of a plan. Name the folder that gap-planner plan --out wrote.
error-report-plan-missing = There is no { $file }. Name the folder that gap-planner plan --out wrote.

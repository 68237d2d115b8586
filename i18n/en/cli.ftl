# Command line.

cli-help = Find, rank and track villages without phone signal, mobile broadband or fibre. Without a file named it works on the illustrative Lào Cai that comes with it. Start with: gap-planner assess
cli-assess-help = Count villages by gap, district and lane at a date.
cli-rank-help = Rank the villages that lack a service; print the list or write it to a file. For instance: gap-planner rank --gap fibre --top 28 --out priority.xlsx
cli-targets-help = Compare targets with what is achieved, published figures beside computed ones.
cli-show-help = Show everything known of one village. For instance: gap-planner show LC-02701-003
cli-app-help = Open the web app on this machine (http://localhost:8501).
cli-option-villages = File of villages (.geojson, .gpkg, .parquet); left out: the illustrative province.
cli-option-observations = File of dated observations (.csv); left out: the states in the file of villages.
cli-option-sites = File of existing network points (.geojson, .gpkg, .parquet).
cli-option-as-of = As-of date (year-month-day); left out: the last day observed.
cli-option-format = How to print: table, json or csv.
cli-option-lang = Language: vi or en.
cli-option-gap = Gap: fibre, mobile or no-signal.
cli-option-weights = Weights, for instance distance=.4,population=.3,minority=.3.
cli-option-preset = Preset: balanced, quick-wins, equity, most-isolated.
cli-option-direction = Near first (near) or far first (far).
cli-option-route-factor = Cable length over the straight line (1 to 10).
cli-option-top = Only this many villages from the top.
cli-option-out = Write to a file; its kind by the suffix .csv .xlsx .geojson .gpkg .kmz .parquet .zip (.zip is a Shapefile).
cli-option-port = Port of the app.
cli-option-address = Address to listen on; by default only this machine.
cli-argument-village = Id of the village.
cli-usage = The command was not understood: { $detail } Type gap-planner --help for guidance.
cli-gap = Gap
cli-people-lacking = People lacking
cli-subset-note = "No phone signal" is part of "no mobile broadband": never add the two.
cli-by-district = By district (before 1 July 2025), villages lacking
cli-by-lane = By lane, villages lacking
cli-villages = Villages
cli-targets-title = Targets as of { $date }
cli-target = Target
cli-achieved = Achieved
cli-cohort = Out of
cli-remaining = Remaining
cli-deadline = Deadline
cli-days-left = Days left
cli-band = Standing
cli-published-result = Published result
cli-published-title = Published figures beside those computed from the register
cli-published = Published
cli-computed = Computed
cli-date = Date
cli-source = Source
cli-rank-title = Priority list: { $gap }, as of { $date }
cli-interval = 90% rank interval
cli-written = { $count ->
    [one] One village
   *[other] { $count } villages
 } written to { $file }
cli-no-targets = This data has no targets.
card-history = Observations
card-evidence = Evidence
card-rank = { $gap }: rank { $rank }
card-rank-of = of { $of } villages
card-nearest = { $gap }: nearest is { $name }, { $km } km
cli-km = Km
cli-distance = Dist.
cli-population = Pop.
cli-minority = Min.
cli-total = Score
cli-option-separator = Separator of a .csv file: , or ; (Vietnamese Excel splits columns at ;).

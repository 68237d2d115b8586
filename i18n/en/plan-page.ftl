# Words of the plan page.

page-plan = Plan
money-billion = VND { $amount } billion
money-million = VND { $amount } million
money-vnd = VND { $amount }
money-usd = USD { $amount }

class-planned = Village in the plan
class-left_out = Village left out
class-planned_site = Site in the plan
mapview-class-planned = in the plan
mapview-class-left-out = left out
mapview-class-planned-site = site in the plan

planpage-target-label = Target
planpage-target = { $gap }: { $required } of { $cohort } villages
planpage-ask-label = Question
planpage-ask-connect = Connect a number
planpage-ask-budget = Within a budget
planpage-connect = Villages to connect (at most { $most })
planpage-budget = Budget (VND billion)
planpage-aim-label = Most of what for the money
planpage-aim-score = Priority score
planpage-aim-people = People
planpage-aim-villages = Villages
planpage-technology-label = Technology
planpage-technology-fibre = Fibre
planpage-technology-mix = Mix
planpage-technology-masts = 4G masts
planpage-technology-help = Mix: each village by fibre, a 4G site or satellite, whichever costs least over the life of the project.

planpage-none = None
planpage-conditions = Conditions
planpage-decided = Decided villages
planpage-decided-help = In every plan, however dear.
planpage-excluded = Villages left aside
planpage-excluded-help = In no plan; the reason goes into the files.
planpage-excluded-why = Why not { $name }
planpage-excluded-hint = for example: to be resettled
planpage-least-minority = Least share of ethnic minorities
planpage-least-minority-help = Among the people connected. 0% sets no condition; its price is shown on its own.
planpage-least-of-districts = Least villages by old district
planpage-least-of-districts-help = Choose districts, then enter the least number of villages of each.
planpage-least-of-district = At least in { $name }
planpage-reach = Reach of the cable (km, 0: no limit)
planpage-reach-help = Longest cable from a fibre point to a village. GPON usually reaches { $gpon } km.
planpage-power = Villages without grid power ({ $count })
planpage-power-later = Wait for power
planpage-power-allowed = Build, with solar power
planpage-power-help = Without grid power, equipment needs a source of its own.

planpage-costs = Unit costs and ground
planpage-cost-case = Case
planpage-cost-case-low = Low
planpage-cost-case-base = Base
planpage-cost-case-high = High
planpage-cost-case-help = The cheap end, the base or the dear end of every unit cost; your own values stay in all three.
planpage-cost-name = Unit cost
planpage-cost-own = Your value
planpage-cost-own-help = Enter a local quote in the unit of the line; empty: the value beside it is used.
planpage-cost-used = In use
planpage-cost-range = Low – high
planpage-cost-unit = Unit
planpage-cost-mark = How known
planpage-costs-note = No published Vietnamese price of a kilometre of cable or of a site was found. Lines marked as estimates are to be replaced by local quotes.
planpage-ground = Roads and heights
planpage-roads = File of roads
planpage-roads-note = With roads, cable follows them; without, neighbouring villages are joined and the route factor applied.
planpage-dem = File of heights (GeoTIFF)
planpage-dem-note = With heights, slopes cost more and the sight of masts is checked.
planpage-upload-kept = Drop { $file }

planpage-building = Building and time to solve
planpage-start = Start
planpage-deadline = Deadline
planpage-crews = Crews
planpage-km-per-crew = km per crew and quarter
planpage-building-note = Crews and their pace are assumed; less is built in the rains. The deadline decides the order, it keeps no village out of the plan.
planpage-time-limit = Longest time to solve (seconds)
planpage-gap-allowed = Accepted distance from the optimum (%)
planpage-gap-allowed-help = 0: search until it is proven that nothing is better.

planpage-run = Make the plan
planpage-cancel = Stop
planpage-phase-network = Building the network
planpage-phase-search = Searching and proving
planpage-phase-conflict = Finding the limits in conflict
planpage-phase-order = Ordering the works
planpage-best = Best
planpage-least = Bound
planpage-distance = Gap
planpage-elapsed = Time
planpage-cancelled = Stopped as you asked. Your choices are kept.
planpage-changed = The choices have changed. The plan below answers the question before.
planpage-empty-title = No plan yet
planpage-empty = Choose the question above and press **Make the plan**. The cheapest villages and cables are found, it is proven that nothing is cheaper, the works are put into quarters, and for every village you read why it is in or out.
planpage-dates = The start must be before the deadline.

planpage-figure-villages = Villages connected
planpage-figure-asked = { $count } asked for
planpage-figure-of-cohort = of those without
planpage-figure-people = People
planpage-figure-households = { NUMBER($count) } households
planpage-figure-minority = Ethnic minorities
planpage-figure-minority-note = of the people connected
planpage-figure-km = Cable to lay
planpage-figure-links = { $count ->
    [one] 1 link
   *[other] { $count } links
 }
planpage-figure-masts = Sites to build
planpage-figure-cost-low = Investment, low case
planpage-figure-cost-base = Investment
planpage-figure-cost-high = Investment, high case
planpage-figure-cost-lifetime = Cost over the project's life
planpage-figure-proof = Proof
planpage-proven = Proven optimal
planpage-not-proven = Not proven
planpage-proven-note = in { $seconds } s
planpage-gap = Within { $gap } of optimal
planpage-bound = not below { $bound }
planpage-seconds = { $seconds } s
planpage-km = { $km } km
planpage-villages = { $count ->
    [one] 1 village
   *[other] { $count } villages
 }
planpage-power-waiting = { $count ->
    [one] 1 village waits
   *[other] { $count } villages wait
 } for grid power and so cannot be in this plan.

planpage-ways = Beside other ways of planning
planpage-ways-budget = Other ways, for the same money
planpage-ways-broken = breaks a condition
planpage-way-plan = This plan
planpage-dearer = { $share } dearer
planpage-cheaper = { $share } cheaper
planpage-same-cost = same cost
planpage-fewer = { $count ->
    [0] as many villages
    [one] 1 village fewer
   *[other] { $count } villages fewer
 }
planpage-fewer-people = { $count ->
    [0] as many people
   *[other] { NUMBER($count) } people fewer
 }
planpage-people = { NUMBER($count) } people
planpage-points = { $amount } points
planpage-less = { $share } less

planpage-certificate = Independent check
planpage-certificate-note = The plan was checked by a program written apart, which shares nothing with the one that found it.
planpage-hash = Hash of the plan

planpage-price = Price of the conditions
planpage-price-line = { $condition }: { $price } more. Attained { $attained }; without the condition { $without }.
planpage-price-minority = At least { $asked } ethnic minorities
planpage-price-district = At least { $asked } villages of { $name }

planpage-tab-map = Map
planpage-tab-waves = By quarter
planpage-tab-villages = Village by village
planpage-tab-curve = Cost curve
planpage-tab-compare = Save and compare

planpage-legend-in = Village in the plan
planpage-legend-out = Village left out
planpage-legend-mast = 4G site in the plan
planpage-legend-fibre_point = Fibre point of today
planpage-legend-base_station = Base station of today
planpage-legend-wave = Links, { $wave }
planpage-legend-never = Links after the deadline
planpage-legend-microwave = Microwave links
planpage-mast = Site { $number }
planpage-note-enters = entering costs { $cost } more
planpage-by-fibre = fibre
planpage-by-mast = 4G site
planpage-by-satellite = satellite
planpage-by-microwave = microwave
planpage-serves = { $count ->
    [one] serves 1 village
   *[other] serves { $count } villages
 }
planpage-wave = Q{ $number } { $year }
planpage-wave-never = after the deadline

planpage-panel-title = Why?
planpage-panel-hint = Click a village on the map or in the table to read why it is in or out, and who would take its place.
planpage-edge-in = Easiest to replace (loss without it)
planpage-edge-out = Nearest to entering (extra cost with it)
planpage-instead-in = In its place if it is refused
planpage-instead-out = Leave the plan if it enters

planpage-in = In
planpage-out = Out
planpage-verdict-in = In the plan
planpage-verdict-out = Left out
planpage-column-in = Plan
planpage-column-own = Own connection
planpage-column-own-help = Its own cable and equipment, without shared trunks.
planpage-column-loss = Loss without it
planpage-column-loss-help = The best plan without the village costs this much more.
planpage-column-enters = Extra with it
planpage-column-enters-help = The best plan with the village costs this much more.
planpage-column-gain = Saved if it may be built
planpage-column-budget = Budget it needs
planpage-column-reason = Why
planpage-column-instead = Alternates
planpage-column-instead-help = Villages that come in if it is refused, or leave if it enters.
planpage-villages-note = Click a row to see the village on the map and read its reason in full.
planpage-between = { $low } to { $high }
planpage-worth-score = { $amount } points
planpage-worth-people = { NUMBER($count) } people
planpage-worth-villages = { $count ->
    [one] 1 village
   *[other] { $count } villages
 }

planpage-quarter = Quarter
planpage-links = Links
planpage-capacity = Capacity
planpage-waves-none = The plan has no cable, so there is no order of building.
planpage-waves-villages = Villages connected by the end of the quarter
planpage-waves-people = People connected by the end of the quarter
planpage-waves-plan = Best order
planpage-waves-rank = In order of rank
planpage-waves-start = Start
planpage-waves-note = A branch comes after its trunk, and no quarter exceeds the crews' capacity. The best order connects people soonest, counted as people times months.
planpage-waves-late = { $count ->
    [one] 1 village comes
   *[other] { $count } villages come
 } after the deadline of { $deadline } with these crews. { $pace } times their capacity would do it.
planpage-order-proven = This order is proven to be the best.
planpage-order-gap = This order is within { $gap } of the best.

planpage-axis-villages = Villages
planpage-axis-people = People
planpage-axis-cost = Least cost (VND billion)
planpage-axis-cost-short = Cost
planpage-axis-next = Price of each (VND million)
planpage-axis-next-short = Price of the next
planpage-curve-note = Each point is the cheapest plan for that many villages. Below it, the price of each one more.
planpage-curve-run = Trace the cost curve
planpage-curve-next = Connecting { $count } villages costs { $cost }; village { $next } adds **{ $price }**.
planpage-curve-last = Connecting all { $count } villages costs { $cost }.
planpage-curve-none = The cost curve is traced for fibre plans only.
planpage-curve-efficient = A good place to stop
planpage-curve-wait = Better value with a few more
planpage-curve-label = { $count } villages: { $cost }
planpage-curve-table = Figures of the cost curve
planpage-curve-budget = The budget plays no part here: the curve answers for every number of villages.

planpage-conflict = No plan keeps everything that is asked
planpage-conflict-one = This cannot be kept:
planpage-conflict-note = These cannot all be kept; ease one of them and there is a plan:
planpage-conflict-further = There is another conflict beside it:
planpage-conflict-shown = The plan below is the nearest; it does not keep
planpage-conflict-take = Use this value

planpage-save-name = Name of the scenario
planpage-save = Save the scenario
planpage-saved = "{ $name }" is saved.
planpage-saved-none = No scenario is saved yet. Save this plan, change the question, make and save another, and compare them side by side.
planpage-saved-one = There is one scenario so far. Two are needed to compare.
planpage-compare-a = Scenario A
planpage-compare-b = Scenario B
planpage-compare-villages = Villages that differ ({ $count })
planpage-compare-same = Both scenarios have the same villages.
planpage-compare-figure = Figure
planpage-compare-difference = B − A
planpage-compare-both = both
planpage-compare-only_a = only A
planpage-compare-only_b = only B
planpage-compare-neither = neither
planpage-compare-all = Show villages that agree too
planpage-compare-where = In
planpage-compare-cost = Cost difference

planpage-downloads = Download the plan
planpage-download-all = Everything (ZIP)
planpage-download-certificate = Certificate (JSON)
planpage-download-stem = plan
planpage-notes = Notes and assumptions
planpage-faults = Remarks on the data ({ $count })

planpage-take-best = Take the best so far
planpage-phase-waiting = Waiting for its turn
planpage-phase-starting = Starting
planpage-counted-reasons = Explaining villages: { $done } of { $total }
planpage-counted-curve = Villages: { $done } of { $total }
planpage-counted-draws = Cost draws: { $done } of { $total }
planpage-tab-firmness = Firmness
planpage-draws-note = The plan is made again with unit costs drawn between low and high, and cable costs that differ from place to place, to see which villages are firmly in.
planpage-draws-run = Work out firmness
planpage-draws-costs = Cost when unit costs differ
planpage-draws-villages = In how many draws each village is in the best plan
planpage-draws-solved = { $draws } draws, { $solved } of them solved anew.
planpage-draws-best = Best plan
planpage-draws-kept = Keeping this plan
planpage-draws-share = Share
planpage-draws-limits = 95% interval
planpage-draws-case-low = Low costs
planpage-draws-case-base = Base costs
planpage-draws-case-high = High costs
planpage-draws-case-p10 = 10% of draws are cheaper
planpage-draws-case-p50 = Median of the draws
planpage-draws-case-p90 = 90% of draws are cheaper
planpage-curve-price = Price of this one
planpage-curve-joins = Comes in
planpage-curve-leaves = Goes out
planpage-compare-other-data = The two scenarios were planned on different registers.
planpage-total-villages = Villages
planpage-total-people = People
planpage-total-households = Households
planpage-total-minority_share = Ethnic minorities
planpage-total-km = Cable
planpage-total-cost_vnd = Cost
planpage-total-gap = Distance from optimum
planpage-so-far = Total so far
planpage-conflict-lift = Take back one of the conditions:
planpage-lift-minority = Drop the share of ethnic minorities
planpage-lift-districts = Drop the villages by district
planpage-lift-decided = Drop the decided villages
planpage-lift-excluded = Allow villages left aside
planpage-lift-reach = Drop the limit of reach
certificate-mix = Technology of each village, links and total cost agree
certificate-set-cover = Every village counted is reached by a site

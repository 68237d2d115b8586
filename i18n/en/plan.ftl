# The roll-out plan: command line, reasons, notes, refusals.

cli-plan-help = Plan the cheapest roll-out, with proof: which villages, which routes, what money, which quarter. For instance: gap-planner plan --target fibre-2024 --connect 28 --out plan
cli-plan-option-target = Id of a target (see gap-planner targets); left out: every village that lacks the service.
cli-plan-option-connect = Villages to connect; left out: what the target still lacks, all without a target.
cli-plan-option-budget = Budget in VND: 12e9 or "12 tỷ"; the plan then brings the most within it.
cli-plan-option-aim = Most of what for a budget: score, people or villages.
cli-plan-option-technology = fibre, mix (cable, 4G site or satellite, cheapest over the life of the project) or masts (4G sites); left out: by the target.
cli-plan-option-roads = File of roads for cable to follow (.geojson .gpkg .parquet .zip .kml).
cli-plan-option-dem = File of heights (GeoTIFF): cable costs more on slopes, masts must see the village.
cli-plan-option-min-minority-share = Least share of ethnic minorities among the people connected, 0 to 1.
cli-plan-option-min-per-district = Least villages of a district: 082=3; may be repeated.
cli-plan-option-lock = Id of a village that must be in the plan; may be repeated.
cli-plan-option-exclude = Id of a village that must not be, with a reason if there is one: LC-02701-003="being moved"; may be repeated.
cli-plan-option-frontier = Print the whole cost curve and the price of the next village.
cli-plan-option-cost-case = Unit costs: low, base or high.
cli-plan-option-cost-file = Your own unit costs (TOML as data/costs.toml; only what differs).
cli-plan-option-reach-km = Longest cable from a fibre point to a village in km; 0: no limit.
cli-plan-option-power-first = Villages without grid power: later (they wait) or allowed (with solar power); left out: later for fibre, allowed otherwise.
cli-plan-option-crews = Number of building crews.
cli-plan-option-km-per-crew = Kilometres of plain ground a crew builds in a dry quarter.
cli-plan-option-start = First day of building; left out: the day after the as-of date.
cli-plan-option-deadline = Last day of building; left out: the target's deadline, or a year.
cli-plan-option-robustness = Ask again at so many drawn unit costs: which villages stay in.
cli-plan-option-time-limit = Longest search in seconds.
cli-plan-option-gap = Distance from the optimum that is good enough, 0 to 1.
cli-plan-option-seed = Seed of the drawn unit costs.
cli-plan-option-out = Folder to write the plan to (GeoJSON, GeoPackage, KMZ, Excel, OFDS, JSON certificate).

cli-plan-summary = { $villages ->
    [one] 1 village
   *[other] { $villages } villages
 } · { $people ->
    [one] 1 person
   *[other] { $people } people
 } · { $minority } ethnic minority · { $km } km · { $cost } · { $proof } · plan { $hash }
cli-plan-proven = proven best
cli-plan-gap = at most { $gap } from the best
cli-plan-unknown = not known
cli-plan-villages-title = Villages of the plan: { $gap }
cli-plan-waves-title = Order of building
cli-plan-costs-title = Unit costs used, with their sources
cli-plan-beside-title = Beside simpler ways
cli-plan-beside-ignores = { $way } (does not keep the side conditions)
cli-plan-curve-title = Cost by number of villages
cli-plan-draws-title = At other unit costs: { $draws } draws
cli-plan-draws-cost = Cost of the best plan: low { $low }, base { $base }, high { $high }; P10 { $p10 }, P50 { $p50 }, P90 { $p90 }.
cli-plan-next = Price of village number { $k }: { $price }.
cli-plan-wave = Quarter
cli-plan-technology = Technology
cli-plan-own-cost = Own cost
cli-plan-why = Reason
cli-plan-capacity = Capacity, km
cli-plan-cost = Cost
cli-plan-people = People
cli-plan-way = Way
cli-plan-price-next = Next village
cli-plan-proof = Proven
cli-plan-share = Share chosen
cli-plan-yes = yes
cli-plan-no = no
cli-plan-unit-cost = Unit cost
cli-plan-value = Value
cli-plan-mark = How it is known
cli-plan-never = too late
cli-plan-condition-share = Price of "at least { $asked } ethnic minority": { $price }; attained { $attained }, without it { $without }.
cli-plan-condition-district = Price of "at least { $asked } villages of { $name }": { $price }; attained { $attained }, without it { $without }.
cli-plan-written = Wrote { $files } to { $folder }
cli-plan-power-later = { $count } villages wait for grid power and were not considered.
cli-plan-conflict = No plan keeps every limit. These limits conflict:
cli-plan-conflict-further = There is another conflict:
cli-plan-conflict-nearest = The nearest that can be done: { $summary }
cli-plan-conflict-unwritten = Nothing was written, because that is not the plan asked for.
cli-plan-progress-network = building the network
cli-plan-progress-search = searching
cli-plan-progress-conflict = finding the limits in conflict
cli-plan-progress-reasons = finding each village's reason
cli-plan-progress-order = ordering
cli-plan-progress-curve = tracing the cost curve
cli-plan-progress-draws = drawing unit costs
cli-plan-worth-score = { $amount } points
cli-plan-worth-people = { $amount } people
cli-plan-worth-villages = { $amount } villages

baseline-plan = This plan
baseline-rank-order = In order of rank, each joined to what is built
baseline-own-cables = A cable of its own to each, the nearest first
baseline-prim-order = The village nearest to what is built, again and again
baseline-leaf-pruning = A network to all, its dearest branches cut
baseline-best-subtree = The best part of a network to all
baseline-each-alone = The cheapest way for each village alone

plan-reason-none = Not considered
plan-reason-unknown = There was no time to work out the reason
plan-reason-excluded = Excluded
plan-reason-excluded-why = Excluded: { $why }
plan-reason-no-position = The village has no position of its own, so no way to it can be measured
plan-reason-no-way = No way leads to it from a fibre point
plan-reason-power = Waits for grid power
plan-reason-reach = The shortest cable is { $km } km, beyond the reach of { $limit } km

plan-note-illustrative = Villages, cable network and people are illustrative data; nothing real can be decided by them.
plan-note-costs = Costs follow from the unit costs listed, each with its source and how well it is known; they are computed, not published figures.
plan-note-poles = Cable on new poles; building only, running costs left out.
plan-note-straight = Without a file of roads the length of cable is the straight line times the route factor.
plan-note-lifetime = Costs are those of the whole life, discounted: building, running and renewal; a budget is understood the same way.
plan-note-mix-reach = The reach of cable is looked at along each village's shortest way only, not along the network chosen.
plan-note-radius = Masts serve 3 km around them and link by microwave to the nearest station within 30 km; without a file of heights nobody has looked whether they see each other.
plan-note-sight = Masts serve villages within 3 km that they see over the file of heights; to be surveyed on the spot.
plan-note-order-cable = The order by quarter is that of cable; masts and satellite terminals are not in it.
plan-note-people = People or minority shares of some villages are not known; such a village counts none in aims and conditions.

conflict-power = { $count } villages wait for grid power; letting them in (with solar power) leaves more to choose from

error-plan-target = There is no target { $got }. The targets in the data: { $expected }.
error-plan-nobody = No village lacks this service on the as-of date, so there is nothing to plan.
error-plan-not-lacking = Village { $village_id } is not among those that lack this service on the as-of date. Check the id.
error-plan-nowhere = Village { $village_id } is decided but has no position of its own. Add its coordinates first.
error-plan-district = No village that lacks the service is in the district with code { $got }. Codes there are: { $expected }.
error-plan-fibre-only = Fibre gives no phone signal. For this target choose masts or mix.
error-plan-masts-only = A 4G mast is not fibre. For this target choose fibre, or mix if broadband of any kind will do.
error-plan-dates = The start { $start } is after the deadline { $deadline }.
error-plan-curve = The cost curve and drawn costs are for plans of fibre only.
error-plan-money = The sum "{ $got }" is not understood. Write 12e9, 12 tỷ or 850 triệu.
error-plan-pair = "{ $got }" of { $option } is not understood. Write { $expected }.
error-scenario-name = Give the scenario a name.
error-scenario-unknown = Scenario { $got } cannot be opened: it was removed, or written by another version of the software.

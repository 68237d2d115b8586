cli-replan-help = Plan again from today: what is built is free, funded villages stay; beside the plan from before.
cli-replan-argument-plan = Folder of a written plan (with certificate.json), or key or name of a scenario saved in the app.
error-replan-fibre-only = Only plans of cable can be planned again. Make a new plan of another technology with gap-planner plan.
error-replan-day = { $date } is before the day of the plan, { $first }. Choose a later one.
error-replan-changed = The register, the network or the unit costs are no longer those of the plan, so it cannot be compared route by route. Make a new plan with gap-planner plan.
error-replan-unknown = There is no plan { $got }. Expected a folder written by gap-planner plan --out, or the key or name of a saved scenario.
error-replan-files = The plan in { $got } uses files of roads, ground or unit costs; its certificate holds their names only, so it cannot be made again. Save the plan in the app and give its name.
replan-title = Planned again from { $date } (original plan of { $first })
replan-standing = { $built ->
    [one] One village has
   *[other] { $built } villages have
 } the service; funded or under way, and kept: { $decided }; suspended: { $suspended }.
replan-off-plan = { $count ->
    [one] One village has
   *[other] { $count } villages have
 } the service that the plan had left out; the cheapest way to it is taken to stand.
replan-stay = The original plan would still cost { $cost }.
replan-from-here = The new plan costs { $cost } from here.
replan-saving = Planning again saves { $cost } against staying with the original plan.
replan-dearer = The new plan costs { $cost } more, because it keeps funded villages that the original plan had left out.
replan-same = Staying with the original plan costs no more.
replan-regret = What is built took { $spent } (at the plan's unit costs). In hindsight the best plan from the start costs { $hindsight }: { $cost } less in all.
replan-proven = Proven: no plan from here is cheaper.
replan-not-proven = Not proven to be the cheapest.
replan-conflict = The limits cannot all be kept from here; what is shown answers the question nearest to it.
replan-changes = Villages that change
replan-change = Change
replan-only_a = leaves the plan
replan-only_b = enters the plan

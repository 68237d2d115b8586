cli-forecast-help = Forecast the targets: how likely, what to expect, and what would make them safe.
cli-forecast-option-target = Id of a target (see gap-planner targets); left out: all of them.
cli-forecast-option-assumptions = TOML file of your own assumptions (sample: data/forecast.toml); tables left out are taken from the shipped ones.
cli-forecast-title = Forecast of the targets as of { $date }
cli-forecast-planned = Planned to date
cli-forecast-expected = Expected
cli-forecast-met = Chance of meeting
forecast-title = Forecast and what to do
forecast-assumed = The forecast rests on the product's own assumptions of how long stages take, of rain, storms and crews (data/forecast.toml); none of them is a published figure.
forecast-plan = Planned by { $date }: { $planned } of { $required } villages; { $share } of the plan to date is achieved.
forecast-plan-none = Planned by { $date }: no village is due yet.
forecast-sentence-year = As of { $date }, { $achieved } of { $required } villages are connected, { $share } of plan; expected by the end of the year: { $middle } of { $required } (8 chances in 10: { $low } to { $high }).
forecast-sentence-deadline = As of { $date }, { $achieved } of { $required } villages are connected, { $share } of plan; expected by { $deadline }: { $middle } of { $required } (8 chances in 10: { $low } to { $high }).
forecast-met = Chance of meeting the target: { $met }.
forecast-chance-low = below 1%
forecast-chance-high = above 99%
forecast-no-work = No progress of work is recorded for any of these villages: the forecast takes all of them as not assigned yet.
forecast-at-risk = At risk since { $date }: from then on the chance has stayed below { $below }.
forecast-safe = The target counts as safe (a chance of { $safe } or more).
forecast-past-none = The deadline of { $deadline } has passed, so there is no forecast. Result: not published. By the register up to { $date }: { $achieved } of { $required } villages.
forecast-past-result = The deadline of { $deadline } has passed, so there is no forecast. Published result: { $result } of { $required } villages. By the register up to { $date }: { $achieved } of { $required }.
forecast-not-set = No forecast yet: the target was set on the list of { $date }, after the day shown.
forecast-remedies = Smallest change that makes it safe (a chance of { $safe } or more):
forecast-remedy-resume = Resume { $count } of { $available } suspended { $available ->
    [one] village
   *[other] villages
 }: chance { $met }.
forecast-remedy-raise = Bring { $count } of { $available } { $available ->
    [one] village
   *[other] villages
 } one stage further: chance { $met }.
forecast-remedy-bring_forward = Start building today in { $count } of the { $available } { $available ->
    [one] village
   *[other] villages
 } not being built: chance { $met }.
forecast-remedy-crews = Add { $count ->
    [one] one crew
   *[other] { $count } crews
 }: chance { $met }.
forecast-remedy-forward_with_crews = Start building today in { $count } of the { $available } { $available ->
    [one] village
   *[other] villages
 } not being built, and add { $crews ->
    [one] one crew
   *[other] { $crews } crews
 }: chance { $met }.
forecast-proven = Fewer would not do (all were checked).
forecast-at-least = It certainly takes { $least } at least.
forecast-short-resume = Even all { $available } suspended villages resumed are not enough: chance { $met }.
forecast-short-raise = Even all { $available } villages one stage further are not enough: chance { $met }.
forecast-short-bring_forward = Even building started today in all { $available } villages is not enough: chance { $met }.
forecast-short-crews = More crews alone are not enough: chance { $met }.
forecast-villages = The villages: { $villages }.
forecast-villages-more = The villages: { $villages } and { $more } more.
forecast-naive = For comparison: if the pace so far went on, the chance would be { $met }.
forecast-book-faults = The file of assumptions { $file } has { $count ->
    [one] one fault
   *[other] { $count } faults
 }; correct what is listed below and run again. Sample: data/forecast.toml.
forecast-fault-unknown = There is no assumption named { $got }.
forecast-fault-missing = The table [{ $column }] is missing.
forecast-fault-field = [{ $column }]: there is no field { $got }.
forecast-fault-number = [{ $column }]: low, base and high must be numbers; got { $got }.
forecast-fault-bounds = [{ $column }]: the value { $got } is out of all bounds (days from 0.5, shares 0 to 1, factors not negative).
forecast-fault-order = [{ $column }]: expected low ≤ base ≤ high; got { $got }.
forecast-fault-unit = [{ $column }]: unit must be { $expected }; got { $got }.
forecast-fault-basis = [{ $column }]: basis must be one of { $expected }; got { $got }.
published-agreement = Compared
published-definition = What the source counts
published-same = Same
published-differs = Differs
published-before_register = Before the register
published-other_measure = Another measure
published-not_published = Result not published
published-computed-definition = Villages of the register that are "{ $gap }" at the end of that day
published-both-definitions = { $date }, { $gap }: the source counts "{ $published }"; the register "{ $computed }" (observed on { $observed }).
forecast-villages-title = Village by village: work and chance
forecast-village = Village
forecast-work = Work
forecast-since = Since
forecast-chance = Chance
published-ours = What the register counts
series-column = Figure
series-axis = Villages without the service
series-published = Published
series-plan = Plan
series-waves = Quarters of the roll-out plan
series-verified = Verified in the register
series-forecast = Forecast (shaded: 8 chances in 10)
series-break = way of counting changed

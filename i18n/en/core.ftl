# Shared vocabulary: one word per idea.

illustrative = Illustrative data
illustrative-long = Illustrative data: the position, name and figures of each village are invented; only the totals that name a source are published figures.
yes = Yes
no = No
unknown = Not known
as-of = As of { $date }

gap-no_signal = No phone signal
gap-mobile = No mobile broadband
gap-fibre = No fibre
gap-short-no_signal = Phone signal
gap-short-mobile = Mobile broadband
gap-short-fibre = Fibre

status-lacking = Lacking
status-served = Served
status-unknown = Not known

state-mobile-no_signal = No signal at all
state-mobile-partial = Signal in parts of the village
state-mobile-2g_only = 2G only
state-mobile-broadband = Mobile broadband (3G/4G)
state-mobile-unknown = Not known
state-fixed-none = No fixed broadband
state-fixed-other = Fixed broadband other than fibre
state-fixed-fibre = Fibre
state-fixed-unknown = Not known

lane-fund = Universal-service fund
lane-operator = Operator's own money
lane-power_first = Power first
lane-unknown = Not determined
lane-fund-why = Grid power and specially difficult: propose to the universal-service fund.
lane-operator-why = Grid power, not specially difficult: the operators' own investment.
lane-power_first-why = No grid power: wait for the grid or use another source.
lane-unknown-why = Grid power or the specially-difficult class is not recorded.

band-met = Plan met
band-over_80 = Over 80% of plan
band-from_50_to_80 = 50–80% of plan
band-under_50 = Under 50% of plan
band-not_due = Not due yet

criterion-distance = Distance
criterion-population = Population
criterion-minority = Ethnic-minority access
direction-near = Near first
direction-far = Far first
preset-balanced = Balanced
preset-quick_wins = Quick wins
preset-equity = Equity
preset-most_isolated = Most isolated
preset-custom = Own choice

kind-thon = Thôn (village)
kind-ban = Bản (highland hamlet)
kind-to_dan_pho = Tổ dân phố (residential group)
grid_power-grid = Grid power
grid_power-planned = None yet, planned
grid_power-none = No grid power
grid_power-other = Other source
grid_power-unknown = Not known
position_basis-illustrative = Illustrative position
position_basis-surveyed = Surveyed
position_basis-commune_centre = Commune centre
evidence-survey = Survey
evidence-resurvey = Re-survey (counting rule changed)
evidence-operator_report = Operator's report
evidence-construction = Construction finished
evidence-acceptance = Acceptance record
evidence-measurement = Measurement (i-Speed)
evidence-register = Imported list
site-kind-fibre_point = Fibre point
site-kind-base_station = Base station
service-mobile = Mobile
service-fixed = Fixed

work-not_assigned = Not assigned
work-surveyed = Surveyed
work-funded = Funded
work-building = Under construction
work-on_air = On air / in service
work-accepted = Accepted
work-suspended = Suspended

role-viewer = Viewer (leadership)
role-planner = Planner
role-steward = Data steward
role-administrator = Administrator

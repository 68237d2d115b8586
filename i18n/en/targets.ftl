error-targets = The targets file { $file } has { $count ->
    [one] one fault
   *[other] { $count } faults
 }; no target was accepted. Correct what is listed below and open it again.
fault-target-id = A target has no id (target_id). Give each target an id of its own.
fault-target-twice = The id { $column } is given to two targets. Give each target an id of its own.
fault-target-cohort = Target { $column }: its cohort is empty (cohort_size = { $got }). Expected at least 1 village.
fault-target-required = Target { $column }: { $got } villages are required. Expected at least 1.
fault-target-more = Target { $column }: { $got } villages are required of a cohort of { $most }. Correct required or cohort_size.
fault-target-deadline = Target { $column }: the deadline { $got } is not after the day of the cohort, { $first }. Correct deadline or cohort_on.
fault-target-result = Target { $column }: the published result is { $got }. Expected 0 or more; leave the line out while none is published.
fault-target-area = Target { $column }: the register has no { $kind ->
    [area-district] district (before 1 July 2025)
    [area-unit] unit (since 1 July 2025)
   *[area-commune] commune
 } with the code { $got }. Check the code, or leave [target.area] out if the target is for the whole province.
fault-target-milestone-day = Target { $column }: the milestone of { $got } does not lie after { $first } and by { $last }. Correct due_on.
fault-target-milestone-count = Target { $column }: a milestone asks for { $got } villages. Expected at least 1.
fault-target-milestone-more = Target { $column }: a milestone asks for { $got } villages, more than the { $most } of the whole target. Correct count.
fault-target-milestone-last = Target { $column }: the milestone on the deadline asks for { $got } villages where the target asks for { $most }. Leave it out or correct count.
fault-target-milestone-order = Target { $column }: the milestone of { $got } stands after that of { $before }. Put milestones in order of day, one a day.
fault-target-milestone-rise = Target { $column }: the counts of milestones must rise, but { $got } stands after { $before }. Correct count.

# Questions to the roll-out planner that have no answer as put.

error-plan-arrays = The network could not be planned: { $what } does not fit the rest of the question.
error-plan-locked-forbidden = A village cannot be both decided and excluded.
error-plan-locked-unreachable = A decided village cannot be reached from any fibre point on this network.
error-plan-quota = { $quota } villages are asked for, but only { $most } can be connected on this network.
error-plan-none = No plan keeps every limit at once.
error-plan-time = No plan was found in the time given. Allow more time, or ask for a larger gap.

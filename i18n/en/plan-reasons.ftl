# Why a plan is as it is: its certificate, the reason of each village, limits in conflict.

error-plan-certificate = The plan failed its independent check ({ $checks }) and is not shown. Please tell whoever looks after the software.

certificate-edges = The links are on the network, each counted once
certificate-connected = Every link hangs together with a fibre point
certificate-acyclic = No closed ring
certificate-cost = The cost adds up
certificate-terminals = The villages connected are those the links reach
certificate-prize = The score adds up
certificate-quota = As many villages as asked for
certificate-budget = Within the budget
certificate-locked = Every decided village is in
certificate-forbidden = No excluded place is passed
certificate-condition = The side condition is kept
certificate-reach = Within the reach of the network
certificate-bound = The bound is on the right side of the value
certificate-gap = The gap is not stated too narrow

conflict-quota = Villages: { $asked } asked for, at most { $nearest } while the other limits stay
conflict-budget = Budget: { $asked } given, at least { $nearest } needed while the other limits stay
conflict-condition = Side condition: { $asked } asked for, at most { $nearest } while the other limits stay
conflict-minority_share = Share of ethnic minorities: { $asked }% asked for, at most { $nearest }% while the other limits stay
conflict-district = Villages of { $name }: { $asked } asked for, at most { $nearest } while the other limits stay
conflict-reach = Reach of the network: { $asked } km allowed, at least { $nearest } km needed while the other limits stay
conflict-locked = { $name } is decided; a plan is possible without that decision
conflict-forbidden = { $name } is excluded; a plan is possible if it is allowed again

reason-today = Has fibre already
reason-chosen = Chosen: without it the best plan is worse by { $difference }
reason-left-out = Left out: with it the best plan is worse by { $difference }
reason-decided = Decided: without it the best plan differs by { $difference }
reason-excluded = Excluded: with it the best plan differs by { $difference }
reason-indispensable = Indispensable: without it no plan keeps every limit
reason-impossible = Cannot be in while every limit is kept

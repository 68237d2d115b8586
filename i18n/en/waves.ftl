error-order-decided = The village of rank { $rank } is to be connected by the end of quarter { $quarter } of { $year }. With what else is decided by then, { $needed_km } km have to be built by that day, and the crews can build { $possible_km } km. Some of it may also have to wait for power. Decide on a later quarter for it, or give more crews.
error-order-waits = The village of rank { $rank } is to be connected by the end of quarter { $quarter } of { $year }, but may not be connected before a later quarter. Change one of the two dates.
error-order-broken = The order of building breaks its own rules ({ $rule ->
    [capacity] more is built in a quarter than the crews can build
    [amount] more is built than there is, or less than nothing
    [trunk] something is built before what it hangs on
    [done] something counts as finished that is not
    [wait] a village is connected before it may be
    [decided] a decision on a quarter is not kept
    [sums] a sum does not agree with its parts
   *[bound] the proof does not fit the order
 }). Do not use it. This is a fault of the program: please report it with your input.

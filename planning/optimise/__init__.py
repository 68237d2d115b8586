"""The roll-out: which villages to connect, along which routes, in which order, with proof."""

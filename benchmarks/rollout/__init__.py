"""The roll-out measured: generated instances, published ones, and other ways of planning beside."""

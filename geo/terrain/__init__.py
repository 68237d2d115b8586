"""The height of the ground and what follows from it: slope, line of sight, high points."""

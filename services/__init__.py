"""The sentences a planner says: assess, prioritise, track, export. Prints and draws nothing."""

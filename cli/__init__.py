"""The command line: ``gap-planner``, a door to every use case."""

"""How well forecasts keep what they state, on simulated histories."""

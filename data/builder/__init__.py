"""The builder of the shipped province: ``python -m data.build`` (= ``make data``).

It reads ``data/sources`` only and writes the same bytes every time. The steps, one module each::

    sources      read the source tables, join them: one row per village
    remoteness   how far from the commune centre and the district seat
    people       people and households that sum to the sourced district totals
    minority     minority shares and main groups that hold the sourced district shares
    areas        one measure of difficulty; area class, specially difficult, poor households
    gaps         who lacks what at which date; observations; grid power
    sites        fibre points and base stations that agree with the states
    province     the steps in order
    write        the files

``draws`` gives them randomness, ``apportion`` whole numbers with an exact sum. The targets and the
published figures are quoted, not built: ``data/targets.toml``, ``data/published_figures.csv``.
"""

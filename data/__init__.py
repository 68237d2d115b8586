"""The shipped province: illustrative villages and sites, sourced figures and their dictionary.

Every village, position, state and site here is **dữ liệu minh hoạ / illustrative data**; see
``README.md`` in this folder for what is sourced, derived and assumed.
"""

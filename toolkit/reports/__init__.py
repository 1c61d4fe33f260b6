"""Reports: a parameterised notebook, run behind walls and without secrets, becomes files that can be made again.

`make_report` runs one notebook (`kernels`) and turns it into files (`outputs`), with a manifest of all they were made
from (`basis`). What the packaged notebook `monthly` shows is computed by `monthly.MonthlyReport`; its cells are short,
so that an analyst can take a copy into the workspace's `notebooks/` folder and change it there.
"""

"""Reports: a parameterised notebook, run behind walls and without secrets, becomes files that can be made again.

`make_report` runs one notebook (`kernels`) and turns it into files (`outputs`), with a manifest of all they were made
from (`basis`). What the packaged notebook `monthly` shows is computed by `monthly.MonthlyReport`; its cells are short,
so that an analyst can take a copy into the workspace's `notebooks/` folder and change it there.
"""

from toolkit.reports.isolation import Limits
from toolkit.reports.kernels import open_runner
from toolkit.reports.making import Place, Report, made_already, make_report
from toolkit.reports.notebook import find_notebook, names
from toolkit.reports.orders import Order, read_months
from toolkit.reports.periods import last_month, read_month

__all__ = [
    "Limits",
    "Order",
    "Place",
    "Report",
    "find_notebook",
    "last_month",
    "made_already",
    "make_report",
    "names",
    "open_runner",
    "read_month",
    "read_months",
]

"""Reports: a parameterised notebook, run in a process of its own without secrets, becomes one accessible HTML file.

`make_report` runs a notebook (`runner`), turns it into a page (`page`) and writes down what it was made from
(`manifest`). What the packaged notebook `monthly` shows is computed by `monthly.MonthlyReport`; its cells are short,
so that an analyst can take a copy into the workspace's `notebooks/` folder and change it there.
"""

from toolkit.reports.making import Order, Report, make_report, report_folder
from toolkit.reports.notebook import find_notebook
from toolkit.reports.periods import last_month, read_month
from toolkit.reports.verifying import Verification, verify_report

__all__ = [
    "Order",
    "Report",
    "Verification",
    "find_notebook",
    "last_month",
    "make_report",
    "read_month",
    "report_folder",
    "verify_report",
]

"""The plan as a table for spreadsheet programs, and back: what nobody edited changes no byte of any file.

A row is a post. `columns` says what stands in a row and reads it from a post's file, `forms` gives every cell one form
whatever a spreadsheet program made of it. `marks` remembers in each row what it looked like when it was written, so that
`merging` can tell the table's edits from changes of the file since; `heads` and `bodies` turn edits into edits of bytes,
`fresh` makes files of new rows. `csvtext` and `workbook` write tables, `reading` reads them, `writing` puts files on disk.
"""

from toolkit.planning.tables.columns import Column, read_cells, table_columns
from toolkit.planning.tables.csvtext import write_csv
from toolkit.planning.tables.forms import Kind
from toolkit.planning.tables.merging import Changed, Difference, Merge, merge_table
from toolkit.planning.tables.reading import Row, Table, read_table
from toolkit.planning.tables.rows import Plan, make_plan
from toolkit.planning.tables.workbook import write_workbook
from toolkit.planning.tables.writing import write_merge

__all__ = [
    "Changed",
    "Column",
    "Difference",
    "Kind",
    "Merge",
    "Plan",
    "Row",
    "Table",
    "make_plan",
    "merge_table",
    "read_cells",
    "read_table",
    "table_columns",
    "write_csv",
    "write_merge",
    "write_workbook",
]

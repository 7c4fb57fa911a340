"""Pictures for pages and papers: shapes on a sheet, the builders that lay them out, and their form as SVG. Plain Python, no clock."""

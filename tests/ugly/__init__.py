"""Ugly workbooks made from a clean truth, by seed, and the judge of what the program makes of them.

`faults` spoils single cells, `shapes` arranges them in the ways that customers' sheets are arranged, `dressing` puts
titles, totals, notes and blanks around them, `writers` saves real files, `judge` reads them as a user would: preview,
then import. Every cell ends as right, flagged or silently wrong. More seeds than the tests take:

    PYTHONPATH=tests python -m ugly --seeds 0-199 [--formats xlsx,xls,gbk,utf8,html,xml,tab]
"""

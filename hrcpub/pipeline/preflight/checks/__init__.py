"""Checks: functions on a `CheckedPage` or a `CheckedFile` that yield `Problem`s.

For whoever writes one: `page.marks` is everything that a page's content paints, in its order, crop
marks and slug lines too. `page.placed` leaves out what lies outside the bleed, and what fills a
pattern, whose place is not known: take it for anything that is about places. All lengths are in
the page's own units: times `page.unit` they are points. So a text's size on paper is
`text.height * page.unit`.
"""

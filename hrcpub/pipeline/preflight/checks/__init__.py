"""Checks: functions on a `CheckedPage` or a `CheckedFile` that yield `Problem`s."""

"""Tests of the finished pieces, whichever room made them so."""

"""The studio: a page in the browser, on this computer alone, to write, look, compare and print."""

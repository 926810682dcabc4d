"""PDFs to the verdicts of programs that share no code with hrcpub; a missing one is an error."""

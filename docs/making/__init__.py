"""Markdown pages and hrcpub's own code to a site: commands run, pictures made, codes listed."""

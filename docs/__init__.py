"""The site's pages, and what makes them (`docs.making`); installed with nothing."""

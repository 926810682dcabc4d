"""One `Job` to one `Report`, many `Job`s by many workers, and files that are stored whole."""

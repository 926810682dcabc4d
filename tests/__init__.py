"""hrcpub's tests: a folder for each room, and `whole` for what the finished pieces are held to."""

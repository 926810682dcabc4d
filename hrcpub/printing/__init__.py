"""A finished file to paper: the queues of this computer, what each can do, and the jobs for them.

Nothing here builds a piece, and nothing asks a person: `cli` and the studio do that.
"""

"""What stops an installation: one exception, whose message says what is wrong and what to run or change."""


class Trouble(Exception):
    """The installation cannot go on, and nothing was changed that the message does not name."""

"""A statistic that cannot be worked out. Pure."""


class Undefined(ValueError):
    """A statistic that these ratings do not define; its text is a sentence for the reader."""

"""The same for those who do the work: a file of its own, so that two processes share the pages."""

import pytest

from .test_accessible import places, walk

__all__ = ["places"]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("who", ["trainer", "lead", "member", "nobody"])
def test_axe_finds_nothing(app, places, at_browser, who):
    walk(app, places, at_browser, who)

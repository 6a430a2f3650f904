"""The application with equality data switched on."""

from dataclasses import replace

import pytest

from recruit.app import create_app
from recruit.settings import load


@pytest.fixture(scope="session")
def app(pool):
    return create_app(replace(load(), equality=True), pool=False)

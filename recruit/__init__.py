"""Recruit: hiring, and every page."""

import os

# Piccolo finds the engine and the list of apps through this name.
os.environ.setdefault("PICCOLO_CONF", "recruit.piccolo_conf")

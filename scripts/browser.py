"""Make sure that the browser tests have a browser, or say in one sentence what to install."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Find Chromium; on Debian as root install it."""
    if any(shutil.which(name) for name in NAMES):
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Chromium for the browser tests (once)")
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if any(shutil.which(name) for name in NAMES):
            return
    sys.exit(
        "The browser tests need Chromium: install it (on Debian: apt-get install chromium) and run make test again."
    )


main()

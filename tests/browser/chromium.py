"""Find a browser, or install one."""

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_chromium() -> str:
    """Name a Chromium or Chrome: one that is there, else Playwright's own, else the system's."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    tries = [
        [[sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]],
        [["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]],
    ]
    for commands in tries:
        for command in commands:
            if shutil.which(command[0]):
                subprocess.run(command, check=False)
        found = own if Path(own).exists() else next(filter(None, map(shutil.which, NAMES)), None)
        if found:
            return found
    message = (
        "no Chromium or Chrome could be found or installed; install one and run the tests again"
    )
    raise RuntimeError(message)

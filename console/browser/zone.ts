const KEY = "zone";

const two = (value: number) => String(value).padStart(2, "0");

/** Returns a time in the viewer's zone, in the format that the pages use for UTC. */
const ownText = (at: Date) =>
  `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;

const utcText = (at: Date) => at.toISOString().slice(0, 16).replace("T", " ");

/** Shows every time on the page in the viewer's zone or in UTC. Returns a function that does so again. */
export const watchZone = (): (() => void) => {
  const button = document.querySelector<HTMLButtonElement>("#zone");
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isUtc = () => (localStorage.getItem(KEY) ?? "own") === "utc";
  const show = () => {
    const text = isUtc() ? utcText : ownText;
    for (const time of document.querySelectorAll("time")) time.textContent = text(new Date(time.dateTime));
    for (const tick of document.querySelectorAll<SVGTextElement>("text[data-at]")) {
      const whole = text(new Date(Number(tick.dataset.at) * 1000));
      tick.textContent = tick.textContent?.includes(":") ? whole.slice(11) : whole.slice(5, 10);
    }
    if (button) button.textContent = isUtc() ? "UTC" : own;
  };
  if (button) {
    button.hidden = false;
    button.title = "Show times in the other zone";
    button.addEventListener("click", () => {
      localStorage.setItem(KEY, isUtc() ? "own" : "utc");
      show();
    });
  }
  show();
  return show;
};

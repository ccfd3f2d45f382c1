/** Text that says how many rows a query found. */
const words = (found: { rows?: number; missing?: string[] }): string => {
  if (found.missing) return `needs ${found.missing.join(", ")}`;
  return found.rows === 0 ? "nothing" : `${found.rows?.toLocaleString("en")} found`;
};

const ask = async (item: HTMLElement): Promise<void> => {
  const output = item.querySelector("output");
  if (!output) return;
  try {
    const answer = await fetch(item.dataset.ask ?? "");
    const found = await answer.json();
    output.textContent = words(found);
    item.classList.add(found.rows > 0 ? "some" : "none");
  } catch {
    output.textContent = "not answered";
  }
};

/** Runs the security queries one after another, after the page itself has loaded. */
export const askFindings = async (): Promise<void> => {
  for (const item of document.querySelectorAll<HTMLElement>("[data-ask]")) await ask(item);
};

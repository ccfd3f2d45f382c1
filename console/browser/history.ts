const KEY = "sql";
/** Number of statements that the history keeps. */
const KEPT = 50;

const kept = (): string[] => JSON.parse(localStorage.getItem(KEY) ?? "[]");

/** Saves a statement in this browser's storage, the latest first. */
export const remember = (sql: string) => {
  const all = [sql, ...kept().filter((other) => other !== sql)].slice(0, KEPT);
  localStorage.setItem(KEY, JSON.stringify(all));
};

/** Lists the saved statements. Choosing one puts it into the editor. */
export const showHistory = (choose: (sql: string) => void) => {
  const place = document.getElementById("history");
  const all = kept();
  if (!place || all.length === 0) return;
  place.hidden = false;
  const items = all.map((sql) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sql;
    button.addEventListener("click", () => choose(sql));
    const item = document.createElement("li");
    item.append(button);
    return item;
  });
  place.querySelector("ol")?.replaceChildren(...items);
};

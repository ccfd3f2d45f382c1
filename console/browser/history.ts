const KEY = "sql";
/** Statements that are kept. */
const KEPT = 50;

const kept = (): string[] => JSON.parse(localStorage.getItem(KEY) ?? "[]");

/** Keeps a statement in this browser, the latest first. */
export const remember = (sql: string) => {
  const all = [sql, ...kept().filter((other) => other !== sql)].slice(0, KEPT);
  localStorage.setItem(KEY, JSON.stringify(all));
};

/** Lists the statements that are kept; one that is chosen goes into the editor. */
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

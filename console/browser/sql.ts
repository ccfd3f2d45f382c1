import { editorIn } from "./editor";
import { GridTable } from "./grid";
import { remember, showHistory } from "./history";

/** A line of the server's answer. */
interface Said {
  columns?: string[];
  types?: string[];
  rows?: (string | number | boolean | null)[][];
  end?: { rows: number; isCut: boolean; ms: number };
  error?: string;
  line?: number;
  column?: number;
}

const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

const form = element<HTMLFormElement>("ask");
const state = element<HTMLOutputElement>("state");
const stopButton = element<HTMLButtonElement>("stop");
const place = element<HTMLDivElement>("answer");
const text = element<HTMLTextAreaElement>("sql");

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Said> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line);
  }
}

const failed = (message: string) => {
  const shown = document.createElement("p");
  shown.className = "failed";
  shown.setAttribute("role", "alert");
  shown.textContent = message;
  place.replaceChildren(shown);
};

const editor = editorIn(text, JSON.parse(form.dataset.schema ?? "{}"), () => form.requestSubmit());

/** Shows the server's answer line by line as it arrives. */
const show = (said: Said, grid: GridTable | undefined): GridTable | undefined => {
  if (said.columns) {
    const made = new GridTable(said.columns, said.types ?? []);
    place.replaceChildren(made.element);
    return made;
  }
  if (said.rows) grid?.add(said.rows);
  if (said.end) {
    const { rows, isCut, ms } = said.end;
    state.textContent = `${rows.toLocaleString("en")} rows${isCut ? ", and more: CSV, JSON and Parquet have all" : ""}, ${ms.toLocaleString("en")} ms`;
  }
  if (said.error) {
    state.textContent = "";
    failed(said.error);
    editor.mark(said.error, said.line, said.column);
  }
  return grid;
};

/** Milliseconds between two requests to stop a query that the server does not have yet. */
const AGAIN_MS = 200;

/** Stops a query, as soon as the server has it. */
const cancel = async (id: string): Promise<void> => {
  const answer = await fetch("/sql/stop", { method: "POST", body: new URLSearchParams({ id }) });
  const { stopped } = await answer.json();
  if (!stopped && !stopButton.hidden) setTimeout(() => void cancel(id), AGAIN_MS);
};

const run = async () => {
  const id = crypto.randomUUID();
  const sql = editor.text();
  const body = new URLSearchParams({ sql, id });
  state.textContent = "running …";
  stopButton.hidden = false;
  stopButton.onclick = () => void cancel(id);
  editor.mark();
  remember(sql);
  try {
    const answer = await fetch("/sql/run", { method: "POST", body });
    if (!answer.ok || !answer.body) return failed(await answer.text());
    let grid: GridTable | undefined;
    for await (const said of linesOf(answer.body)) grid = show(said, grid);
  } catch (error) {
    failed(String(error));
  } finally {
    stopButton.hidden = true;
    showHistory(editor.replace);
  }
};

form.addEventListener("submit", (event) => {
  text.value = editor.text();
  const { submitter } = event;
  if (submitter instanceof HTMLButtonElement && submitter.formAction.includes("/sql/")) return;
  event.preventDefault();
  const address = new URL(location.href);
  address.searchParams.set("q", text.value);
  history.replaceState(null, "", address);
  void run();
});
showHistory(editor.replace);

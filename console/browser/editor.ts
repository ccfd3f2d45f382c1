import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { StandardSQL, sql } from "@codemirror/lang-sql";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** Colours come from the style sheet, by class, so that they follow the system's light or dark. */
const LOOKS = HighlightStyle.define([
  { tag: tags.keyword, class: "sql-keyword" },
  { tag: [tags.string, tags.special(tags.string)], class: "sql-string" },
  { tag: tags.number, class: "sql-number" },
  { tag: tags.comment, class: "sql-comment" },
]);

/** The editor that replaces a text field. */
export interface Editor {
  text(): string;
  replace(sql: string): void;
  /** Marks an error at a line and column. Removes the mark if there is no message. */
  mark(message?: string, line?: number, column?: number): void;
}

const nonce = () => document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";

/** Replaces a text field with an editor for SQL. Ctrl-Enter calls `run`. */
export const editorIn = (
  field: HTMLTextAreaElement,
  schema: Record<string, string[]>,
  run: () => void,
): Editor => {
  const runs = () => {
    run();
    return true;
  };
  const view = new EditorView({
    state: EditorState.create({
      doc: field.value,
      extensions: [
        keymap.of([{ key: "Mod-Enter", run: runs }, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        autocompletion(),
        sql({ dialect: StandardSQL, schema, upperCaseKeywords: true }),
        syntaxHighlighting(LOOKS),
        EditorView.lineWrapping,
        EditorView.cspNonce.of(nonce()),
        EditorView.contentAttributes.of({ "aria-label": "SQL" }),
      ],
    }),
  });
  field.hidden = true;
  field.before(view.dom);
  const mark = (message?: string, line?: number, column = 0) => {
    const diagnostics: Diagnostic[] = [];
    if (message !== undefined && line !== undefined && line <= view.state.doc.lines) {
      const { from, to } = view.state.doc.line(line);
      const at = Math.min(from + Math.max(column, 0), to);
      diagnostics.push({ from: at, to: Math.max(at, to), severity: "error", message });
    }
    view.dispatch(setDiagnostics(view.state, diagnostics));
  };
  return {
    text: () => view.state.doc.toString(),
    replace: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    mark,
  };
};

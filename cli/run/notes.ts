import type { Progress } from "../output/progress";

/** Maximum inputs that are named for the same note. */
const MOST = 3;

/** Prints notes on inputs. For a note on many inputs it names the first few, and counts the others. */
export class Notes {
  private readonly counts = new Map<string, number>();

  constructor(private readonly progress: Progress) {}

  say(name: string, text: string): void {
    const count = (this.counts.get(text) ?? 0) + 1;
    this.counts.set(text, count);
    if (count <= MOST) this.progress.say(`${name}: ${text}`);
  }

  /** Prints how many further inputs each note applies to. */
  end(): void {
    for (const [text, count] of this.counts)
      if (count > MOST) this.progress.say(`${(count - MOST).toLocaleString("en")} more inputs: ${text}`);
  }
}

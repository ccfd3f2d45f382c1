import type { Progress } from "../output/progress";

/** The most inputs that are named for the same note. */
const MOST = 3;

/** Notes on inputs, for people. A note that is true of many inputs names the first few, and then counts. */
export class Notes {
  private readonly counts = new Map<string, number>();

  constructor(private readonly progress: Progress) {}

  say(name: string, text: string): void {
    const count = (this.counts.get(text) ?? 0) + 1;
    this.counts.set(text, count);
    if (count <= MOST) this.progress.say(`${name}: ${text}`);
  }

  /** Says how many inputs more each note is true of. */
  end(): void {
    for (const [text, count] of this.counts)
      if (count > MOST) this.progress.say(`${(count - MOST).toLocaleString("en")} more inputs: ${text}`);
  }
}

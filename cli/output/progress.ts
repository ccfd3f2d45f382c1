/** Progress of a command on standard error: one line, rewritten on a terminal, printed now and then elsewhere. */
export class Progress {
  private readonly stream = process.stderr;
  private readonly began = Date.now();
  /** A terminal shows the first text at once. A file or pipe gets none from a short command. */
  private shown = process.stderr.isTTY ? 0 : Date.now();

  /** The current state of the work. */
  show(text: string): void {
    const interval = this.stream.isTTY ? 100 : 2000;
    if (Date.now() - this.shown < interval) return;
    this.shown = Date.now();
    this.stream.write(this.stream.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
  }

  /** Shows the state of the work. If the share done is known, it also shows that and the time left at this pace. */
  part(share: number | undefined, text: string): void {
    const fraction = Math.min(share ?? 0, 1);
    const left = ((Date.now() - this.began) * (1 - fraction)) / fraction / 1000;
    const percent = `${Math.floor(fraction * 100)} %`;
    this.show(fraction > 0 ? `${percent}, ${text}, ${Math.ceil(left)} s left` : text);
  }

  /** Prints a line that is not rewritten. */
  say(text: string): void {
    this.clear();
    this.stream.write(`${text}\n`);
  }

  clear(): void {
    if (this.stream.isTTY) this.stream.write("\r\u001b[K");
  }
}

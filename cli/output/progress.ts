/** Progress of a command on standard error: one line, rewritten on a terminal, printed now and then elsewhere. */
export class Progress {
  private readonly stream = process.stderr;
  private shown = Date.now();

  /** How far it is. */
  show(text: string): void {
    const interval = this.stream.isTTY ? 100 : 2000;
    if (Date.now() - this.shown < interval) return;
    this.shown = Date.now();
    this.stream.write(this.stream.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
  }

  /** Something that stays. */
  say(text: string): void {
    this.clear();
    this.stream.write(`${text}\n`);
  }

  clear(): void {
    if (this.stream.isTTY) this.stream.write("\r\u001b[K");
  }
}

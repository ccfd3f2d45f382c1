/** Progress of a command on standard error: one line, rewritten on a terminal, printed now and then elsewhere. */
export class Progress {
  private readonly stream = process.stderr;
  private readonly began = Date.now();
  /** A terminal shows the first text at once; elsewhere a command that ends soon shows none. */
  private shown = process.stderr.isTTY ? 0 : Date.now();

  /** How far it is. */
  show(text: string): void {
    const interval = this.stream.isTTY ? 100 : 2000;
    if (Date.now() - this.shown < interval) return;
    this.shown = Date.now();
    this.stream.write(this.stream.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
  }

  /** Shows how far it is, with the share that is done and the time left at this pace, where the share is known. */
  part(share: number | undefined, text: string): void {
    const fraction = Math.min(share ?? 0, 1);
    const left = ((Date.now() - this.began) * (1 - fraction)) / fraction / 1000;
    const percent = `${Math.floor(fraction * 100)} %`;
    this.show(fraction > 0 ? `${percent}, ${text}, ${Math.ceil(left)} s left` : text);
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

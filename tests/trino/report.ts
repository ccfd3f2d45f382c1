/** Tested claims, and the ones that do not hold. */
export class Report {
  private claims = 0;
  private failures = 0;

  /**
   * Tests a claim, and prints it with the result. A claim that does not hold does not stop the others.
   */
  async claim(title: string, prove: () => Promise<string | undefined>): Promise<void> {
    this.claims++;
    const began = performance.now();
    try {
      const said = await prove();
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(`ok ${seconds.padStart(6)} s  ${title}${said ? `: ${said}` : ""}`);
    } catch (error) {
      this.failures++;
      const message = error instanceof Error ? error.message : String(error);
      console.log(`FAILED      ${title}\n  ${message.trim().replaceAll("\n", "\n  ")}`);
    }
  }

  get failed(): boolean {
    return this.failures > 0;
  }

  get summary(): string {
    return `${this.claims - this.failures} of ${this.claims} claims hold`;
  }
}

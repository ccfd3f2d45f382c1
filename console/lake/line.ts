/** A line in which work waits for its turn: DuckDB answers one question of a connection at a time. */
export class Line {
  private last: Promise<unknown> = Promise.resolve();

  /** Does the work once all that came before is done, however that ended. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work);
    this.last = turn.catch(() => {});
    return turn;
  }
}

/** A capture or a file of labels cannot be read. The message has the place, the value and a valid one. */
export class CaptureError extends Error {}

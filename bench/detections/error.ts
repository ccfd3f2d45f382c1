/** A capture or a file of labels that cannot be read, said for people: where, what, and what would work. */
export class CaptureError extends Error {}

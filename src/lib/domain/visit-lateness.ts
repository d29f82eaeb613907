/** When a visit that has not begun counts as late. By itself, because Today asks for it and for nothing else of watching. */

/** A mountain road is a reason for a quarter of an hour; after that somebody should look. */
export const LATE_AFTER_MS = 15 * 60_000;

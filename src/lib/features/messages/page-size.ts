/** Messages that a thread shows at first, and adds with each look back. */
export const PAGE_SIZE = 40;

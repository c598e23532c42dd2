/** Bytes of an object of which the whole is fetched: no catalog asks for a larger one, and no more is read. */
export const mostContentBytes = 16 * 1024 * 1024;

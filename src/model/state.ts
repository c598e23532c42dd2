/** What the state folder keeps of carried checks, beside documents that have shapes of their own. */
import * as z from './shape.ts';

/** A key that somebody said to trust, and since when: ISO 8601. */
export const trustedKey = z.object({ key: z.string(), fingerprint: z.string(), at: z.string() });
export type TrustedKey = z.Of<typeof trustedKey>;

/** Names of the inside by what stands for them in a request. */
export const insideNames = z.dictionary(z.string());

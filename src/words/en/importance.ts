import type { OfCatalog } from '../contract.ts';

/** English is what the catalog says. */
export const importance: OfCatalog = {};

import type { OfCatalog } from '../contract.ts';

/** English titles stand in the catalog itself. */
export const features: OfCatalog = {};

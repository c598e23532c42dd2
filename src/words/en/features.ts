import type { FeatureTitles } from '../screen-words.ts';

/** English titles stand in the catalog itself. */
export const features: FeatureTitles = {};

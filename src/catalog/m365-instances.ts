import type { Cloud } from '../model/catalog.ts';

/**
 * The Microsoft 365 endpoint web service (`https://endpoints.office.com/endpoints/<instance>`): a list of
 * endpoint sets. Format: "Office 365 IP Address and URL web service", Microsoft 365 documentation, 2025-01-08.
 */
export const m365Instances: readonly { readonly name: string; readonly path: string; readonly cloud: Cloud }[] = [
  { name: 'worldwide', path: 'Worldwide', cloud: 'public' },
  { name: 'usgovgcchigh', path: 'USGovGCCHigh', cloud: 'usgov' },
  { name: 'usgovdod', path: 'USGovDoD', cloud: 'usgov' },
  { name: 'china', path: 'China', cloud: 'china' },
];

/** English words of the overview of the catalog. */
export const list = {
  columns: {
    feature: 'Feature',
    id: 'Id',
    critical: 'Critical',
    other: 'Other',
    needs: 'Needs --set',
    date: 'Document of',
  },
  /** What to type for the endpoints of a feature. */
  more: 'wayclear list FEATURE: its endpoints and the documents that ask for them',
};

import type { Report } from '../model/report.ts';
import type { Labels, Words } from '../words/contract.ts';
import type { View } from './view.ts';

/** What the parts of the table share. */
export interface Paper {
  readonly report: Report;
  readonly view: View;
  readonly words: Words;
  readonly labels: Labels;
}

import type { Report } from '../model/report.ts';
import type { Labels, Words } from '../words/contract.ts';
import type { Answer } from './answer.ts';
import type { View } from './view.ts';

/** What the parts of the screen share. */
export interface Paper {
  readonly report: Report;
  readonly answer: Answer;
  readonly view: View;
  readonly words: Words;
  readonly labels: Labels;
}

import type { Report } from '../../model/report.ts';
import type { Labels, Words } from '../../words/contract.ts';
import type { Answer } from '../answer.ts';
import type { Markup } from './markup.ts';

/** What the parts of the page share. */
export interface Sheet {
  readonly report: Report;
  readonly answer: Answer;
  readonly words: Words;
  readonly labels: Labels;
  /** The request that a cause, by its number, calls for. */
  readonly request: (cause: number) => Markup;
}

import { type AnsweredFeature, type StageCount, stageNames } from '../answer.ts';
import { html, type Markup, nothing } from './markup.ts';
import type { Sheet } from './sheet.ts';

export const causeLinks = (numbers: readonly number[]): readonly Markup[] =>
  numbers.map((number) => html`<a class="num" href="#cause-${number}">${number}</a> `);

function cell({ passed, reached }: StageCount, { words: { page } }: Sheet): Markup {
  if (reached === 0)
    return html`<td class="none"><span aria-hidden="true">–</span><span class="sr">${page.notReached}</span></td>`;
  const state = passed === reached ? 'good' : passed === 0 ? 'bad' : 'some';
  const sign = passed === reached ? `✓ ${passed}` : `✗ ${passed}/${reached}`;
  return html`<td class="${state}"><span aria-hidden="true">${sign}</span><span class="sr">${page.passed(passed, reached)}</span></td>`;
}

function row(feature: AnsweredFeature, sheet: Sheet): Markup {
  const { counts, stages, title, causes } = feature;
  const { labels } = sheet;
  const tested = counts.reachable + counts.degraded + counts.unreachable;
  const untested =
    counts.untested === 0 ? nothing : html` <span class="dim">+ ${counts.untested} ${labels.verdicts.untested}</span>`;
  return html`<tr><th scope="row">${title}</th><td>${counts.reachable}/${tested}${untested}</td>${stageNames.map((name) => cell(stages[name], sheet))}<td>${causeLinks(causes)}</td></tr>
`;
}

/** Features and stages: of those that got to a stage, how many passed it. */
export function featureMatrix(sheet: Sheet): Markup {
  const { answer, labels, words } = sheet;
  if (answer.features.length === 0) return nothing;
  const heads = [
    words.page.feature,
    labels.verdicts.reachable,
    ...stageNames.map((name) => labels.stages[name]),
    labels.text.cause,
  ];
  return html`<section aria-labelledby="features"><h2 id="features">${words.page.matrix}</h2>
<div class="scroll" tabindex="0" role="group" aria-labelledby="features"><table class="matrix"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>
${answer.features.map((feature) => row(feature, sheet))}</tbody></table></div>
</section>`;
}

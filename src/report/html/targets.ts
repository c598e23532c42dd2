import type { StageName } from '../../model/observations.ts';
import type { ReportStage, ReportTarget } from '../../model/report.ts';
import { hostOf, stageNames } from '../answer.ts';
import { causeLinks } from './features.ts';
import { html, type Markup, nothing } from './markup.ts';
import type { Sheet } from './sheet.ts';

const verdicts = ['unreachable', 'degraded', 'untested', 'reachable'] as const;

/** From so many rows on those out of sight are not laid out. */
const many = 500;

interface Bar {
  readonly name: StageName;
  readonly stage: Extract<ReportStage, { readonly at: number }>;
}

const barsOf = ({ stages }: ReportTarget): readonly Bar[] =>
  stageNames.flatMap((name) => {
    const stage = stages[name];
    return stage.status === 'skipped' ? [] : [{ name, stage }];
  });

/** From the start of the first stage to the end of the last, in milliseconds. */
function spanOf(bars: readonly Bar[]): readonly [number, number] {
  const from = Math.min(...bars.map(({ stage }) => stage.at));
  return [from, Math.max(...bars.map(({ stage }) => stage.at + stage.ms)) - from];
}

/**
 * Stages in proportion; the text below says the same. The whole is as long as it took beside the slowest endpoint, by its
 * logarithm: a timeout of seconds would leave nothing to be seen of milliseconds.
 */
function waterfall(bars: readonly Bar[], slowestMs: number): Markup {
  const [from, took] = spanOf(bars);
  const whole = 1000 * Math.max(0.05, Math.log1p(took) / Math.log1p(slowestMs));
  const scale = whole / Math.max(took, 0.1);
  const drawn = bars.map(({ name, stage }) => {
    const width = Math.max(4, Math.round(stage.ms * scale));
    const x = Math.min(Math.round(whole) - width, Math.round((stage.at - from) * scale));
    return html`<rect class="${stage.status === 'failed' ? 'fail' : name}" x="${x}" width="${width}" height="8"/>`;
  });
  return html`<svg viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">${drawn}</svg>`;
}

function stepText({ name, stage }: Bar, { labels }: Sheet): Markup {
  const time = `${labels.stages[name]} ${labels.duration(stage.ms)}`;
  return stage.status === 'failed' ? html`<b>✗ ${time} ${stage.failure}</b>` : html`<span>${time}</span>`;
}

/** What differs from address to address, where there is more than one. */
function addresses({ attempts }: ReportTarget): Markup {
  const tried = attempts.filter(({ address }) => address !== null);
  if (tried.length < 2) return nothing;
  const shown = tried.map((attempt) => {
    const failed = (['tcp', 'tunnel', 'tls', 'http'] as const).flatMap((name) => {
      const stage = attempt[name];
      return stage.status === 'failed' ? [stage.failure] : [];
    });
    return html`<li>${failed.length === 0 ? '✓' : '✗'} <code>${attempt.address ?? ''}</code> ${failed[0] ?? ''}</li>`;
  });
  return html`<ul class="addresses">${shown}</ul>`;
}

function row(target: ReportTarget, feature: number, title: string, slowestMs: number, sheet: Sheet): Markup {
  const { labels, answer } = sheet;
  const { verdict, untested, importance, route, port, durationMs } = target;
  const bars = barsOf(target);
  const causes = answer.causesOf.get(target.id) ?? [];
  const broken = verdict === 'unreachable' || verdict === 'degraded';
  const steady = target.findings.find(({ steadiness }) => steadiness !== undefined)?.steadiness;
  const time = bars.length === 0 ? nothing : html` · ${labels.duration(durationMs)}`;
  return html`<li class="${verdict}" data-f="${feature}" data-d="${durationMs}"><p><b class="v">${labels.verdicts[verdict]}</b> <code>${hostOf(target)}<span>:${port}</span></code> ${causeLinks(causes)}</p>
<p class="dim">${title} · ${labels.importances[importance]}${route === 'direct' ? nothing : html` · ${route}`}${time}${steady === undefined ? nothing : html` · ${steady.failed}/${steady.tried}`}</p>
${bars.length === 0 ? nothing : html`${waterfall(bars, slowestMs)}<p class="steps">${bars.map((bar) => stepText(bar, sheet))}</p>`}${untested === null ? nothing : html`<p>${untested.detail}${labels.punctuation.stop}${untested.hint}</p>`}${broken ? addresses(target) : nothing}</li>
`;
}

function controls({ answer, labels, words: { page } }: Sheet, count: number): Markup {
  const options = (rows: readonly (readonly [string, string])[]): readonly Markup[] =>
    rows.map(([value, title]) => html`<option value="${value}">${title}</option>`);
  return html`<div id="find" class="controls" role="search" hidden>
<label>${page.search} <input id="q" type="search" autocomplete="off"></label>
<label>${labels.text.verdict} <select id="v"><option value="">${page.all}</option>${options(verdicts.map((name) => [name, labels.verdicts[name]] as const))}</select></label>
<label>${page.feature} <select id="f"><option value="">${page.all}</option>${options(answer.features.map(({ title }, index) => [String(index), title] as const))}</select></label>
<label>${page.sort} <select id="s">${options([
    ['v', page.sorts.verdict],
    ['h', page.sorts.host],
    ['d', page.sorts.slowest],
  ])}</select></label>
<p role="status">${page.shown}${labels.punctuation.colon}<span id="c">${count}/${count}</span></p>
</div>`;
}

/** Every endpoint with its stages, what is wrong first; what searches and sorts them stays away where no script runs. */
export function targetList(sheet: Sheet): Markup {
  const { report, answer, words, labels } = sheet;
  const features = new Map(answer.features.map(({ feature, title }, index) => [feature, { title, index }]));
  const sorted = verdicts.flatMap((verdict) => report.targets.filter((target) => target.verdict === verdict));
  const slowestMs = sorted.reduce((most, target) => {
    const bars = barsOf(target);
    return bars.length === 0 ? most : Math.max(most, spanOf(bars)[1]);
  }, 1);
  const rows = sorted.map((target) => {
    const { title, index } = features.get(target.feature) ?? { title: target.feature, index: -1 };
    return row(target, index, title, slowestMs, sheet);
  });
  const legend = stageNames.map(
    (name) =>
      html`<li><svg viewBox="0 0 8 8" aria-hidden="true"><rect class="${name}" width="8" height="8"/></svg> ${labels.stages[name]}</li>`,
  );
  return html`<section aria-labelledby="targets"><h2 id="targets" tabindex="-1">${words.page.endpoints}</h2>
<p class="dim">${words.page.steps}</p><ul class="legend">${legend}</ul>
${controls(sheet, rows.length)}
<ol id="list" class="${rows.length > many ? 'targets many' : 'targets'}">
${rows}</ol>
</section>`;
}

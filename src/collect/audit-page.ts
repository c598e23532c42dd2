/** Who was let in and shut out, as a page. No script. Pure. */
import { html } from '../report/html/markup.ts';
import { languageChoices, pageOf } from '../serve/shell.ts';
import type { AuditEntry } from '../store/collected.ts';
import { minuteOf } from '../watch/event-text.ts';
import { type PageLanguage, table } from './page.ts';

/** The newest; the interface has them all. */
export const mostEntries = 500;

export function auditPage(entries: readonly AuditEntry[], { words, serve, collect }: PageLanguage): string {
  const { time, what, machine, fingerprint, actor } = collect.columns;
  const rows = entries.map(
    (entry) =>
      html`<tr><td>${minuteOf(entry.at)}</td><th scope="row">${collect.audits[entry.what]}</th><td>${entry.detail}</td><td><code>${entry.fingerprint}</code></td><td>${entry.actor}</td></tr>
`,
  );
  const body =
    rows.length === 0
      ? html`<p>${collect.nobody}</p>`
      : table('audit', 'lines', [time, what, machine, fingerprint, actor], rows);
  return pageOf({
    ...{ lang: words.lang, title: collect.headings.audit, style: 'style.css' },
    body: html`<header><p><a href="./?lang=${words.lang}">${collect.title}</a></p><h1 id="audit">${collect.headings.audit}</h1>
${languageChoices(words, serve.languages)}</header>
<main>${body}</main>`,
  });
}

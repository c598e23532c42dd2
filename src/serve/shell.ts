/** What every page has: its frame, and the choice of a language. Pure. */
import { html, Markup } from '../report/html/markup.ts';
import type { Words } from '../words/contract.ts';
import { type Language, languages } from '../words/language.ts';

const names: Readonly<Record<Language, string>> = { en: 'English', fr: 'Français', ja: '日本語', nl: 'Nederlands' };

/** `kept`: what else the address says, as in `q=berlin`. */
export function languageChoices(words: Words, label: string, kept = ''): Markup {
  const choices = languages.map(
    (lang) =>
      html`<li><a href="?lang=${lang}${kept === '' ? '' : `&${kept}`}" lang="${lang}" hreflang="${lang}"${new Markup(lang === words.lang ? ' aria-current="true"' : '')}>${names[lang]}</a></li>`,
  );
  return html`<nav aria-label="${label}"><ul>${choices}</ul></nav>`;
}

export interface PageFrame {
  readonly lang: Language;
  readonly title: string;
  /** The address of the style sheet. */
  readonly style: string;
  readonly body: Markup;
}

export const pageOf = ({ lang, title, style, body }: PageFrame): string =>
  html`<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${title} – wayclear</title><link rel="stylesheet" href="${style}"></head>
<body>${body}</body></html>
`.text;

import { entryOf } from '../../entry.ts';
import type { Report } from '../../model/report.ts';
import type { AnchorHit, CertificateFacts, ChainFacts, StoreName } from '../../model/trust.ts';
import { html, type Markup, nothing } from './markup.ts';
import type { Sheet } from './sheet.ts';

/** Chains that are drawn, the most used first, and hosts that each names. */
const most = { chains: 60, hosts: 12 };

const storeNames: readonly StoreName[] = ['public', 'machine', 'extra', 'catalog'];

interface Drawn {
  readonly chain: ChainFacts;
  readonly hosts: Set<string>;
}

/** Chains that differ in the leaf alone are drawn once. */
function groupsOf({ observations: { chains, certificates, probes } }: Report): readonly Drawn[] {
  const groups = new Map<string, Drawn>();
  const keys = new Map<string, string>();
  for (const [id, chain] of Object.entries(chains)) {
    const [leaf = '', ...above] = chain.certificates;
    const anchors = chain.anchors.map(({ sha256, stores }) => [sha256, stores]);
    const alone = above.length === 0 ? [entryOf(certificates, leaf)?.issuer ?? leaf] : above;
    const key = JSON.stringify([alone, anchors, chain.badSignature]);
    keys.set(id, key);
    if (!groups.has(key)) groups.set(key, { chain, hosts: new Set() });
  }
  for (const { host, attempts } of probes) {
    for (const { tls } of attempts) {
      if (tls.status === 'passed') groups.get(keys.get(tls.value.chain) ?? '')?.hosts.add(host);
    }
  }
  return [...groups.values()].sort((a, b) => b.hosts.size - a.hosts.size);
}

const nameOf = (facts: CertificateFacts | undefined, print: string): string =>
  facts?.commonName ?? facts?.subject ?? print.slice(0, 16);

function box(kind: string, name: string, until: string, { labels }: Sheet, below: Markup | string = ''): Markup {
  const { colon } = labels.punctuation;
  const dated =
    until === '' ? nothing : html`<span class="dim">${labels.text.validUntil}${colon}${until.slice(0, 10)}</span>`;
  return html`<li class="${kind}"><b>${name}</b>${dated}${below}</li>`;
}

function rootBox(anchor: AnchorHit | undefined, last: CertificateFacts | undefined, sheet: Sheet): Markup {
  const { words, labels } = sheet;
  if (anchor === undefined) {
    const issuer = last?.selfSigned === false ? (last.issuerCommonName ?? last.issuer) : '';
    return box('root bad', `✗ ${issuer}`, '', sheet, html`<span>${labels.unanchored}</span>`);
  }
  const known = new Set(sheet.report.environment.trustStores.map(({ name }) => name as string));
  const stores = storeNames
    .filter((name) => anchor.stores.includes(name) || (known.has(name) && name !== 'extra' && name !== 'catalog'))
    .map(
      (name) =>
        html`<span class="${anchor.stores.includes(name) ? 'yes' : 'no'}">${anchor.stores.includes(name) ? '✓' : '✗'} ${words.page.stores[name]}</span>`,
    );
  const kind = anchor.distrusted
    ? 'root bad'
    : anchor.stores.includes('public') || anchor.stores.includes('catalog')
      ? 'root'
      : 'root own';
  const name = /(?:^|, )CN=([^,]+)/.exec(anchor.subject)?.[1] ?? anchor.subject;
  return box(kind, name, anchor.notAfter, sheet, html`<span class="dim">${words.page.trustedBy}</span>${stores}`);
}

function draw({ chain, hosts }: Drawn, sheet: Sheet): Markup {
  const { certificates } = sheet.report.observations;
  const { labels, words } = sheet;
  const [anchor] = chain.anchors;
  const isAnchor = (print: string): boolean => print === anchor?.sha256;
  const sent = chain.certificates.filter((print) => !isAnchor(print));
  const missing = (anchor?.path ?? []).filter((print) => !sent.includes(print) && !isAnchor(print));
  const boxes = sent.map((print, index) => {
    const facts = entryOf(certificates, print);
    return box(index === 0 ? 'leaf' : 'mid', nameOf(facts, print), facts?.notAfter ?? '', sheet);
  });
  const fetched = missing.map((print) =>
    box(
      'mid own',
      nameOf(entryOf(certificates, print), print),
      entryOf(certificates, print)?.notAfter ?? '',
      sheet,
      html`<span>${words.page.notSent}</span>`,
    ),
  );
  const names = [...hosts];
  const more = names.length > most.hosts ? html` ${labels.more(names.length - most.hosts)}` : nothing;
  return html`<li class="chain"><ol>${boxes}${fetched}${rootBox(anchor, entryOf(certificates, sent.at(-1) ?? ''), sheet)}</ol>
<p class="dim">${words.page.usedBy} (${names.length})${labels.punctuation.colon}${names.slice(0, most.hosts).join(', ')}${more}</p></li>
`;
}

/** The captured chains from leaf to root, and who here trusts the root. */
export function chainDrawings(sheet: Sheet): Markup {
  const groups = groupsOf(sheet.report).filter(({ hosts }) => hosts.size > 0);
  if (groups.length === 0) return nothing;
  const { labels, words } = sheet;
  const left = groups.length - most.chains;
  return html`<section aria-labelledby="chains"><h2 id="chains">${labels.text.chains}</h2>
<p class="dim">${words.page.chainsIntro}</p>
<ul class="chains">${groups.slice(0, most.chains).map((group) => draw(group, sheet))}</ul>${left > 0 ? html`<p>${labels.more(left)}</p>` : nothing}
</section>`;
}

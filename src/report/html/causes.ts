import { causes } from '../../model/causes.ts';
import type { AnsweredCause } from '../answer.ts';
import { html, type Markup, nothing } from './markup.ts';
import type { Sheet } from './sheet.ts';

/** Hosts that a card names one by one; the list of endpoints has them all. */
const mostHosts = 200;
/** Up to so many stand there without a click. */
const openHosts = 24;

const list = (items: readonly string[]): Markup => html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;

function hostsOf({ groups, hosts }: AnsweredCause, { labels }: Sheet): Markup {
  const left = Math.max(0, hosts.length - mostHosts);
  let room = mostHosts;
  const open = hosts.length <= openHosts ? html` open` : nothing;
  const shown = groups.flatMap(({ domain, hosts: members }) => {
    const some = members.slice(0, room);
    room -= some.length;
    if (some.length === 0) return [];
    const names = some.map((host) => html`<li><code>${host}</code></li>`);
    if (domain === null) return names;
    return [
      html`<li><details${open}><summary><code>${domain}</code> <span class="n">${members.length}</span></summary><ul>${names}</ul></details></li>`,
    ];
  });
  return html`<ul class="hosts">${shown}${left === 0 ? nothing : html`<li>${labels.more(left)}</li>`}</ul>`;
}

function card(cause: AnsweredCause, sheet: Sheet): Markup {
  const { number, root, deciding, hosts } = cause;
  const { words, labels, request } = sheet;
  const { text } = labels;
  const others = root.alternatives.map((id) => words.causes[id].title);
  return html`<article class="card ${root.severity}" id="cause-${number}" aria-labelledby="cause-${number}-title">
<h3 id="cause-${number}-title"><span class="num">${number}</span> ${root.title}</h3>
<p class="tags"><span class="tag ${root.severity}">${labels.severities[root.severity]}</span> <code>${root.cause}</code> <span>${labels.confident(root.confidence)}</span></p>
<div class="two"><div>
<h4>${text.evidence}</h4>${list(deciding)}
<h4>${text.affected} <span class="n">${hosts.length}</span></h4>${hostsOf(cause, sheet)}
</div><div>
<h4>${text.remedies} <span class="who">${words.request.owners[causes[root.cause].owner]}</span></h4>${list(root.remedies)}
${others.length === 0 ? nothing : html`<h4>${text.alternatives}</h4>${list(others)}`}
</div></div>
${request(number)}
</article>`;
}

/** A card for each root cause: what shows it, whom it hits, who has to do what, and the request to file. */
export function causeCards(sheet: Sheet): Markup {
  const { answer, labels } = sheet;
  if (answer.causes.length === 0) return nothing;
  return html`<section aria-labelledby="causes"><h2 id="causes">${labels.text.rootCauses}</h2>
${answer.causes.map((cause) => card(cause, sheet))}
</section>`;
}

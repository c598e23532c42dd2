import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CauseId } from '../../src/model/causes.ts';
import type { FactCode } from '../../src/model/facts.ts';
import type { UntestedReason } from '../../src/model/plan.ts';
import { refusal } from '../../src/usage-error.ts';
import {
  type DoctorWords,
  type Labels,
  type ProxyLabels,
  untestedWords,
  type Words,
} from '../../src/words/contract.ts';
import { type Language, languages } from '../../src/words/language.ts';
import { labelsOf, wordsOf } from '../../src/words/load.ts';
import { tellRefusal } from '../../src/words/refusals.ts';

const en = wordsOf('en');
const others = languages.filter((lang) => lang !== 'en');
const causeIds = Object.keys(en.causes) as CauseId[];
const factCodes = Object.keys(en.facts) as FactCode[];

const reasons: { readonly [C in UntestedReason['code']]: Extract<UntestedReason, { readonly code: C }> } = {
  parameter: { code: 'parameter', parameters: ['tenant', 'region'] },
  'no-witness': { code: 'no-witness' },
  udp: { code: 'udp', protocol: 'quic' },
  offline: { code: 'offline' },
  inside: { code: 'inside' },
  family: { code: 'family' },
  deadline: { code: 'deadline' },
  interrupted: { code: 'interrupted' },
  resources: { code: 'resources' },
};

/** Arguments that are counts or measures, unless a code says otherwise. */
const numeric = new Set(
  'addresses alert bypass bytes bytesRead certificates code domains failed hosts legs ms names port position quickest reply seconds sent status targets tried tunnels usedBy working'.split(
    ' ',
  ),
);
const textual: Partial<Readonly<Record<FactCode, readonly string[]>>> = {
  'certificate.names': ['names'],
  'dns.hosts-differs': ['addresses'],
  'proxy.mistake': ['code'],
};
/** Arguments that choose words. */
const chosen: Readonly<Record<string, readonly string[]>> = {
  experiment: Object.keys(en.experiments),
  result: ['answers', 'refuses', 'same'],
  echo: ['altered', 'other', 'same'],
};

/** Where an empty argument was put into a sentence that does without it. */
const hole = / {2}|\( *\)|«\s*»|「」|[:\s]$|^[:\s(]/;
const englishHole = new RegExp(`${hole.source}|^,| [,;:.)]|[,(] [,(]`);

/** `marked`: strings and numbers that can be found again; `one`: all numbers 1; a name: that argument alone is empty. */
type Kind = 'marked' | 'one' | { readonly empty: string };

/** The sentence of a fact for arguments that are markers; the markers that it asked for, and the names of those arguments. */
function say(
  words: Words,
  code: FactCode,
  kind: Kind,
  choice = 0,
): { readonly text: string; readonly asked: readonly string[]; readonly names: readonly string[] } {
  const asked: string[] = [];
  const names: string[] = [];
  const value = (key: string): string | number => {
    const options = chosen[key];
    if (options !== undefined) return options[choice % options.length] ?? '';
    if (numeric.has(key) && textual[code]?.includes(key) !== true) {
      return kind === 'one' ? 1 : 4001 + [...numeric].indexOf(key);
    }
    return typeof kind === 'object' && kind.empty === key ? '' : `‹${key}›`;
  };
  const args = new Proxy(
    {},
    {
      get(_, key) {
        const made = value(String(key));
        names.push(String(key));
        if (chosen[String(key)] === undefined) asked.push(String(made));
        return made;
      },
    },
  );
  const make = words.facts[code] as (args: object) => string;
  return { text: make(args), asked, names };
}

const choices = (code: FactCode): readonly number[] =>
  code === 'experiment' ? Object.keys(en.experiments).map((_, index) => index) : [0, 1, 2];

describe.each(languages)('a text of a fact that is called as what every object inherits, in %s', (lang) => {
  const { facts, refusals } = wordsOf(lang);

  it.each(factCodes)('stays as it is: %s', (code) => {
    const value = (key: string): string | number =>
      chosen[key]?.[0] ?? (numeric.has(key) && textual[code]?.includes(key) !== true ? 1 : 'constructor');
    const make = facts[code] as (args: object) => string;
    expect(make(new Proxy({}, { get: (_, key) => value(String(key)) }))).not.toContain('native code');
  });

  it('stays as it is in the reason of a refusal', () => {
    expect(tellRefusal(refusals, refusal('reason.system', { code: 'constructor' })).message).toBe('constructor');
  });
});

describe.each(others)('the words in %s', (lang) => {
  const words = wordsOf(lang);

  it('lie in files of the same names as the English ones', () => {
    const filesOf = (folder: string): readonly string[] =>
      readdirSync(join(import.meta.dirname, '..', '..', 'src', 'words', folder)).sort();
    expect(filesOf(lang).filter((file) => file !== 'spacing.ts')).toEqual(filesOf('en'));
  });

  it('are of that language', () => expect(words.lang).toBe(lang));

  it.each(causeIds)('tell of %s what English tells, with as many remedies', (id) => {
    const { title, meaning, evidence, remedies } = words.causes[id];
    expect(remedies).toHaveLength(en.causes[id].remedies.length);
    for (const text of [title, meaning, evidence, ...remedies]) expect(text.trim()).not.toBe('');
    expect(title).not.toMatch(/[.。]$/);
    for (const text of [meaning, ...remedies]) expect(text).toMatch(/[.。]\)?$/);
  });

  it.each(causeIds)('keep the commands, flags and codes of %s', (id) => {
    // What a reader types, and what he finds again in a capture, is the same in every language.
    const keep = (text: string): readonly string[] =>
      text.match(
        /--[a-z-]+|\b(?:NXDOMAIN|SERVFAIL|NOERROR|REFUSED|CONNECT|MTU|MSS|SNI|ECDHE|DHCP|407|0x[\da-f]+)\b/g,
      ) ?? [];
    const all = (of: Words): readonly string[] =>
      [of.causes[id].title, of.causes[id].meaning, of.causes[id].evidence, ...of.causes[id].remedies].flatMap(keep);
    expect([...new Set(all(words))].sort()).toEqual([...new Set(all(en))].sort());
  });

  it('have the same facts as English', () => expect(Object.keys(words.facts).sort()).toEqual([...factCodes].sort()));

  it.each(factCodes)('say %s with every argument that English shows', (code) => {
    for (const choice of choices(code)) {
      const english = say(en, code, 'marked', choice);
      const { text } = say(words, code, 'marked', choice);
      for (const marker of english.asked) if (english.text.includes(marker)) expect(text).toContain(marker);
      expect(text).not.toBe(english.text);
    }
  });

  it.each(factCodes)('say %s of one, and without what English can do without', (code) => {
    for (const choice of choices(code)) {
      expect(say(words, code, 'one', choice).text).not.toMatch(/undefined|NaN|null|\[object|\$\{/);
      for (const empty of new Set(say(en, code, 'marked', choice).names)) {
        if (englishHole.test(say(en, code, { empty }, choice).text)) continue;
        expect(say(words, code, { empty }, choice).text, empty).not.toMatch(hole);
      }
    }
  });

  it('have words for what is wrong with a proxy setting, an authentication, an address or a store', () => {
    const codes = [
      ...'disabled no-challenge unsupported no-credentials ticket account-unusable no-continuation malformed-challenge rejected connection-closed'.split(
        ' ',
      ),
      ...'not-available no-ticket ticket-expired clock unknown-service no-kdc timeout'.split(' '),
    ];
    const mistakes =
      'empty-entry star-without-dot star-in-list star-inside star-dot cidr-for-names cidr-invalid local-token missing-dot leading-dot port url-entry path-entry wrong-separator space-separator too-long scheme-missing quoted path-ignored proxy-invalid pac-url-unusable'.split(
        ' ',
      );
    const classes = 'global unspecified private shared unique-local documentation benchmarking reserved'.split(' ');
    const made = (of: Words): readonly string[] => [
      ...codes.map((why) => of.facts['proxy.auth-skipped']({ proxy: 'P', scheme: 'S', why })),
      ...mistakes.map((code) => of.facts['proxy.mistake']({ name: 'N', entry: 'E', code, dialects: 'D' })),
      ...classes.map((kind) => of.facts['dns.address']({ host: 'H', address: 'A', class: kind })),
      ...['machine', 'extra'].map((store) => of.facts['certificate.private-root']({ host: 'H', root: 'R', store })),
    ];
    const all = [...codes, ...mistakes, ...classes, 'extra'];
    made(words).forEach((text, index) => {
      // Where a code is left as it is, it stands behind the last colon or inside the parentheses.
      expect(
        all.some((code) => text.endsWith(`: ${code}`) || text.includes(`: ${code} (`)),
        text,
      ).toBe(false);
      expect(text).not.toBe(made(en)[index]);
      expect(text).not.toMatch(
        /\b(?:unspecified|private|shared|unique-local|reserved|benchmarking) |adresse (?:global|private|shared|reserved)/,
      );
    });
    expect(new Set(made(words)).size).toBe(new Set(made(en)).size);
  });

  it('say how far and which way the clock is off', () => {
    const off = (of: Words, seconds: number): string => of.facts['clock.offset']({ seconds, hosts: 3 });
    for (const seconds of [90, 600, 7200, -90, -600, -7200]) {
      for (const number of off(en, seconds).match(/\d+/g) ?? []) expect(off(words, seconds)).toContain(number);
    }
    expect(off(words, 600)).not.toBe(off(words, -600));
  });

  it.each(Object.values(reasons))('say why a target is untested: $code', (reason) => {
    const { reason: why, remedy } = untestedWords(words, reason);
    const english = untestedWords(en, reason);
    expect(why).not.toBe(english.reason);
    expect(why).not.toMatch(/[.。]$/);
    expect(remedy).not.toBe(english.remedy);
    for (const name of `${english.reason} ${english.remedy}`.match(/--[a-z0-9-]+|tenant|region|quic|wayclear check/g) ??
      [])
      expect(`${why} ${remedy}`).toContain(name);
  });

  it('explain the same status codes', () => {
    for (const [code, { meaning, indicates }] of Object.entries(words.statusCodes)) {
      const english = en.statusCodes[Number(code) as keyof Words['statusCodes']];
      expect(meaning).not.toBe(english.meaning);
      expect(indicates).not.toBe(english.indicates);
      expect(indicates.includes('TLS')).toBe(english.indicates.includes('TLS'));
    }
  });

  it('leave no English behind', () => {
    const same = {
      fr: [
        'Causes',
        'machine ‹m›',
        'Importance',
        'Port',
        'Verdict',
        'Cause',
        'Proxy',
        'ClientHello',
        'TLS',
        'HTTP',
        'absent',
        'proxy',
        'port',
        'Destination',
        'Document',
        'Documents',
        'Machine',
        'verdict',
      ],
      nl: [
        'Detail',
        'Details',
        'Host',
        'Runtime',
        'Platform',
        'Proxy',
        'ClientHello',
        'TLS',
        'HTTP',
        'product',
        'host',
        'proxy',
        'In detail',
        'Account',
        'Document',
        'Machine',
        'Route',
        '2 ‹c›',
        'machine ‹m›',
        'route ‹r›',
      ],
      ja: ['ClientHello', 'TLS', 'HTTP'],
      en: [],
    }[lang];
    const english = new Set(texts('en'));
    expect([...new Set(texts(lang).filter((text) => english.has(text) && !same.includes(text)))]).toEqual([]);
    expect(texts(lang).filter((text) => /\b(the|which|with|does|has|and)\b/i.test(text))).toEqual([]);
  });

  it('are written in the script of the language', () => {
    if (lang === 'ja') {
      for (const id of causeIds) expect(words.causes[id].meaning).toMatch(/[\u3041-\u30ff]/);
    }
    // French puts a space that does not break before : ; ? ! and inside guillemets.
    if (lang === 'fr') expect(texts('fr').filter((text) => / [:;?!»]|« /.test(text))).toEqual([]);
  });
});

/** Every text of a language that takes no argument, and the others for sample arguments. */
function texts(lang: Language): readonly string[] {
  const words = wordsOf(lang);
  const { text, duration: _, punctuation: __, ...labels } = labelsOf(lang);
  return [
    ...causeIds.flatMap((id) => {
      const cause = words.causes[id];
      return [cause.title, cause.meaning, cause.evidence, ...cause.remedies];
    }),
    ...factCodes.flatMap((code) => choices(code).map((choice) => say(words, code, 'one', choice).text)),
    ...Object.values(words.experiments),
    ...Object.values(words.statusCodes).flatMap(({ meaning, indicates }) => [meaning, indicates]),
    ...Object.values(words.attributes),
    ...Object.values(reasons).flatMap((reason) => Object.values(untestedWords(words, reason))),
    ...([11410, 11411, 11412] as const).map((id) => words.messages[id]),
    words.messages[11488]('‹feature›'),
    ...([null, 'allows', 'refuses'] as const).map((policy) => words.witnesses('*.example.com', 1, 2, policy)),
    ...Object.values(text),
    ...Object.values(labels).flatMap((one): readonly string[] =>
      typeof one === 'string' ? [one] : typeof one === 'object' ? Object.values(one as object) : [],
    ),
    ...said(labelsOf(lang)),
    ...helpTexts(lang),
    ...requestTexts(lang),
    ...ruleTexts(lang),
    ...diffTexts(lang),
    ...pageTexts(lang),
    ...settingTexts(wordsOf(lang).proxyLabels),
    ...doctorTexts(wordsOf(lang).doctor),
    ...shapeTexts(lang),
  ];
}

/** What the view of proxy settings says. */
function settingTexts({
  sources,
  notes,
  byPac,
  atRunTime,
  evaluated,
  unresolved,
  ...rest
}: ProxyLabels): readonly string[] {
  const made = [
    byPac('‹url›'),
    atRunTime('‹url›'),
    evaluated('‹url›'),
    unresolved('‹names›', 0),
    unresolved('‹names›', 2),
  ];
  return [...Object.values({ ...rest, ...sources, ...notes }), ...made];
}

/** What doctor says of its judgement. */
const doctorTexts = ({ verdict, findings }: DoctorWords): readonly string[] => [
  ...[verdict(0, 0), verdict(1, 2), verdict(2, 0)],
  ...Object.values(findings).flatMap(({ what, next }) => [what, next]),
];

/** What is said of files that are not as they should be. */
function shapeTexts(lang: Language): readonly string[] {
  const { plain, got, hints, near, unknownKey, once, forbidden, least, most, nesting, unique, ...words } =
    wordsOf(lang).shapes;
  return [
    ...Object.values({ ...plain, ...got, ...hints }).filter((text) => text !== 'null'),
    ...[near('‹a›'), unknownKey('‹a›', null), unknownKey('‹a›', '‹b›'), once('‹a›'), forbidden('‹a›'), nesting(2)],
    ...(['text', 'list', 'number', 'urls', 'sets'] as const).flatMap((of) => [least(of, 2), most(of, 2)]),
    ...[unique('‹a›', '‹b›'), words.file, words.top, words.moreFaults, words.anchorName, words.hostOf('‹a›')],
    ...[words.expected('‹a›', null), words.expected('‹a›', '‹b›'), words.fingerprintOf('‹a›'), words.catalog('‹a›')],
    ...[words.duration('‹a›'), words.count(1, 2), words.noReport('‹a›', '‹b›', '‹c›'), words.object('‹a›')],
  ];
}

/** What the help says: all but what it quotes. */
function helpTexts(lang: Language): readonly string[] {
  const { usage, purpose, headings, commands, options, ...made } = wordsOf(lang).help;
  return [
    ...[usage, purpose, ...Object.values(headings), ...Object.values(options)],
    ...Object.values(commands).flatMap(({ describe, words, examples }) => [
      ...[describe, ...examples, ...Object.values<string>(words)],
    ]),
    ...Object.values(wordsOf(lang).topics.texts).map((make) => make('‹a›', '‹b›')),
    ...[made.choices(['‹a›', '‹b›']), made.default('‹a›'), ...made.epilogue(['‹a›']).split('\n')],
  ].filter((text) => text !== '');
}

/** What a change request says. */
function requestTexts(lang: Language): readonly string[] {
  const { owners, asks, not, columns, made, through, more, ...rest } = wordsOf(lang).request;
  return [
    ...Object.values({ ...rest, ...owners }),
    ...[asks, not, columns].flatMap((group) => Object.values(group)),
    ...[made('‹v›', '‹t›'), through('‹p›'), more(2)],
  ];
}

/** What an allow-list says. */
function ruleTexts(lang: Language): readonly string[] {
  const { documented, failed, left, notOpened, onlyPort, squidPorts, pac, columns, ...rest } = wordsOf(lang).rules;
  return [
    ...Object.values({ ...rest, ...columns }),
    ...Object.values(left).map((say) => say('‹d›', ['‹p›'])),
    ...[documented('‹v›'), failed('‹v›', '‹t›', ''), failed('‹v›', '‹t›', '‹s›'), notOpened('‹d›', '‹c›', '‹o›')],
    ...[onlyPort('‹p›'), squidPorts('‹p›'), pac('‹p›')],
  ];
}

/** What a comparison says. */
function diffTexts(lang: Language): readonly string[] {
  const { same, missing, counted, machine, route, was, headings, changes, ...rest } = wordsOf(lang).diff;
  return [
    ...Object.values({ ...rest, ...headings }),
    ...Object.values(changes),
    ...[same(1), same(2), missing(1), missing(2), counted(2, '‹c›'), machine('‹m›'), route('‹r›'), was('‹v›')],
  ];
}

/** What the page says besides what the table says too. */
function pageTexts(lang: Language): readonly string[] {
  const { verdict, fine, passed, sorts, stores, ...rest } = wordsOf(lang).page;
  return [
    ...Object.values({ ...rest, ...sorts }),
    ...Object.values(stores),
    ...[verdict(1, 1, 0), verdict(2, 3, 1), verdict(3, 4, 2), fine(1), fine(2), passed(2, 3)],
  ];
}

/** What the labels say for one and for several. */
function said(labels: Labels): readonly string[] {
  return [1, 2].flatMap((n) => [
    labels.summary({ reachable: n, degraded: n, unreachable: n, untested: n }, 1500),
    labels.more(n),
    ...(['deadline', 'interrupted', 'resources'] as const).map((because) => labels.incomplete(n, n + 1, because)),
    labels.leftOut({ 'not-current': n, 'other-cloud': n, 'other-role': n }),
    labels.targets(n),
    labels.fine(n, n),
    labels.besides('‹rest›'),
    labels.confident('high'),
    labels.anchored('‹subject›', '‹stores›', '2038-01-15'),
    labels.planned(n, n, n),
    labels.limits('10 s', '2 min', n),
    labels.catalog(n, n),
    labels.serverName('‹name›'),
    labels.noServerName,
    labels.defaultRoute(true),
    labels.defaultRoute(false),
    labels.defaultRoute(null),
    labels.readFailed('‹error›'),
    labels.demo(n, n),
  ]);
}

describe('the labels', () => {
  it.each(others)('of proxy settings in %s name the same sources and notes as English', (lang) => {
    const keys = (labels: ProxyLabels): readonly (readonly string[])[] =>
      [labels, labels.sources, labels.notes].map((one) => Object.keys(one).sort());
    expect(keys(wordsOf(lang).proxyLabels)).toEqual(keys(wordsOf('en').proxyLabels));
    expect(wordsOf(lang).proxyLabels.byPac('‹url›')).toContain('‹url›');
    for (const text of settingTexts(wordsOf(lang).proxyLabels)) expect(text.trim()).not.toBe('');
  });

  it.each(others)('in %s show every number and name that English shows', (lang) => {
    for (const n of [3, 17]) {
      const shown = (labels: Labels): readonly string[] => [
        labels.summary({ reachable: n, degraded: n + 1, unreachable: n + 2, untested: n + 3 }, 61_000),
        labels.more(n),
        labels.incomplete(n, n + 1, 'deadline'),
        labels.leftOut({ 'not-current': n, 'other-cloud': n + 1, 'other-role': n + 2 }),
        labels.targets(n),
        labels.fine(n, n + 1),
        labels.anchored('‹subject›', '‹stores›', '2038-01-15'),
        labels.planned(n, n + 1, n + 2),
        labels.limits('‹timeout›', '‹deadline›', n),
        labels.catalog(n, n + 1),
        labels.demo(n, n + 1),
      ];
      const english = shown(labelsOf('en'));
      shown(labelsOf(lang)).forEach((text, index) => {
        const marks = english[index]?.match(/\d+|‹\w+›/g) ?? [];
        expect(text.match(/\d+|‹\w+›/g)?.toSorted(), text).toEqual(marks.toSorted());
      });
    }
  });
});

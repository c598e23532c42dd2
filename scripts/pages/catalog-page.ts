/** The page of the catalog: features, how many endpoints each has, and the documents that ask for them. */
import { parametersOf } from '../../src/catalog/pattern.ts';
import type { Catalog, Endpoint, Feature, Source } from '../../src/model/catalog.ts';

/** Text outside code spans stays as it is written; the catalog's own sentences mark names as code. */
const plain = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\*_<>[\]|]/g, '\\$&')))
    .join('');

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

const sourcesOf = ({ source, moreSources }: Endpoint): readonly Source[] => [
  ...(source === null ? [] : [source]),
  ...moreSources,
];

const dateOf = ({ date }: Source): string => date ?? 'undated';

/** Each document once, the newest first. */
function documentsOf(endpoints: readonly Endpoint[]): readonly (readonly [string, string])[] {
  const documents = new Map<string, Source & { readonly count: number }>();
  for (const source of endpoints.flatMap(sourcesOf)) {
    const key = JSON.stringify([source.document, source.date, source.url]);
    documents.set(key, { ...source, count: (documents.get(key)?.count ?? 0) + 1 });
  }
  return [...documents.values()]
    .sort((a, b) => dateOf(b).localeCompare(dateOf(a)) || a.document.localeCompare(b.document))
    .map(({ document, date, url, count }) => {
      const title = url === null ? plain(document) : `[${plain(document)}](<${url}>)`;
      return [title, `${date ?? 'undated'}, ${count} ${count === 1 ? 'endpoint' : 'endpoints'}`] as const;
    });
}

function counts(endpoints: readonly Endpoint[]): string {
  const tested = endpoints.filter(({ legacy }) => !legacy);
  const critical = tested.filter(({ importance }) => importance === 'critical').length;
  const legacy = endpoints.length - tested.length;
  const past = legacy === 0 ? '' : `, and ${legacy} of the past (\`--include-legacy\`)`;
  return `${critical} critical, ${tested.length - critical} other${past}`;
}

function partOf({ feature, title, why, roles, clouds, endpoints, default: byDefault }: Feature): string {
  const patterns = unique(endpoints.map(({ pattern }) => pattern));
  const parameters = unique(
    endpoints.flatMap(({ pattern, probes }) => [pattern, ...probes.map(({ url }) => url)]).flatMap(parametersOf),
  );
  return [
    `## ${plain(title)}`,
    `\`wayclear ${feature}\`${byDefault ? ', part of the run without arguments' : ''}`,
    ...(why === null ? [] : [plain(why)]),
    [
      `- Endpoints: ${counts(endpoints)}; ${patterns.length} documented names`,
      `- Roles: ${roles.map(plain).join(', ')}`,
      `- Clouds: ${clouds.join(', ')}`,
      ...(parameters.length === 0
        ? []
        : [`- Needs a value to be tested whole: ${parameters.map((name) => `\`--set ${name}=…\``).join(', ')}`]),
    ].join('\n'),
    documentsOf(endpoints)
      .map(([title_, rest]) => `- ${title_}: ${rest}`)
      .join('\n'),
  ].join('\n\n');
}

/** The page as Markdown. */
export function catalogPage({ features }: Catalog): string {
  const all = features.flatMap(({ endpoints }) => endpoints);
  const first = [...features].sort((a, b) => Number(b.default) - Number(a.default));
  return [
    '<!-- Made by `npm run pages` out of endpoints/*.json. -->',
    '# The catalog',
    `${features.length} features with ${all.length} endpoints come with wayclear, each with the document that asks for it. \`wayclear list\` shows them on a screen, \`wayclear list FEATURE\` every endpoint of one. The run without arguments takes those of the service connection point role, which come first here.`,
    ...first.map(partOf),
  ]
    .join('\n\n')
    .concat('\n');
}

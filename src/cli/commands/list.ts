import { parametersOf } from '../../catalog/pattern.ts';
import type { Endpoint, Feature } from '../../model/catalog.ts';
import { checkRole } from '../../plan/select.ts';
import { type ListedFeature, renderListJson, renderListTable, renderOverview } from '../../report/list-text.ts';
import { suggest } from '../../suggest.ts';
import { globMatches } from '../../text-bounds.ts';
import { UsageError } from '../../usage-error.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { catalogOf } from '../prepare.ts';
import { routeSettings } from '../route-settings.ts';
import { quoted } from '../values.ts';

const listed = (feature: Feature): ListedFeature => {
  const texts = feature.endpoints.flatMap(({ pattern, probes }) => [pattern, ...probes.map(({ url }) => url)]);
  return { feature, parameters: [...new Set(texts.flatMap(parametersOf))].sort() };
};

/** Columns that no feature needs. */
const unfolded = 1000;

/** Shows the catalog a line a feature, or the endpoints of the features that are named. */
export async function list({ io, words, options }: Context): Promise<number> {
  const catalog = await catalogOf(io, options, await routeSettings(io, options, false));
  checkRole(catalog, options.role);
  const features = catalog.features.map((feature) => feature.feature);
  for (const word of words) {
    if (features.includes(word)) continue;
    const near = suggest(word, features);
    throw new UsageError('command.list', { word: quoted(word), near: near === null ? null : `"${near}"` });
  }
  const keeps = (feature: Feature, endpoint: Endpoint): boolean => {
    const matches = (glob: string): boolean =>
      globMatches(glob.toLowerCase(), `${feature.feature}/${endpoint.id}`.toLowerCase()) ||
      globMatches(glob.toLowerCase(), endpoint.pattern.toLowerCase());
    if (options.role !== null && !endpoint.roles.includes(options.role) && !endpoint.roles.includes('all'))
      return false;
    return (options.only.length === 0 || options.only.some(matches)) && !options.skip.some(matches);
  };
  const shown = catalog.features
    .filter((feature) => words.length === 0 || words.includes(feature.feature))
    .map((feature) => ({ ...feature, endpoints: feature.endpoints.filter((endpoint) => keeps(feature, endpoint)) }))
    .filter((feature) => feature.endpoints.length > 0);
  const outputs = await openOutputs(io, options);
  const written = await outputs.deliver((format, view) => {
    if (format === 'json') return renderListJson(shown);
    if (words.length > 0) return renderListTable(shown, view);
    // In a pipe or a file nothing wraps it, and whoever looks there for a feature finds its whole line.
    const isFolded = view.file === undefined && io.stdout.columns !== null;
    return renderOverview(shown.map(listed), isFolded ? view : { ...view, width: unfolded });
  });
  return written ? 0 : 2;
}

import type { Destination, Route } from '../model/plan.ts';
import type { ProxySettings } from '../proxy/deciding.ts';
import type { PacEvaluation } from '../proxy/pac/candidates.ts';
import { chooseRoutes, withPacAnswer } from './choose.ts';
import type { PacFiles } from './pac-files.ts';

/** The route to one destination, its PAC files asked. Nothing throws: where nothing decides, the route says so. */
export async function routeTo(destination: Destination, settings: ProxySettings, files: PacFiles): Promise<Route> {
  let chosen = chooseRoutes(destination, settings);
  let answer: string | null = null;
  let readings: PacEvaluation['readings'] = [];
  let undecided: Route['undecided'];
  for (let [asked] = chosen.pacUrls; asked !== undefined; [asked] = chosen.pacUrls) {
    const { url, evaluation, problem } = await files.ask(asked, destination);
    if (problem !== null) undecided = { ...problem, url };
    else answer = evaluation?.answer ?? null;
    readings = evaluation?.readings ?? [];
    chosen = withPacAnswer(chosen, problem === null ? evaluation : null, url);
  }
  const [first, ...otherwise] = chosen.routes;
  if (undecided !== undefined && (first === undefined || undecided.reason === 'not-fetched')) {
    return { kind: 'direct', source: 'pac', why: undecided.url, undecided };
  }
  if (first === undefined) throw new TypeError('a choice without routes has a PAC file that gave none');
  return {
    ...first,
    ...chosen.reasons,
    ...(answer === null ? {} : { pac: answer }),
    ...(answer === null || readings.length === 0 ? {} : { readings }),
    ...(otherwise.length === 0 ? {} : { otherwise }),
  };
}

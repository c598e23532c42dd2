/** Requests that tell what becomes of a download: the whole without a range, and something else of the same host. */
import type { Experiment } from '../../model/experiments.ts';
import type { Attempt, Observation } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import { isDoubtfulDownload } from '../rules/content.ts';
import { isAuthentic, trustOf } from '../survey/chain-trust.ts';
import { cutShort } from '../survey/downloads.ts';
import { tlsOf } from '../survey/handshakes.ts';
import type { Survey } from '../survey/survey.ts';

/** Places that are asked again. */
const MOST = 3;

/** Nothing came of the request itself. */
const isCut = ({ http }: Attempt): boolean =>
  http.status === 'failed' && ['http.reset', 'http.closed', 'http.timeout'].includes(http.failure.code);

function isDoubtful(survey: Survey, target: Target, { host }: Observation, attempt: Attempt): boolean {
  const { tls, http } = attempt;
  const proven =
    tls.status === 'passed' && isAuthentic(trustOf(survey.observations, tlsOf(survey, target, host), host, tls.value));
  if (http.status !== 'passed') return isCut(attempt) && isDoubtfulDownload(target, null, proven);
  return isDoubtfulDownload(target, http.value, proven);
}

/** Downloads that came: do they by HEAD as well? What fails already is looked into otherwise. */
export function headWishes(survey: Survey): readonly Experiment[] {
  const wishes = new Map<string, Experiment>();
  for (const target of survey.targets.values()) {
    if (target.content === undefined || target.untested !== null) continue;
    for (const { host, port, scheme, url, attempts } of survey.probes.get(target.id) ?? []) {
      const came = attempts.some(({ http }) => http.status === 'passed' && http.value.status < 300);
      const id = `head ${host} ${port} ${url}`;
      if (!came || url === null || wishes.size === MOST) continue;
      wishes.set(id, { id, kind: 'head', target: target.id, host, port, does: { action: 'measure', scheme, url } });
    }
  }
  const made = new Set(survey.observations.experiments.map(({ id }) => id));
  return [...wishes.values()].filter(({ id }) => !made.has(id));
}

/** Downloads that broke off: once may have been a restart. */
function brokenOff(survey: Survey): readonly Experiment[] {
  const wishes = new Map<string, Experiment>();
  for (const target of survey.targets.values()) {
    if (target.content === undefined || target.untested !== null) continue;
    for (const probe of survey.probes.get(target.id) ?? []) {
      const { host, port, scheme, url } = probe;
      if (url === null || wishes.size === MOST || !cutShort(probe)) continue;
      const id = `again ${scheme} ${host} ${port} ${url}`;
      const does = { action: 'measure', scheme, url, content: target.content } as const;
      wishes.set(id, { id, kind: 'again', target: target.id, host, port, does });
    }
  }
  return [...wishes.values()];
}

export function contentWishes(survey: Survey): readonly Experiment[] {
  const places = new Map<string, readonly Experiment[]>();
  for (const target of survey.targets.values()) {
    const { content } = target;
    if (content === undefined || target.untested !== null) continue;
    for (const probe of survey.probes.get(target.id) ?? []) {
      const { host, port, scheme, url } = probe;
      const place = `${host} ${port}`;
      if (url === null || places.has(place) || places.size === MOST) continue;
      if (!probe.attempts.some((attempt) => isDoubtful(survey, target, probe, attempt))) continue;
      const base = { target: target.id, host, port } as const;
      const whole = { ...content, range: null, length: null, sha256: null };
      places.set(place, [
        {
          ...base,
          id: `other-content ${place}`,
          kind: 'other-content',
          does: { action: 'measure', scheme, url: new URL('/', url).href },
        },
        ...(content.range === null || content.startsWith === null
          ? []
          : ([
              {
                ...base,
                id: `whole ${place}`,
                kind: 'whole',
                does: { action: 'measure', scheme, url, content: whole },
              },
            ] as const)),
      ]);
    }
  }
  return [...brokenOff(survey), ...places.values()].flat();
}

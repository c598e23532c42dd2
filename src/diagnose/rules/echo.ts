import type { ExperimentObservation, HttpValue } from '../../model/observations.ts';
import { headerOf } from '../survey/http-answer.ts';
import type { Survey } from '../survey/survey.ts';

/**
 * How a TRACE request came back: `altered` on its way, as it was sent (`same`), or from somebody who is not the one that
 * usually answers (`other`). Most servers refuse TRACE: that says nothing.
 */
type Echo = 'altered' | 'other' | 'same';

/** Headers that whoever passes a request on adds to it. */
const added = /\s(via|x-forwarded-for|forwarded|x-bluecoat-via): /i;

/** The headers by which two answers tell whether one server gave them. */
const same = (a: HttpValue, b: HttpValue): boolean =>
  ['server', 'via'].every((name) => headerOf(a, name) === headerOf(b, name));

/** What one echo says; null if nothing. */
function echoOf(survey: Survey, { does, target, observation }: ExperimentObservation): Echo | null {
  const [attempt] = observation.attempts;
  if (does.action !== 'connect' || does.echo === undefined || attempt?.http.status !== 'passed') return null;
  const { value } = attempt.http;
  // RFC 9110 section 9.3.8: the request as received, headers and all, is the body.
  if (value.status !== 200 || !/^TRACE \S+ HTTP\//.test(value.bodyExcerpt)) return null;
  const { name, value: sent } = does.echo;
  if (!value.bodyExcerpt.includes(`${name}: ${sent}`) || added.test(value.bodyExcerpt)) return 'altered';
  const probe = survey.probes.get(target)?.find(({ host }) => host === observation.host);
  const usual = probe?.attempts.find(({ address }) => address === attempt.address)?.http;
  return usual?.status === 'passed' && !same(usual.value, value) ? 'other' : 'same';
}

/** What the echo checks of a run say: of the host itself first, or else of any, for they share the way out. */
export function echoFor(survey: Survey, host: string): { readonly echo: Echo; readonly by: string } | null {
  const echoes = survey.experiments.byKind('echo').flatMap((experiment) => {
    const echo = echoOf(survey, experiment);
    return echo === null ? [] : [{ echo, by: experiment.host }];
  });
  return echoes.find(({ by }) => by === host) ?? echoes.find(({ echo }) => echo !== 'same') ?? null;
}

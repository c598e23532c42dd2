import type { Fact } from '../../model/diagnosis.ts';
import type { Observation, Observations } from '../../model/observations.ts';
import type { Route, Target } from '../../model/plan.ts';
import { at, fact, sample } from '../evidence.ts';
import { type Problem, problem } from '../problem.ts';
import type { Survey } from '../survey/survey.ts';

/** Nothing was sent, because the script that should decide is of no use. Null where the way was known. */
export function undecidedProblem(target: Target, observation: Observation): Problem | null {
  const { undecided } = observation.route ?? target.route;
  if (undecided === undefined || undecided.reason === 'not-fetched') return null;
  const { reason, url, detail } = undecided;
  return problem(`proxy.${reason}`, 'tunnel', [fact('proxy.pac', { url, detail })], {
    confidence: 'high',
    signature: url,
    shared: ['pac file', url],
  });
}

/** Candidates of a PAC file before the one that was used: each target waits for them. */
function passedOverProblems(observation: Observation): readonly Problem[] {
  return (observation.passedOver ?? []).flatMap(({ route, failure }) => {
    if (route.kind === 'direct') return [];
    const place = `${route.host.includes(':') ? `[${route.host}]` : route.host}:${route.port}`;
    const proxy = `${route.protocol}://${place}`;
    const unnamed = failure.startsWith('dns.');
    const evidence = [
      fact('proxy.passed-over', { proxy, failure }),
      fact('proxy.source', { proxy, source: route.source, why: route.why }),
    ];
    return [
      problem(unnamed ? 'proxy.name-not-found' : 'proxy.unreachable', 'tunnel', evidence, {
        confidence: 'high',
        effect: 'degraded',
        signature: proxy,
        shared: ['proxy', place],
      }),
    ];
  });
}

/** A PAC file of the system that is of no use, where something else decides in its place: it works, until somebody needs the file. */
function brokenPacProblems(observations: Observations, target: Target): readonly Problem[] {
  if (target.route.undecided !== undefined || target.route.source === 'pac') return [];
  return (observations.environment.pacFiles ?? []).flatMap(({ url, problem: wrong, detail }) => {
    if (wrong !== 'pac-unreachable' && wrong !== 'pac-invalid') return [];
    return [
      problem(`proxy.${wrong}`, 'tunnel', [fact('proxy.pac', { url, detail: detail ?? '' })], {
        confidence: 'high',
        effect: 'degraded',
        signature: url,
        shared: ['pac file', url],
      }),
    ];
  });
}

/** What is wrong with the settings that decide about a target, whether it is reached or not. */
export function settingProblems(observations: Observations, target: Target): readonly Problem[] {
  const mistake = mistakeProblem(observations, target);
  return [...brokenPacProblems(observations, target), ...(mistake === null ? [] : [mistake])];
}

/** What is to be said beside a target that is reached. */
export function besideProblems(survey: Survey, target: Target, observation: Observation): readonly Problem[] {
  const direct = directBeside(survey, target);
  return [...passedOverProblems(observation), ...(direct === null ? [] : [direct])];
}

/** The proxy that is used was named without a scheme, in a variable that other programs on this machine read as well. */
const takenOtherwise = (route: Route, code: string, name: string): boolean =>
  code === 'scheme-missing' && route.kind === 'proxy' && route.source === 'environment' && route.why === name;

/**
 * Mistakes in the settings that decide, told with the targets that they decide about. They cost no verdict. What only
 * other programs read otherwise is told where it makes a difference.
 */
function mistakeProblem(observations: Observations, target: Target): Problem | null {
  const { route, host } = target;
  if (route.source === 'default') return null;
  const [winner] = (observations.environment.proxySources ?? []).filter(({ won }) => won);
  const listed = (observations.environment.proxySources ?? []).filter(({ won, source }) => !won && source === 'flag');
  const differ = (route.differs ?? []).length > 0;
  const mistakes = [...(winner === undefined ? [] : [winner]), ...listed]
    .flatMap((source) => source.mistakes)
    .filter(({ level, code, name }) => level === 'no-effect' || differ || takenOtherwise(target.route, code, name));
  if (mistakes.length === 0) return null;
  const facts: Fact[] = mistakes
    .slice(0, 12)
    .map(({ name, entry, code, dialects }) =>
      fact('proxy.mistake', { name, entry, code, dialects: dialects.join(', ') }),
    );
  const others = (route.differs ?? []).map(({ dialect }) => dialect);
  const differs =
    others.length === 0
      ? []
      : [
          fact('proxy.differs', {
            host,
            entry: route.bypass ?? '',
            dialects: sample(others, 5),
            bypass: route.kind === 'direct' ? 1 : 0,
          }),
        ];
  const name = mistakes[0]?.name ?? '';
  return problem('proxy.bypass-mistake', 'tunnel', [...facts, ...differs], {
    confidence: mistakes.some(({ level }) => level === 'no-effect') ? 'high' : 'medium',
    effect: 'none',
    signature: name,
  });
}

const endOf = (observation: Observation): string | null => {
  if (observation.dns.status === 'failed') return observation.dns.failure.code;
  for (const { tcp, tunnel, tls } of observation.attempts) {
    for (const stage of [tcp, tunnel, tls]) if (stage.status === 'failed') return stage.failure.code;
  }
  return observation.attempts.length === 0 ? 'skipped' : null;
};

/** Some attempt went all the way: to an answer, or, for a bare port, to a connection. */
const arrives = ({ attempts, scheme }: Observation): boolean =>
  attempts.some(({ tcp, tunnel, http }) =>
    scheme === 'tcp' ? tcp.status === 'passed' && tunnel.status !== 'failed' : http.status === 'passed',
  );

const besideOf = (survey: Survey, target: Target): Observation | null =>
  survey.observations.beside?.find(({ target: id }) => id === target.id) ?? null;

/** With `--direct-too`: the direct path of a target that the proxy leads to. Its failure is as a proxy's network means it. */
function directBeside(survey: Survey, target: Target): Problem | null {
  const beside = besideOf(survey, target);
  if (beside === null || target.route.kind !== 'proxy' || beside.route?.kind !== 'direct' || arrives(beside))
    return null;
  const failure = endOf(beside);
  if (failure === null || failure === 'skipped') return null;
  return problem('proxy.required', 'tcp', [fact('proxy.direct-fails', { host: target.host, failure })], {
    confidence: 'high',
    effect: 'none',
  });
}

/**
 * A direct path on which nothing was connected to, while the proxy that this machine is configured for reaches a target:
 * asked for by `--proxy direct`, or by an entry of a bypass list. Some were tried; for the others it holds as long as none
 * of those failed.
 */
export function proxyRequired(survey: Survey, target: Target, observation: Observation): Problem | null {
  if (target.route.kind !== 'direct') return null;
  const { dns, attempts } = observation;
  const failure = dns.status === 'failed' ? dns.failure.code : null;
  const closed = failure !== null || (attempts.length > 0 && attempts.every(({ tcp }) => tcp.status === 'failed'));
  if (!closed) return null;
  const { beside } = survey.observations;
  if (beside === undefined) return null;
  const { bypass } = target.route;
  const tried = beside.filter(({ route }) => route?.kind === 'proxy');
  const viaProxy = tried.find(({ target: id, host }) => id === target.id || host === target.host);
  const works = viaProxy === undefined ? tried.filter(arrives) : arrives(viaProxy) ? [viaProxy] : [];
  if (works.length === 0 || (viaProxy === undefined && works.length < tried.length)) return null;
  const evidence = works.slice(0, 3).map(({ host, route }) => {
    const proxy = route?.kind === 'proxy' ? `${route.protocol}://${route.host}:${route.port}` : '';
    return fact('proxy.other-works', { host, proxy });
  });
  const [first] = attempts;
  const directFailure = failure ?? (first?.tcp.status === 'failed' ? first.tcp.failure.code : '');
  return problem(
    bypass === undefined ? 'proxy.required' : 'proxy.bypass-mistake',
    'tcp',
    [
      ...(bypass === undefined ? [] : [fact('proxy.bypassed', { host: target.host, entry: bypass })]),
      ...evidence,
      fact('proxy.direct-fails', {
        host: first === undefined ? target.host : at(observation, first).host,
        failure: directFailure,
      }),
    ],
    {
      confidence: viaProxy === undefined ? 'medium' : 'high',
      ...(bypass === undefined ? {} : { signature: 'direct' }),
    },
  );
}

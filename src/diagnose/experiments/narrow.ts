/** Hypotheses for a failed TLS session, side by side, and what experiments leave of them. */
import type { CauseId } from '../../model/causes.ts';
import type { Fact } from '../../model/diagnosis.ts';
import type { TriedResult } from '../../model/facts.ts';
import type { ExperimentObservation, Failure } from '../../model/observations.ts';
import { at, fact } from '../evidence.ts';
import type { Problem } from '../problem.ts';

const abrupt: readonly string[] = ['tls.reset', 'tls.closed'];

/** How the handshake of an experiment went, compared with the failed one. Null says nothing. */
function triedResult(original: Failure, { observation }: ExperimentObservation): TriedResult | null {
  const [attempt] = observation.attempts;
  if (attempt === undefined || attempt.tcp.status !== 'passed') return null;
  const { tls } = attempt;
  if (tls.status === 'passed') return 'answers';
  if (tls.status === 'skipped') return null;
  const { code, alert } = tls.failure;
  const alike = code === original.code || (abrupt.includes(code) && abrupt.includes(original.code));
  if (alike && alert === original.alert) return 'same';
  return code === 'tls.timeout' ? null : 'refuses';
}

/** What one experiment says: which hypothesis it proves, and which it rules out. */
interface Reading {
  readonly proves: CauseId | null;
  readonly against: readonly CauseId[];
}

const nothing: Reading = { proves: null, against: [] };
const proves = (cause: CauseId, against: readonly CauseId[] = []): Reading => ({ proves: cause, against });
const against = (...causes: readonly CauseId[]): Reading => ({ proves: null, against: causes });

/** Where the same name at the same address does answer, neither the address nor the path as such is to blame. */
const wholePath: readonly CauseId[] = ['tls.mtu-black-hole', 'tls.stalled', 'tls.reset', 'tls.sni-filtered'];

function read({ kind }: ExperimentObservation, outcome: TriedResult, original: Failure): Reading {
  const silent = original.code === 'tls.timeout';
  const alerted = original.code === 'tls.alert';
  switch (kind) {
    case 'neutral-name':
    case 'no-name':
      if (outcome === 'same') return against('tls.sni-filtered');
      // Another alert is the server's word about the other name. Silence may hide a large answer where a small one gets through.
      return outcome === 'answers' || (!silent && !alerted) ? proves('tls.sni-filtered') : nothing;
    case 'neutral-address':
      return outcome === 'same' ? proves('tls.sni-filtered') : against('tls.sni-filtered');
    case 'small-hello':
      return outcome === 'same'
        ? against('tls.large-hello-dropped')
        : proves('tls.large-hello-dropped', outcome === 'answers' ? wholePath : ['tls.sni-filtered']);
    case 'tls-1.2':
    case 'tls-1.3':
      return outcome === 'answers' ? proves('tls.version-mismatch', wholePath) : nothing;
    case 'wide-ciphers':
      return outcome === 'answers' ? proves('tls.cipher-mismatch', wholePath) : nothing;
    case 'refusable-hello':
      if (!silent) return nothing;
      return outcome === 'same'
        ? against('tls.mtu-black-hole')
        : proves('tls.mtu-black-hole', ['tls.stalled', 'tls.sni-filtered']);
    default:
      return nothing;
  }
}

/** The sentence of an experiment. */
function factOf(experiment: ExperimentObservation, outcome: TriedResult): Fact | null {
  const [attempt] = experiment.observation.attempts;
  if (attempt === undefined) return null;
  // Through a proxy the host that it was asked for stands where the address is known on the direct path.
  const elsewhere =
    experiment.does.action === 'through' && experiment.does.asked !== experiment.host ? experiment.does.asked : null;
  const place = at(experiment.observation, attempt);
  const where = {
    ...place,
    ...(elsewhere === null ? {} : { host: experiment.host, address: elsewhere }),
    result: outcome,
  };
  const { tls } = attempt;
  const bytes =
    tls.status === 'passed' ? tls.value.helloBytes : tls.status === 'failed' ? (tls.partial?.helloBytes ?? 0) : 0;
  const servername =
    experiment.does.action === 'connect' || experiment.does.action === 'through'
      ? (experiment.does.servername ?? '')
      : '';
  switch (experiment.kind) {
    case 'neutral-name':
      return fact('tried.neutral-name', { ...where, name: servername });
    case 'no-name':
      return fact('tried.no-name', where);
    case 'neutral-address':
      return fact('tried.neutral-address', where);
    case 'small-hello':
      return fact('tried.small-hello', { ...where, bytes });
    case 'padded-hello':
      return fact('tried.padded-hello', { ...where, bytes });
    case 'tls-1.2':
      return fact('tried.version', { ...where, version: 'TLS 1.2' });
    case 'tls-1.3':
      return fact('tried.version', { ...where, version: 'TLS 1.3' });
    case 'wide-ciphers':
      return fact('tried.wide-ciphers', where);
    case 'refusable-hello':
      return fact('tried.refusable-hello', where);
    default:
      return null;
  }
}

/** Proofs from the one that excludes most to the one that excludes least. */
const strength: readonly CauseId[] = [
  'tls.large-hello-dropped',
  'tls.sni-filtered',
  'tls.version-mismatch',
  'tls.cipher-mismatch',
  'tls.mtu-black-hole',
];

/**
 * What is left of a problem's cause and alternatives after the experiments: a proven cause, or those that nothing
 * speaks against. The evidence says what was tried.
 */
export function narrow(problem: Problem, original: Failure, experiments: readonly ExperimentObservation[]): Problem {
  const proven = new Set<CauseId>();
  const excluded = new Set<CauseId>();
  const same = new Set<string>();
  const evidence: { readonly fact: Fact; readonly proves: boolean }[] = [];
  for (const experiment of experiments) {
    const outcome = triedResult(original, experiment);
    if (outcome === null) continue;
    const reading = read(experiment, outcome, original);
    if (reading.proves !== null) proven.add(reading.proves);
    for (const cause of reading.against) excluded.add(cause);
    if (outcome === 'same') same.add(experiment.kind);
    const line = factOf(experiment, outcome);
    if (line !== null) evidence.push({ fact: line, proves: reading.proves !== null });
  }
  if (evidence.length === 0) return problem;
  if (same.has('tls-1.2') && same.has('tls-1.3')) excluded.add('tls.version-mismatch');
  const lines = [...evidence.filter((line) => line.proves), ...evidence.filter((line) => !line.proves)];
  const results = lines.map((line) => line.fact);
  const [first, ...rest] = problem.evidence.filter(({ code }) => code !== 'experiment');
  const evidenceSoFar = first === undefined ? results : [first, ...results, ...rest];
  const causes = strength.filter((cause) => proven.has(cause) && !excluded.has(cause));
  const [cause] = causes;
  if (cause !== undefined) {
    return {
      ...problem,
      cause,
      confidence: causes.length === 1 ? 'high' : 'medium',
      signature: '',
      shared: null,
      alternatives: causes.slice(1),
      evidence: evidenceSoFar,
    };
  }
  const alive = [problem.cause, ...problem.alternatives].filter((candidate) => !excluded.has(candidate));
  const [left = problem.cause, ...others] = alive;
  // A filter that lets the name pass elsewhere isn't ruled out by that alone: it may look at the address as well.
  const contradicted = proven.has('tls.sni-filtered') && excluded.has('tls.sni-filtered');
  const alternatives = contradicted ? [...others, 'tls.sni-filtered' as const] : others;
  return {
    ...problem,
    cause: left,
    alternatives,
    confidence: alternatives.length === 0 && left !== 'undetermined' ? 'high' : problem.confidence,
    evidence:
      left === 'undetermined'
        ? [...evidenceSoFar, ...problem.evidence.filter(({ code }) => code === 'experiment')]
        : evidenceSoFar,
  };
}

/** Hypotheses for a failed TLS session, side by side, and what experiments leave of them. */
import type { CauseId } from '../../model/causes.ts';
import type { Fact } from '../../model/diagnosis.ts';
import type { ExperimentObservation, Failure } from '../../model/observations.ts';
import { at, fact } from '../evidence.ts';
import type { Problem } from '../problem.ts';
import { type Outcome, outcomeOf } from './results.ts';

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

function read({ kind }: ExperimentObservation, outcome: Outcome, original: Failure): Reading {
  const silent = original.code === 'tls.timeout';
  const said = original.code === 'tls.alert';
  switch (kind) {
    case 'neutral-name':
    case 'no-name':
      if (outcome === 'same') return against('tls.sni-filtered');
      // Another alert is the server's word about the other name. Silence may hide a large answer where a small one gets through.
      return outcome === 'answers' || (!silent && !said) ? proves('tls.sni-filtered') : nothing;
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
function told(trial: ExperimentObservation, outcome: Outcome): Fact | null {
  const [attempt] = trial.observation.attempts;
  if (attempt === undefined) return null;
  // Through a proxy the host that it was asked for stands where the address is known on the direct path.
  const asked = trial.does.action === 'through' && trial.does.asked !== trial.host ? trial.does.asked : null;
  const place = at(trial.observation, attempt);
  const where = { ...place, ...(asked === null ? {} : { host: trial.host, address: asked }), result: outcome };
  const { tls } = attempt;
  const bytes =
    tls.status === 'passed' ? tls.value.helloBytes : tls.status === 'failed' ? (tls.partial?.helloBytes ?? 0) : 0;
  const servername =
    trial.does.action === 'connect' || trial.does.action === 'through' ? (trial.does.servername ?? '') : '';
  switch (trial.kind) {
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
export function eliminate(problem: Problem, original: Failure, trials: readonly ExperimentObservation[]): Problem {
  const proven = new Set<CauseId>();
  const excluded = new Set<CauseId>();
  const same = new Set<string>();
  const evidence: { readonly fact: Fact; readonly telling: boolean }[] = [];
  for (const trial of trials) {
    const outcome = outcomeOf(original, trial);
    if (outcome === null) continue;
    const reading = read(trial, outcome, original);
    if (reading.proves !== null) proven.add(reading.proves);
    for (const cause of reading.against) excluded.add(cause);
    if (outcome === 'same') same.add(trial.kind);
    const line = told(trial, outcome);
    if (line !== null) evidence.push({ fact: line, telling: reading.proves !== null });
  }
  if (evidence.length === 0) return problem;
  if (same.has('tls-1.2') && same.has('tls-1.3')) excluded.add('tls.version-mismatch');
  const lines = [...evidence.filter(({ telling }) => telling), ...evidence.filter(({ telling }) => !telling)];
  const told_ = lines.map((line) => line.fact);
  const [first, ...rest] = problem.evidence.filter(({ code }) => code !== 'experiment');
  const known = first === undefined ? told_ : [first, ...told_, ...rest];
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
      evidence: known,
    };
  }
  const alive = [problem.cause, ...problem.alternatives].filter((one) => !excluded.has(one));
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
      left === 'undetermined' ? [...known, ...problem.evidence.filter(({ code }) => code === 'experiment')] : known,
  };
}

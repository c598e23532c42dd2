/** What answers where a handshake failed without showing it, as experiments saw it on connections of their own. */
import type { Attempt, ExperimentObservation, Observation, TlsValue } from '../../model/observations.ts';
import { wayOf } from './failure-class.ts';
import type { Survey } from './survey.ts';

const bytesOf = ({ observation }: ExperimentObservation): string => {
  const tls = observation.attempts[0]?.tls;
  return tls?.status === 'failed' ? (tls.partial?.firstBytes ?? '') : '';
};

/** First bytes, base64, of what answered by this way elsewhere in the run. */
export const firstBytesElsewhere = (survey: Survey, attempt: Attempt): readonly string[] =>
  survey.experiments
    .byKind('first-bytes')
    .filter(({ observation }) => wayOf(observation.attempts[0]) === wayOf(attempt))
    .map(bytesOf)
    .filter((bytes) => bytes !== '');

/** What a failed handshake showed, with the first bytes that an experiment at the same place got. */
export function withFirstBytes(
  survey: Survey,
  { host, port }: Observation,
  attempt: Attempt,
  partial: Partial<TlsValue> | null,
): Partial<TlsValue> | null {
  const trial = survey.experiments
    .at(host, port, wayOf(attempt))
    .find(({ kind, observation }) => kind === 'first-bytes' && observation.attempts[0]?.address === attempt.address);
  const firstBytes = trial === undefined ? '' : bytesOf(trial);
  return firstBytes === '' ? partial : { ...partial, firstBytes };
}

/** First bytes, base64, of what answers at the proxy itself; null where nobody asked. */
export function firstBytesOfProxy(survey: Survey, address: string | null, port: number): string | null {
  const trial = survey.experiments
    .byKind('first-bytes')
    .find(({ does }) => does.action === 'connect' && does.address === address && does.port === port);
  return trial === undefined ? null : bytesOf(trial);
}

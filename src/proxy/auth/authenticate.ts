import { randomBytes } from 'node:crypto';
import { harmless } from '../../harmless.ts';
import type { Credentials } from '../credentials.ts';
import { basicHeader } from './basic.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import { chooseDigest, type DigestChallenge, digestHeader } from './digest.ts';
import { createNegotiator, type Negotiator, type TicketProblem } from './negotiate.ts';
import { authenticateMessage, fileTime, negotiateMessage, parseChallengeMessage, splitAccount } from './ntlm.ts';

export type AuthScheme = 'negotiate' | 'digest' | 'ntlm' | 'basic';

/**
 * The order of `auto`, curl's: a ticket shows the proxy nothing that can be used elsewhere; Digest binds its answer to
 * realm, method and target; an NTLM answer can be relayed to another server; Basic is the password itself.
 */
const preference: readonly AuthScheme[] = ['negotiate', 'digest', 'ntlm', 'basic'];

export type GiveUpReason =
  | 'disabled' // `--proxy-auth none`
  | 'no-challenge' // 407 without a Proxy-Authenticate that can be read
  | 'unsupported' // none of the offered schemes is known, or the one asked for is not offered
  | 'no-credentials' // nothing is held that an offered scheme could use
  | 'ticket' // Negotiate is all that is left, and no ticket could be sent; `detail` says why
  | 'account-unusable' // the account can't be written in the scheme (a colon in a Basic user name)
  | 'no-continuation' // the proxy did not go on with the dialogue on this connection
  | 'malformed-challenge' // the proxy's message can't be read
  | 'rejected'; // the proxy read the answer and says no

export interface AuthHeader {
  readonly kind: 'header';
  /** Value of `Proxy-Authorization`, a Latin-1 string: a secret, never to be stored. */
  readonly header: string;
  readonly scheme: AuthScheme;
  /** Which answer of this scheme it is, from 1. */
  readonly leg: number;
  /** The proxy authenticates the connection: on another one the dialogue starts anew, so there is none to go on with. */
  readonly sameConnection: boolean;
}

export interface AuthGiveUp {
  readonly kind: 'give-up';
  readonly reason: GiveUpReason;
  /** The scheme that failed; null if none was tried. */
  readonly scheme: AuthScheme | null;
  /** Answers that were sent in that scheme. */
  readonly leg: number;
  readonly detail: TicketProblem | string | null;
  /** Schemes that the proxy offered, lower case, in its order, made harmless. */
  readonly offered: readonly string[];
  readonly tried: readonly AuthScheme[];
  /** Offered schemes that were passed over, and why. */
  readonly skipped: readonly { readonly scheme: AuthScheme; readonly why: string }[];
}

export interface AuthenticatorOptions {
  readonly scheme: 'auto' | AuthScheme | 'none';
  readonly credentials: Credentials | null;
  /** As configured: names the service of the ticket. */
  readonly proxyHost: string;
  readonly loadKerberos: () => Promise<unknown>;
  /** `process.platform`. */
  readonly platform: string;
  /** For one step of the Kerberos library, in milliseconds. */
  readonly kerberosTimeoutMs: number;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly wall: () => number;
  /** Random bytes; only tests give their own. */
  readonly random?: (size: number) => Buffer;
}

/** What a scheme has to know of the request that it is for. */
interface AuthRequest {
  readonly method: string;
  readonly uri: string;
}

export interface Authenticator {
  /**
   * What to answer to a 407. `values`: its Proxy-Authenticate fields, one a line as received. Gives a header at most
   * as often as the schemes have legs, then gives up for good. Never rejects.
   */
  next(values: readonly string[], request: AuthRequest): Promise<AuthHeader | AuthGiveUp>;
}

/** One scheme under way. */
interface SchemeAttempt {
  readonly scheme: AuthScheme;
  leg: number;
  /** What the scheme answers next: a header value, or why there is none. */
  readonly answer: (challenges: readonly Challenge[], request: AuthRequest) => Promise<string | Refusal>;
}

interface Refusal {
  readonly reason: GiveUpReason;
  readonly detail: string | null;
}

const refusal = (reason: GiveUpReason, detail: string | null = null): Refusal => ({ reason, detail });

/** How much a refusal tells of why no scheme was left. */
function weight({ reason, detail }: Refusal): number {
  if (reason === 'ticket' && detail === 'not-available') return 0;
  return reason === 'no-credentials' ? 1 : 2;
}

/** The scheme's answers, or why it has none to give. */
function beginAttempt(scheme: AuthScheme, options: AuthenticatorOptions): SchemeAttempt | Refusal {
  const { credentials, random = randomBytes } = options;
  if (scheme === 'negotiate')
    return negotiateAttempt(
      createNegotiator({ ...options, load: options.loadKerberos, timeoutMs: options.kerberosTimeoutMs }),
    );
  if (credentials === null) return refusal('no-credentials');
  if (scheme === 'digest') return digestAttempt(credentials, random);
  if (scheme === 'ntlm') return ntlmAttempt(credentials, options, random);
  return basicAttempt(credentials);
}

/** Schemes that were offered, are wanted and were not used up, in order of preference. */
function schemesLeft(
  wanted: AuthenticatorOptions['scheme'],
  offered: readonly string[],
  usedUp: readonly AuthScheme[],
): readonly AuthScheme[] {
  return preference.filter(
    (scheme) => offered.includes(scheme) && (wanted === 'auto' || wanted === scheme) && !usedUp.includes(scheme),
  );
}

/** The next answer of a scheme, which begins where it was only named. The attempt is null where that was not possible. */
async function nextLeg(
  candidate: SchemeAttempt | AuthScheme,
  options: AuthenticatorOptions,
  challenges: readonly Challenge[],
  request: AuthRequest,
): Promise<
  | { readonly attempt: SchemeAttempt; readonly header: string }
  | { readonly attempt: SchemeAttempt | null; readonly refused: Refusal }
> {
  const attempt = typeof candidate === 'string' ? beginAttempt(candidate, options) : candidate;
  if ('reason' in attempt) return { attempt: null, refused: attempt };
  const answer = await attempt.answer(challenges, request);
  return typeof answer === 'string' ? { attempt, header: answer } : { attempt, refused: answer };
}

/** The header for the next leg. */
function headerOf(attempt: SchemeAttempt, header: string): AuthHeader {
  attempt.leg += 1;
  const { scheme, leg } = attempt;
  return { kind: 'header', header, scheme, leg, sameConnection: scheme === 'ntlm' || scheme === 'negotiate' };
}

/** One dialogue with one proxy for one connection. */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const offered: string[] = [];
  const tried: AuthScheme[] = [];
  const skipped: { scheme: AuthScheme; why: string }[] = [];
  let attempt: SchemeAttempt | null = null;
  let last: AuthGiveUp | null = null;

  const giveUp = ({ reason, detail }: Refusal, failed: SchemeAttempt | null): AuthGiveUp => {
    const { scheme = null, leg = 0 } = failed ?? {};
    last = { kind: 'give-up', reason, scheme, leg, detail, offered, tried, skipped };
    return last;
  };

  const candidates = (): readonly (SchemeAttempt | AuthScheme)[] => {
    const left = schemesLeft(options.scheme, offered, [...tried, ...skipped.map(({ scheme }) => scheme)]);
    return attempt === null ? left : [attempt, ...left];
  };

  /** The header that the first scheme gives which has one. */
  const nextHeader = async (
    challenges: readonly Challenge[],
    request: AuthRequest,
  ): Promise<AuthHeader | AuthGiveUp> => {
    let failure: Refusal | null = null;
    let failed: SchemeAttempt | null = null;
    for (const candidate of candidates()) {
      const scheme = typeof candidate === 'string' ? candidate : candidate.scheme;
      const leg = await nextLeg(candidate, options, challenges, request);
      if ('header' in leg) {
        if (!tried.includes(scheme)) tried.push(scheme);
        attempt = leg.attempt;
        return headerOf(leg.attempt, leg.header);
      }
      const { refused } = leg;
      if (!tried.includes(scheme)) skipped.push({ scheme, why: refused.detail ?? refused.reason });
      // What came first tells most: that a ticket was refused, not that no password stood behind it. But where tickets
      // can't be had here at all, an account is what is missing.
      if (failure === null || weight(refused) > weight(failure)) {
        failure = refused;
        failed = leg.attempt;
      }
      attempt = null;
      // An account that was refused is not offered again in another scheme: that only locks it. A ticket is another identity.
      if (tried.includes(scheme) && scheme !== 'negotiate') break;
    }
    return giveUp(failure ?? refusal('unsupported'), failed);
  };

  return {
    next: async (values, request) => {
      if (last !== null) return last;
      const challenges = parseChallenges(values);
      for (const { scheme } of challenges) {
        const name = harmless(scheme, 40);
        if (!offered.includes(name)) offered.push(name);
      }
      if (options.scheme === 'none') return giveUp(refusal('disabled'), null);
      if (offered.length === 0) return giveUp(refusal('no-challenge'), null);
      return nextHeader(challenges, request);
    },
  };
}

function basicAttempt(credentials: Credentials): SchemeAttempt {
  const attempt: SchemeAttempt = {
    scheme: 'basic',
    leg: 0,
    answer: async () =>
      attempt.leg > 0
        ? refusal('rejected')
        : (basicHeader(credentials) ?? refusal('account-unusable', 'colon in the user name')),
  };
  return attempt;
}

/** Nonces that may have been too old before it counts as a refusal: an account is sent twice at most. */
const staleBound = 1;

function digestAttempt(credentials: Credentials, random: (size: number) => Buffer): SchemeAttempt {
  const attempt: SchemeAttempt = {
    scheme: 'digest',
    leg: 0,
    answer: async (challenges, { method, uri }) => {
      const challenge: DigestChallenge | null = chooseDigest(challenges);
      if (attempt.leg > 0 && (challenge === null || !challenge.stale || attempt.leg > staleBound))
        return refusal('rejected');
      if (challenge === null) return refusal('unsupported', 'no known Digest algorithm');
      return digestHeader(challenge, credentials, { method, uri, count: 1, cnonce: random(16).toString('hex') });
    },
  };
  return attempt;
}

function ntlmAttempt(
  credentials: Credentials,
  { proxyHost, wall }: Pick<AuthenticatorOptions, 'proxyHost' | 'wall'>,
  random: (size: number) => Buffer,
): SchemeAttempt {
  const negotiate = negotiateMessage();
  const attempt: SchemeAttempt = {
    scheme: 'ntlm',
    leg: 0,
    answer: async (challenges) => {
      if (attempt.leg === 0) return `NTLM ${negotiate.toString('base64')}`;
      if (attempt.leg > 1) return refusal('rejected');
      const token = challenges.find(({ scheme, token: text }) => scheme === 'ntlm' && text !== null)?.token;
      if (token === undefined || token === null) return refusal('no-continuation');
      const challenge = parseChallengeMessage(Buffer.from(token, 'base64'));
      if (challenge === null) return refusal('malformed-challenge');
      const message = authenticateMessage(negotiate, challenge, {
        account: splitAccount(credentials.user),
        password: credentials.password.reveal(),
        clientChallenge: random(8),
        time: fileTime(wall()),
        spn: `HTTP/${proxyHost}`,
        workstation: '',
      });
      return message === null ? refusal('malformed-challenge', 'no Unicode') : `NTLM ${message.toString('base64')}`;
    },
  };
  return attempt;
}

/** Answers that one Kerberos dialogue may take. */
const negotiateBound = 5;

function negotiateAttempt(negotiator: Negotiator): SchemeAttempt {
  const attempt: SchemeAttempt = {
    scheme: 'negotiate',
    leg: 0,
    answer: async (challenges) => {
      const token =
        challenges.find(({ scheme, token: text }) => scheme === 'negotiate' && text !== null)?.token ?? null;
      if (attempt.leg >= negotiateBound) return refusal('rejected');
      const step = await negotiator.next(attempt.leg === 0 ? null : token);
      if ('token' in step) return `Negotiate ${step.token}`;
      return step.problem === 'rejected' ? refusal('rejected', step.detail) : refusal('ticket', step.problem);
    },
  };
  return attempt;
}

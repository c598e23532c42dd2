import { groupedBy } from '../grouped.ts';
import { type CauseId, causes } from '../model/causes.ts';
import type { Check, Fact, RootCause } from '../model/diagnosis.ts';
import type { RootState } from '../model/trust.ts';
import { contentChecks, objectChecks } from './content-checks.ts';
import { edgeChecks } from './edge-checks.ts';
import { fact, sample } from './evidence.ts';
import type { RunContext } from './judge/context.ts';
import { proxyChecks } from './proxy-checks.ts';
import { namingChecks } from './rules/naming.ts';
import { fetchedFrom } from './rules/revocation.ts';
import { wrongClock } from './rules/run-wide.ts';

interface Checked {
  readonly check: Check;
  /** A root cause of this machine that no target needs to show. */
  readonly rootCause: RootCause | null;
}

const check = (id: string, verdict: Check['verdict'], detail: Fact, cause: CauseId | null = null): Check => ({
  id,
  verdict,
  cause,
  detail,
});

const alone = (cause: CauseId, severity: RootCause['severity'], evidence: Fact, root: RootState): RootCause => ({
  cause,
  severity: causes[cause].atLeast ?? severity,
  confidence: 'high',
  targets: [],
  shared: { attribute: 'root', value: root.name },
  evidence: [evidence],
  alternatives: [],
});

/**
 * One root of interest: is it in the machine store, and does a captured chain end there. Of a retired root neither
 * absence nor expiry says anything.
 */
function rootCheck({ survey }: RunContext, root: RootState): Checked {
  const { name, sha256, notAfter, usedBy, role } = root;
  const id = `root-certificate.${root.id}`;
  const args = { name, sha256, notAfter, usedBy };
  const pass = (detail: Fact): Checked => ({ check: check(id, 'pass', detail), rootCause: null });
  const fault = (
    verdict: 'warn' | 'fail',
    cause: CauseId,
    detail: Fact,
    severity: RootCause['severity'] | null,
  ): Checked => ({
    check: check(id, verdict, detail, cause),
    rootCause: severity === null ? null : alone(cause, severity, detail, root),
  });
  const required = role === 'required';
  switch (root.state) {
    case 'present':
      return pass(fact('check.root-present', args));
    case 'absent':
      if (role === 'retired') return pass(fact('check.root-absent-retired', args));
      if (survey.observations.environment.rootAutoUpdate === 'on')
        return pass(fact('check.root-absent-automatic', args));
      if (!required && usedBy === 0) return pass(fact('check.root-absent-unneeded', args));
      return fault('warn', 'local.root-missing', fact('check.root-absent', args), required ? 'warning' : null);
    case 'expired': {
      if (role === 'retired') return pass(fact('check.root-expired-retired', args));
      const detail = fact('check.root-expired', args);
      if (wrongClock(survey) !== null) return fault('warn', 'local.clock-skew', detail, null);
      return fault('warn', 'local.root-expired', detail, required ? 'warning' : null);
    }
    case 'corrupt': {
      const detail = fact('check.root-corrupt', { ...args, found: root.found ?? '' });
      return role === 'retired'
        ? fault('warn', 'local.root-corrupt', detail, null)
        : fault('fail', 'local.root-corrupt', detail, 'warning');
    }
    case 'distrusted': {
      const detail = fact('check.root-distrusted', args);
      if (role === 'retired') return pass(detail);
      return required
        ? fault('fail', 'local.root-missing', detail, 'warning')
        : fault('warn', 'local.root-missing', detail, null);
    }
    case 'unknown':
      return { check: check(id, 'untested', fact('check.root-unknown', args)), rootCause: null };
  }
}

/** A machine store that can be read and holds nothing: every root is missing, which is said once. */
function emptyStore({ survey }: RunContext): Checked | null {
  const { trustStores, rootAutoUpdate } = survey.observations.environment;
  const machine = trustStores.find(({ name }) => name === 'machine');
  if (machine?.count !== 0 || rootAutoUpdate === 'on') return null;
  const detail = fact('check.store-empty', { store: machine.from });
  const cause = 'local.root-missing';
  const rootCause: RootCause = {
    cause,
    severity: 'warning',
    confidence: 'high',
    targets: [],
    shared: null,
    evidence: [detail],
    alternatives: [],
  };
  return { check: check('machine-store', 'warn', detail, cause), rootCause };
}

function clockCheck({ survey }: RunContext): Checked {
  const wrong = wrongClock(survey);
  const { offsetMs, hosts, wrongDates } = survey.clock;
  const seconds = (offsetMs ?? 0) / 1000;
  if (wrong !== null) {
    const detail =
      offsetMs === null
        ? fact('check.clock-suspect', { hosts: wrongDates.size })
        : fact('check.clock-wrong', { seconds, hosts });
    const { evidence, confidence } = wrong;
    const rootCause: RootCause = {
      cause: 'local.clock-skew',
      severity: 'warning',
      confidence,
      targets: [],
      shared: { attribute: 'clock', value: 'local' },
      evidence,
      alternatives: [],
    };
    return { check: check('clock', 'fail', detail, 'local.clock-skew'), rootCause };
  }
  // One host alone may itself be wrong.
  const measured = offsetMs !== null && Math.abs(offsetMs) <= 300_000;
  return {
    check: measured
      ? check('clock', 'pass', fact('check.clock-right', { seconds, hosts }))
      : check('clock', 'untested', fact('check.clock-untested', {})),
    rootCause: null,
  };
}

function networkCheck({ survey }: RunContext): Check {
  const { families } = survey.observations.environment;
  const up = families.filter(({ addresses }) => addresses.length > 0);
  if (up.length === 0) return check('network', 'fail', fact('check.network-none', {}), 'local.no-network');
  const text = up.map(({ family, addresses }) => `IPv${family} ${sample(addresses, 2)}`).join('; ');
  if (up.every(({ defaultRoute }) => defaultRoute === false)) {
    const detail = fact('check.network-no-route', { families: text });
    // A network of its own, without a way out, is as meant where something there answers.
    return survey.connected.size > 0
      ? check('network', 'pass', detail)
      : check('network', 'warn', detail, 'local.no-network');
  }
  return check('network', 'pass', fact('check.network-families', { families: text }));
}

function resolverCheck(context: RunContext, causesFound: ReadonlySet<CauseId>): Check {
  const { names, observations } = context.survey;
  const configured =
    observations.plan.dnsServers.length > 0 ? observations.plan.dnsServers : observations.environment.resolvers;
  const servers = sample(names.servers.length > 0 ? names.servers : configured);
  if (causesFound.has('dns.internal-only')) {
    return check('resolver', 'warn', fact('check.resolver-internal', { servers }), 'dns.internal-only');
  }
  if (names.answering.length > 0) {
    return check('resolver', 'pass', fact('check.resolver-answers', { servers: sample(names.answering) }));
  }
  if (names.failed.size > 0) {
    const detail =
      configured.length === 0 ? fact('check.resolver-none', {}) : fact('check.resolver-silent', { servers });
    return check('resolver', 'fail', detail, 'dns.no-resolver');
  }
  return check('resolver', 'untested', fact('check.resolver-untested', { servers }));
}

function revocationCheck({ survey }: RunContext): Check {
  const fetches = survey.observations.revocation;
  const ends = fetches.map((fetch) => fetchedFrom(survey, fetch)).filter(({ kind }) => kind !== 'untested');
  const revoked = new Set(
    fetches.flatMap(({ statuses }) =>
      statuses.filter(({ status }) => status === 'revoked').map(({ certificate }) => certificate),
    ),
  );
  if (revoked.size > 0) {
    return check('revocation', 'fail', fact('check.revocation-revoked', { certificates: revoked.size }), 'tls.revoked');
  }
  if (ends.length === 0) return check('revocation', 'untested', fact('check.revocation-untested', {}));
  const failed = ends.filter(({ kind }) => kind === 'failed').length;
  return failed === 0
    ? check('revocation', 'pass', fact('check.revocation-good', { addresses: ends.length }))
    : check(
        'revocation',
        'warn',
        fact('check.revocation-partly', { failed, addresses: ends.length }),
        'tls.revocation-unreachable',
      );
}

/** What failed in this run and is no finding: too much at once, or once. */
function passingTroubles({ survey }: RunContext): readonly Check[] {
  const { repeats, shares } = survey;
  const hosts = [...repeats.slowed].sort();
  const limited = fact('check.pace-limited', { failed: hosts.length, sample: sample(hosts) });
  const once = shares.once.map(({ what, tried }) =>
    check('steadiness', 'pass', fact('check.steadiness-once', { what, tried })),
  );
  return [...(hosts.length === 0 ? [] : [check('pace', 'warn', limited)]), ...once.slice(0, 1)];
}

/** Root causes of one kind and severity as one, with the evidence of each. */
function together(rootCauses: readonly RootCause[]): readonly RootCause[] {
  return [...groupedBy(rootCauses, ({ cause, severity }) => `${cause} ${severity}`).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length === 1) return group;
    return [{ ...first, shared: null, evidence: group.flatMap(({ evidence }) => evidence) }];
  });
}

/** Checks of this machine in a fixed order, and the root causes that only they show. */
export function localChecks(
  context: RunContext,
  shownCauses: readonly RootCause[],
): { readonly checks: readonly Check[]; readonly rootCauses: readonly RootCause[] } {
  const { environment } = context.survey.observations;
  const shown = new Set(shownCauses.map(({ cause }) => cause));
  const clock = clockCheck(context);
  const empty = emptyStore(context);
  const roots = environment.roots.map((root) => rootCheck(context, root));
  const ofStore = empty === null ? roots : [empty];
  const rootCauses = [clock, ...ofStore]
    .flatMap(({ rootCause }) => rootCause ?? [])
    // A chain that needs the root, or a certificate that looks out of date, already shows it.
    .filter(({ cause, shared }) =>
      shared?.attribute === 'root' ? !needed(shownCauses, cause, shared.value) : !shown.has(cause),
    );
  return {
    checks: [
      networkCheck(context),
      resolverCheck(context, shown),
      ...namingChecks(context.survey),
      ...passingTroubles(context),
      clock.check,
      revocationCheck(context),
      ...proxyChecks(context.survey),
      ...edgeChecks(context.survey),
      ...contentChecks(context.survey),
      ...objectChecks(context.survey),
      ...(empty === null ? [] : [empty.check]),
      ...roots.map((rootState) => rootState.check),
    ],
    rootCauses: together(rootCauses),
  };
}

/** Whether a root cause of a chain is about the root of this name. */
function needed(rootCauses: readonly RootCause[], cause: CauseId, name: string): boolean {
  return rootCauses.some(
    (rootCause) => rootCause.cause === cause && rootCause.shared?.value.includes(`CN=${name}`) === true,
  );
}

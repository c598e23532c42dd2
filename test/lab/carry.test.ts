/** A check that is carried says what a direct one says: a sealed namespace, a connected one, and a file between them. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { ensureBuilt } from '../cli/program.ts';
import { holdInvariants } from '../report/invariants.ts';
import { loadScenarios } from './load.ts';
import { labRequirements, whyNot } from './requirements.ts';
import { PROGRAM } from './run.ts';
import { runLab } from './sealed.ts';

const requirements = labRequirements();
const scenarios = await loadScenarios();

/** Where the sealed machine has other roots than the connected one: the lab's public ones alone. */
const otherStore = 'mount --bind "$roots" /etc/ssl/certs/ca-certificates.crt';

/**
 * On the client: the check itself; then, in a namespace without any network, the request; on the client what it asks for; and
 * without a network again what came of it. Separate state folders, and nothing between the two but the files.
 */
const script = (otherRoots: boolean): string => `
set -u
program=$1; catalog=$2; roots=$3; connecting=$4; shift 4
wayclear() { "${process.execPath}" "$program" "$@"; }
sealed() {
  unshare --net --mount sh -c 'roots=$1; shift; ${otherRoots ? `${otherStore};` : ''} [ "$(grep -c : /proc/net/dev)" = 1 ] || exit 9; exec "$@"' sealed "$roots" "${process.execPath}" "$program" "$@"
}
patience="--timeout 5s --deadline 100s"
wayclear check "$@" $connecting --no-bundled --catalog "$catalog" --format json=direct.json --fail-on never $patience || exit 10
sealed carry prepare "$@" --no-bundled --catalog "$catalog" --out request.txt --state sealed --json > prepared.json || exit 11
wayclear carry connect request.txt --out result.txt --state connected $connecting --json $patience > connected.json || exit 12
key=$(sed -n 's/.*"fingerprint": "\\([0-9a-f]*\\)".*/\\1/p' connected.json)
sealed carry import result.txt --state sealed --trust "$key" --format json=imported.json --quiet --fail-on never || exit 13
cat direct.json; echo; printf '\\036'; cat imported.json
`;

interface Both {
  readonly direct: Report;
  readonly imported: Report;
}

async function both(name: string, connecting = '', otherRoots = false): Promise<Both> {
  const scenario = scenarios.find((row) => row.name === name);
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  const what = (scenario.args ?? []).filter((word) => /^[a-z-]+$/.test(word) && !word.startsWith('--'));
  const args = [PROGRAM, '@CATALOG@', '@ROOTS@', connecting, ...what];
  const { commands } = await runLab({ scenario, commands: [['sh', '-c', script(otherRoots), 'carry', ...args]] });
  const [run] = commands;
  if (run?.status !== 0) throw new Error(`status ${run?.status}: ${run?.stderr}`);
  const [direct, imported] = run.stdout.split('\u001e').map((text) => JSON.parse(text) as Report);
  if (direct === undefined || imported === undefined) throw new Error('no two reports');
  holdInvariants(imported);
  return { direct, imported };
}

const causesOf = ({ rootCauses }: Report): unknown =>
  rootCauses.map(({ cause, severity, targets, shared }) => ({ cause, severity, targets: [...targets].sort(), shared }));
const verdictsOf = ({ targets }: Report): unknown => targets.map(({ id, verdict }) => [id, verdict]);

describe('a check that is carried', { timeout: 320_000 }, () => {
  beforeAll(ensureBuilt);

  it.each([
    ['healthy', ''],
    ['dns-no-resolver', ''],
    ['dns-not-found-one-host', ''],
    ['tcp-dropped-one-host', ''],
    ['tcp-partly-blocked', ''],
    ['tls-inspection-trusted', ''],
    ['tls-missing-intermediate', ''],
    ['tls-expired-one-host', ''],
    ['tls-revoked', ''],
    ['tls-untrusted-issuer', ''],
    ['http-block-page', ''],
    ['local-root-missing', ''],
    ['proxy-denied', '--proxy http://proxy.corp.example:3128'],
    ['proxy-unreachable', '--proxy http://proxy.corp.example:3128'],
    ['proxy-auth-required', '--proxy http://proxy.corp.example:3128'],
  ])('has the same root causes, verdicts and status as a direct one: %s', async (name, connecting) => {
    const scenario = scenarios.find((row) => row.name === name);
    const missing = scenario === undefined ? 'no such scenario' : whyNot(scenario.faults, requirements);
    if (missing !== null) {
      expect(missing, 'under CI nothing may be skipped').toSatisfy(() => process.env['CI'] !== 'true');
      return;
    }
    const { direct, imported } = await both(name, connecting);
    expect(causesOf(imported)).toEqual(causesOf(direct));
    expect(verdictsOf(imported)).toEqual(verdictsOf(direct));
    expect(imported.status).toEqual(direct.status);
    expect(imported.environment.roots).toEqual(direct.environment.roots);
  });

  it('is judged by the roots of the sealed machine, whatever the connected one trusts', async () => {
    const { direct, imported } = await both('tls-inspection-trusted', '', true);
    const causes = ({ rootCauses }: Report): unknown => rootCauses.map(({ cause }) => cause);
    expect(causes(direct)).toEqual(['tls.inspection']);
    expect(causes(imported)).toContain('tls.inspection');
    expect(direct.summary.unreachable).toBe(0);
    expect(imported.summary.unreachable).toBe(direct.summary.degraded);
  });
});

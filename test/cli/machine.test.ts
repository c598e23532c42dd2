import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { networkPart } from '../../src/addresses.ts';
import { anonymousEnvironment, anonymousObservations, readMachine } from '../../src/cli/machine.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Environment } from '../../src/model/observations.ts';
import { observation, observations, target } from '../report/fixtures.ts';

const seen = observations([target('a/b', 'host.example.com')], {
  probes: [observation(target('a/b', 'host.example.com'))],
});
const environment: Environment = {
  ...seen.environment,
  families: [
    { family: 4, addresses: ['192.0.2.10', '10.9.8.7'], defaultRoute: true },
    { family: 6, addresses: ['2001:db8:1:0:211:22ff:fe33:4455'], defaultRoute: true },
  ],
};

describe('the machine of a report', () => {
  it('has a name, an account and the addresses of its interfaces', () => {
    const machine = readMachine({ env: {}, platform: 'linux' }, environment);
    expect(machine.name).toBe(hostname());
    expect(machine.account).not.toBe('');
    expect(machine.addresses).toEqual(['192.0.2.10', '10.9.8.7', '2001:db8:1:0:211:22ff:fe33:4455']);
  });

  it('has an account with its domain on Windows, which for a service is the name of the machine', () => {
    const env = { USERDOMAIN: 'CORP', USERNAME: 'SERVER01$' };
    expect(readMachine({ env, platform: 'win32' }, environment).account).toBe('CORP\\SERVER01$');
  });
});

describe('an anonymous report', () => {
  it.each([
    ['192.0.2.10', '192.0.2.0'],
    ['2001:db8:1:0:211:22ff:fe33:4455', '2001:db8:1::'],
    ['fd00::1', 'fd00::'],
    ['no address', ''],
  ])('keeps of %s its network %s alone', (address, network) => {
    expect(networkPart(address)).toBe(network);
  });

  it('holds no address of the machine, anywhere', () => {
    const text = JSON.stringify(anonymousObservations({ ...seen, environment }));
    for (const address of ['192.0.2.10', '10.9.8.7', 'fe33:4455']) expect(text).not.toContain(`${address}"`);
    expect(text).toContain('"localAddress":"192.0.2.0"');
    expect(anonymousEnvironment(environment).families.map(({ addresses }) => addresses.length)).toEqual([2, 1]);
  });

  it('is judged as it would be otherwise', () => {
    const { targets, rootCauses, status } = diagnose({ ...seen, environment });
    expect(diagnose(anonymousObservations({ ...seen, environment }))).toMatchObject({ targets, rootCauses, status });
  });
});

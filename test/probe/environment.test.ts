import { describe, expect, it } from 'vitest';
import { familyFacts, hasDefaultRoute4, hasDefaultRoute6 } from '../../src/probe/environment.ts';

const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n';
const zero = '0'.repeat(32);

describe('routes of the machine', () => {
  it.each([
    ['a default route', `${head}eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n`, true],
    ['only the on-link net', `${head}eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n`, false],
    ['a rejecting default', `${head}*\t00000000\t00000000\t0201\t0\t0\t0\t00000000\t0\t0\t0\n`, false],
    ['half of the address space', `${head}tun0\t00000000\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0\n`, false],
    ['an empty table', head, false],
    ['nonsense', 'x\n\n\t\n', false],
  ])('IPv4: %s', (_name, text, expected) => {
    expect(hasDefaultRoute4(text)).toBe(expected);
  });

  it.each([
    [
      'a default route',
      `${zero} 00 ${zero} 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003 eth0\n`,
      true,
    ],
    [
      "the kernel's unreachable default",
      `${zero} 00 ${zero} 00 ${zero} ffffffff 00000001 00000000 00200200 lo\n`,
      false,
    ],
    [
      'no default',
      `fd000000000000000000000000000000 40 ${zero} 00 ${zero} 00000100 00000001 00000000 00000001 eth0\n`,
      false,
    ],
    ['an empty table', '', false],
  ])('IPv6: %s', (_name, text, expected) => {
    expect(hasDefaultRoute6(text)).toBe(expected);
  });

  it('names both families and leaves out loopback and link-local addresses', async () => {
    const facts = await familyFacts();
    expect(facts.map((entry) => entry.family)).toEqual([4, 6]);
    for (const address of facts.flatMap((entry) => entry.addresses)) {
      expect(address).not.toMatch(/^(127\.|::1$|fe80:)/i);
    }
  });
});

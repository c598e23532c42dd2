import { hostname, userInfo } from 'node:os';
import { networkPart } from '../addresses.ts';
import { harmless } from '../harmless.ts';
import type { Environment, Observations } from '../model/observations.ts';
import type { Machine } from '../model/report.ts';
import type { Io } from './io.ts';

/** Who measures: the machine's name, the account of this process, the addresses of its interfaces. No packet leaves. */
export function readMachine({ env, platform }: Pick<Io, 'env' | 'platform'>, environment: Environment): Machine {
  return {
    name: harmless(hostname(), 255),
    account: harmless(accountOf({ env, platform }), 255),
    addresses: environment.families.flatMap(({ addresses }) => addresses),
  };
}

/** On Windows with its domain; for a service account that is the name by which the network knows it (`DOMAIN\MACHINE$`). */
export function accountOf({ env, platform }: Pick<Io, 'env' | 'platform'>): string {
  const { USERDOMAIN: domain = '', USERNAME: name = '' } = env;
  if (platform === 'win32' && domain !== '' && name !== '') return `${domain}\\${name}`;
  try {
    return userInfo().username;
  } catch {
    // A container may run as a user that no file names.
    return `uid ${process.getuid?.() ?? ''}`.trimEnd();
  }
}

/** The environment without the addresses of this machine: of each its network alone stays, which judging needs. */
export function anonymousEnvironment(environment: Environment): Environment {
  const families = environment.families.map((facts) => ({ ...facts, addresses: facts.addresses.map(networkPart) }));
  return { ...environment, families };
}

/** The observations without the addresses of this machine, in the environment and in each connection. */
export function anonymousObservations(observations: Observations): Observations {
  const anonymous = withoutLocal(observations) as Observations;
  return { ...anonymous, environment: anonymousEnvironment(observations.environment) };
}

function withoutLocal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLocal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === 'localAddress' && typeof part === 'string' ? networkPart(part) : withoutLocal(part),
    ]),
  );
}

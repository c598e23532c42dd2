/**
 * The one gate of an offline machine: while it is shut, this process opens no connection, sends no datagram and asks no name
 * server, whichever library wants to. It stands where the runtime's own modules make them, so that no command can pass it by.
 * Pipes to programs of this machine stay open.
 */
import { Socket as Datagrams } from 'node:dgram';
import { Resolver } from 'node:dns';
import { Resolver as PromisingResolver } from 'node:dns/promises';
import { Socket } from 'node:net';
import { type Refusal, UsageError } from '../usage-error.ts';

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Methods = Record<string, Method>;

/** The path of a pipe of this machine is its first argument, or in it. */
function isPipe(first: unknown): boolean {
  const target: unknown = Array.isArray(first) ? first[0] : first;
  if (typeof target === 'string') return Number.isNaN(Number(target));
  return typeof target === 'object' && target !== null && 'path' in target && typeof target.path === 'string';
}

/** Shuts the gate; what it returns opens it again. `where`: what says that this machine is offline. */
export function sealNetwork(where: string | Refusal): () => void {
  const refusal = (): UsageError => new UsageError('mode.sealed', { where });
  const before: (() => void)[] = [];
  const replace = (owner: object, name: string, made: (original: Method) => Method): void => {
    const methods = owner as Methods;
    const original = methods[name];
    if (original === undefined) return;
    methods[name] = made(original);
    before.push(() => {
      methods[name] = original;
    });
  };
  replace(Socket.prototype, 'connect', (original) => {
    return function (this: unknown, ...args: unknown[]): unknown {
      if (isPipe(args[0])) return original.apply(this, args);
      const socket = this as Socket;
      // As a connection that fails: whoever waits for it hears of it where it expects to.
      process.nextTick(() => socket.destroy(refusal()));
      return socket;
    };
  });
  for (const name of ['send', 'connect']) {
    replace(Datagrams.prototype, name, () => {
      return function (this: unknown, ...args: unknown[]): void {
        const told = args.find((argument): argument is (error: Error) => void => typeof argument === 'function');
        process.nextTick(() => (told === undefined ? (this as Datagrams).emit('error', refusal()) : told(refusal())));
      };
    });
  }
  const questions = (owner: object): readonly string[] =>
    Object.getOwnPropertyNames(owner).filter((name) => /^(?:resolve|reverse)/.test(name));
  for (const name of questions(Resolver.prototype)) {
    replace(Resolver.prototype, name, () => (...args) => {
      const told = args.at(-1);
      process.nextTick(() => (typeof told === 'function' ? told(refusal()) : undefined));
    });
  }
  for (const name of questions(PromisingResolver.prototype)) {
    replace(PromisingResolver.prototype, name, () => async () => {
      throw refusal();
    });
  }
  return () => {
    for (const restore of before.splice(0).reverse()) restore();
  };
}

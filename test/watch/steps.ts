import type { Steps, Store } from '../../src/store/store.ts';

/** A store each question to which is a step that is told first, inside a transaction too. */
export function inSteps(store: Store, step: () => void): Store {
  const told = <T extends Steps>(steps: T): T =>
    new Proxy(steps, {
      get(target, name, receiver) {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value !== 'function') return value;
        return (...given: readonly unknown[]) => {
          step();
          if (name !== 'transaction') return value.apply(target, given);
          const [work] = given as [(inner: Steps) => Promise<unknown>];
          return value.call(target, (inner: Steps) => work(told(inner)));
        };
      },
    });
  return told(store);
}

import { describe, expect, it } from 'vitest';
import { saidWhyNot } from '../../src/cli/ways.ts';
import { languages } from '../../src/words/language.ts';
import { wordsOf } from '../../src/words/load.ts';

describe('why a notice did not arrive', () => {
  it.each(languages)('is said in the language of the watch: %s', (lang) => {
    const said = ['exit 3', 'signal SIGKILL', 'proxy-status 502', 'TimeoutError', 'ECONNREFUSED'].map((why) =>
      saidWhyNot(wordsOf(lang), why),
    );
    const english = ['it ended with 3', 'it was ended by SIGKILL', 'the proxy answers with status 502'];
    expect(said.filter((text) => english.includes(text))).toHaveLength(lang === 'en' ? 3 : 0);
    const accounts = ['account-refused 535', 'account-held', 'account-unasked'].map((why) =>
      saidWhyNot(wordsOf(lang), why),
    );
    expect(accounts.join()).toMatch(/535.*30|535.*half|535.*demi/s);
    expect(accounts.join()).not.toContain('account-');
    expect(said.join()).not.toMatch(/TimeoutError|ECONNREFUSED|proxy-status|exit 3/);
    expect(saidWhyNot(wordsOf(lang), 'EAUTH')).toBe('EAUTH');
    expect(saidWhyNot(wordsOf(lang), 'constructor x')).toBe('constructor x');
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { parseWays } from '../../src/cli/ways.ts';
import { createCommand } from '../../src/notify/command.ts';
import { createEventLog, eventLogScript } from '../../src/notify/event-log.ts';
import { createMail } from '../../src/notify/mail.ts';
import { createCredentialGuard } from '../../src/proxy/lockout.ts';
import { startMailServer } from './mail-server.ts';
import { incident, notice, outgoing } from './notices.ts';

const folder = mkdtempSync(join(tmpdir(), 'wayclear-ways-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const never = new AbortController().signal;

const ways = (...list: readonly object[]): string => JSON.stringify({ ways: list });
const read = (text: string, platform = 'linux') => parseWays(text, 'ways.json', platform);
const toOps = { server: 'smtp://mx.example.com', from: 'a@example.com', to: ['b@example.com'] };
const hook = { url: 'https://hooks.example.com/x' };

describe('the file of ways', () => {
  it('takes one way of each kind', () => {
    const text = ways(
      { name: 'ops', webhook: { ...hook, secretEnv: 'HOOK', body: { text: '{title}' } } },
      { name: 'mail', mail: { server: 'smtp://mx.example.com', from: 'a@example.com', to: ['b@example.com'] } },
      { name: 'siem', syslog: { server: 'tls://[2001:db8::1]:6514' } },
      { name: 'events', eventLog: {} },
      { name: 'script', command: { program: '/usr/local/bin/page' } },
    );
    expect(read(text, 'win32').map(({ name }) => name)).toEqual(['ops', 'mail', 'siem', 'events', 'script']);
  });

  it.each([
    ['{', 'ways.json: expected JSON'],
    [ways(), 'ways.json: /ways: expected at least 1 entries'],
    [ways({ name: 'a' }), 'ways.json: /ways/0: expected one of webhook, mail, syslog, eventLog and command'],
    [ways({ name: 'a', webhook: hook, command: { program: 'x' } }), '/ways/0: expected one of'],
    [ways({ name: 'a', webhook: { url: 'http://hooks.example.com/' } }), '/ways/0/webhook/url'],
    [ways({ name: 'a', webhook: { url: 'https://u:p@hooks.example.com/' } }), '/ways/0/webhook/url'],
    [ways({ name: 'a', syslog: { server: 'http://x' } }), '/ways/0/syslog/server'],
    [ways({ name: 'a', webhook: hook }, { name: 'a', webhook: hook }), '/ways/1/name'],
    [ways({ name: 'a', webhok: hook }), 'the unknown key "webhok"; did you mean "webhook"?'],
    [ways({ name: 'a', webhook: 7 }), 'ways.json: /ways/0/webhook: expected an object with url, got 7'],
    [ways({ name: 'a', webhook: { ...hook, body: { t: '{titel}' } } }), '{titel}'],
    [ways({ name: 'a', webhook: { ...hook, secretEnv: 'A', secretFile: 'b' } }), 'a: secretFile and secretEnv'],
    [ways({ name: 'a', eventLog: {} }), 'Windows'],
    [
      ways({ name: 'a', mail: { ...toOps, clearText: true, user: 'u', secretEnv: 'A' } }),
      'a: clearText is for smtp://',
    ],
    [ways({ name: 'a', mail: { ...toOps, server: 'smtps://mx.example.com', clearText: true } }), 'a: clearText is for'],
  ])('refuses %s in one line', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('never shows the address of a webhook that is wrong', () => {
    const url = 'http://hooks.example.com/T0/very-secret';
    for (const text of [
      ways({ name: 'a', webhook: { url } }),
      ways({ name: 'a', webhook: url }),
      JSON.stringify([url]),
    ])
      expect(() => read(text)).toThrow(
        expect.not.objectContaining({ message: expect.stringContaining('very-secret') }),
      );
  });
});

describe('a command', () => {
  it('gets the notice on its standard input, and its exit code counts', async () => {
    const file = join(folder, 'notice.json');
    const script = "process.stdin.pipe(require('fs').createWriteStream(process.argv[1]))";
    await createCommand('x', process.execPath, ['-e', script, file]).send(outgoing(), never);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(notice());
    const failing = createCommand('x', process.execPath, ['-e', 'process.exit(3)']);
    await expect(failing.send(outgoing(), never)).rejects.toMatchObject({ message: 'exit 3' });
    await expect(createCommand('x', join(folder, 'none'), []).send(outgoing(), never)).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  it('is ended when its time is over', async () => {
    writeFileSync(join(folder, 'sleep.js'), 'setInterval(() => {}, 1000)');
    const hanging = createCommand('x', process.execPath, [join(folder, 'sleep.js')]);
    await expect(hanging.send(outgoing(), AbortSignal.timeout(300))).rejects.toMatchObject({
      message: 'signal SIGKILL',
    });
  });
});

describe('an entry of the event log', () => {
  it("has the role's id and type, and holds no text that PowerShell could read", () => {
    const title = "x'); Remove-Item C:\\ -Recurse; ('";
    const script = eventLogScript(outgoing({}, title), 'wayclear');
    expect(script).toContain('-EventId 11412 -EntryType Error');
    expect(script).not.toContain('Remove-Item');
    const [, encoded = ''] = /-Message \(.*FromBase64String\('([^']+)'\)/.exec(script) ?? [];
    expect(Buffer.from(encoded, 'base64').toString()).toContain(title);
    expect(eventLogScript(outgoing({ kind: 'closed' }), 'wayclear')).toContain('-EventId 11410 -EntryType Information');
    const warning = { incident: { ...incident, severity: 'warning' as const } };
    expect(eventLogScript(outgoing(warning), 'wayclear')).toContain('-EventId 11411 -EntryType Warning');
  });

  it('is lines that are each a whole statement, the last of which fails: a block that was left open is no success', () => {
    const script = eventLogScript(outgoing({}, 'two\nlines { and ( more'), 'wayclear');
    const lines = script.split('\n');
    expect(lines).toEqual([expect.stringMatching(/^try \{.*; exit 0 \} catch \{ exit 1 \}$/), 'exit 1', '']);
    for (const line of lines)
      for (const pair of ['{}', '()'])
        expect(line.split(pair[0] ?? '').length, line).toBe(line.split(pair[1] ?? '').length);
  });

  it.skipIf(process.platform === 'win32')(
    'goes to the standard input of PowerShell, whose exit code counts',
    async () => {
      // On a system without backslashes in paths the program is one name, looked for in PATH.
      const name = 'D:\\Win\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
      const fake = (status: number): void =>
        writeFileSync(
          join(folder, name),
          `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/args'\ncat > '${folder}/stdin'\nexit ${status}\n`,
          {
            mode: 0o755,
          },
        );
      vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
      const events = createEventLog('events', 'wayclear', { SystemRoot: 'D:\\Win' });
      fake(0);
      await events.send(outgoing(), never);
      expect(readFileSync(join(folder, 'stdin'), 'utf8')).toBe(eventLogScript(outgoing(), 'wayclear'));
      expect(readFileSync(join(folder, 'args'), 'utf8')).toBe(
        '-NoProfile\n-NonInteractive\n-ExecutionPolicy\nBypass\n-Command\n-\n',
      );
      fake(1);
      await expect(events.send(outgoing(), never)).rejects.toMatchObject({ message: 'exit 1' });
      vi.unstubAllEnvs();
    },
  );
});

const mailTo = (port: number, account: { user: string; pass: string } | null = null, clear = true) =>
  createMail({
    ...{ name: 'mail', server: new URL(`smtp://127.0.0.1:${port}`), from: 'wayclear@example.com' },
    ...{ to: ['ops@example.com'], account, guard: createCredentialGuard(), ca: undefined, clear },
  });

describe('mail', () => {
  it('says what happened, and cannot be given further recipients or headers', async () => {
    const { lines, port, close } = await startMailServer();
    await mailTo(port).send(outgoing({}, 'x\r\nBcc: all@example.com'), never);
    expect(lines.filter((line) => line.startsWith('RCPT'))).toEqual(['RCPT TO:<ops@example.com>']);
    expect(lines.some((line) => line.startsWith('Bcc'))).toBe(false);
    expect(lines).toContain('Auto-Submitted: auto-generated');
    // RFC 5322 section 3.3.
    expect(lines).toContain('Date: Mon, 30 Nov 2026 08:01:00 +0000');
    expect(lines.join('\n')).toContain('Affected: manage.example.com:443');
    close();
  });

  it('goes to no server that offers no TLS, unless somebody said that it may', async () => {
    const { lines, port, close } = await startMailServer({ STARTTLS: '502 no' });
    await expect(mailTo(port, null, false).send(outgoing(), never)).rejects.toMatchObject({ name: 'Undelivered' });
    expect(lines.filter((line) => /^(?:MAIL|RCPT|DATA)/.test(line))).toEqual([]);
    await mailTo(port).send(outgoing(), never);
    expect(lines.filter((line) => line.startsWith('RCPT'))).toHaveLength(1);
    close();
  });

  it('is plain text and HTML, in which text from outside is text', async () => {
    const { lines, port, close } = await startMailServer();
    const evil = '<img src="https://evil.example/x">';
    await mailTo(port).send({ ...outgoing(), title: evil, lines: [evil, 'a & b'] }, never);
    const text = lines.join('\n').replace(/=\n/g, '').replaceAll('=3D', '=');
    expect(text).toMatch(/Content-Type: multipart\/alternative/);
    expect(text).toMatch(/Content-Type: text\/plain[^<]*<img src="https:\/\/evil/);
    const page = text.slice(text.indexOf('<!doctype html>'));
    expect(page).toContain('&#60;img src=&#34;https://evil.example/x&#34;&#62;');
    expect(page).toContain('a &#38; b');
    expect(page).not.toContain('<img');
    close();
  });

  it('says the status where the server refuses, and sends no account in clear', async () => {
    const refusing = await startMailServer({ RCPT: '550 5.1.1 no such user' });
    await expect(mailTo(refusing.port).send(outgoing(), never)).rejects.toMatchObject({ message: 'status 550' });
    refusing.close();
    const clear = await startMailServer({ STARTTLS: '502 no' });
    await expect(mailTo(clear.port, { user: 'u', pass: 'p' }).send(outgoing(), never)).rejects.toMatchObject({
      name: 'Undelivered',
    });
    expect(clear.lines.some((line) => line.startsWith('AUTH'))).toBe(false);
    clear.close();
  });
});

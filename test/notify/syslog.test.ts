import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type LookupFunction } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { createSyslog, cutTo, syslogMessage } from '../../src/notify/syslog.ts';
import { incident, outgoing } from './notices.ts';

const lookup: LookupFunction = (_host, { all }, done) =>
  all === true ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
const never = new AbortController().signal;
const to = (server: string, ca?: string) => createSyslog({ name: 'siem', server: new URL(server), lookup, ca, pid: 7 });

describe('syslog', () => {
  it('has the head of RFC 5424, and its severity by the notice', () => {
    expect(syslogMessage(outgoing(), 7)).toBe(
      '<26>1 2026-11-30T08:01:00Z SCP01 wayclear 7 opened [wayclear@32473 cause="tls.inspection" probe="SCP01" messageId="11412" notice="4d1e2f3a-1"] wayclear SCP01: opened | TLS is inspected | Affected: manage.example.com:443',
    );
    expect(syslogMessage(outgoing({ kind: 'closed' }), 7)).toMatch(/^<29>1 /);
    expect(syslogMessage(outgoing({ incident: { ...incident, severity: 'warning' } }), 7)).toMatch(/^<28>1 /);
  });

  it('carries cause, machine, message id and notice as structured data, escaped by the rules of section 6.3.3', () => {
    const machine = { name: 'a"b]c\\d\n=é', account: '', addresses: [] };
    const element = (message: string): string => /^<\d+>1 (?:\S+ ){5}(\[(?:[^\]\\]|\\.)*\]) /.exec(message)?.[1] ?? '';
    expect(element(syslogMessage(outgoing({ machine, kind: 'closed' }), 7))).toBe(
      '[wayclear@32473 cause="tls.inspection" probe="a\\"b\\]c\\\\d =é" messageId="11410" notice="4d1e2f3a-1"]',
    );
    expect(element(syslogMessage(outgoing({ machine: null, incident: null, kind: 'silent' }), 7))).toBe(
      '[wayclear@32473 messageId="11411" notice="4d1e2f3a-1"]',
    );
    const long = { name: '"'.repeat(9000), account: '', addresses: [] };
    expect(cutTo(syslogMessage(outgoing({ machine: long }), 7), 2048).toString()).toContain('] wayclear SCP01');
  });

  it('holds no line that somebody else wrote', () => {
    const machine = { name: 'a b\n<0>1 x', account: '', addresses: [] };
    const message = syslogMessage({ ...outgoing({ machine }), title: 'x\n<0>1 forged\u0000' }, 7);
    expect(message).not.toMatch(/\p{Cc}/u);
    expect(message).toMatch(/^<26>1 \S+ ab<0>1x wayclear /);
  });

  it('is cut between characters where a datagram takes no more', () => {
    const cut = cutTo('é'.repeat(2000), 2048).toString('utf8');
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(2048);
    expect(cut).toMatch(/^é+…$/);
  });

  it.each(['siem.example.com', '127.0.0.1'])('goes out as a datagram to %s', async (host) => {
    const socket = createSocket('udp4');
    await new Promise<void>((done) => {
      socket.bind(0, '127.0.0.1', done);
    });
    const received = once(socket, 'message');
    const asked: string[] = [];
    const counting: LookupFunction = (name, ...rest) => {
      asked.push(name);
      lookup(name, ...rest);
    };
    const server = new URL(`udp://${host}:${socket.address().port}`);
    await createSyslog({ name: 'siem', server, lookup: counting, ca: undefined, pid: 7 }).send(outgoing(), never);
    const [message] = (await received) as [Buffer];
    expect(message.toString()).toBe(syslogMessage(outgoing(), 7));
    expect(asked).toEqual(host === '127.0.0.1' ? [] : [host]);
    socket.close();
  });

  it('counts its octets over TCP and TLS, and checks who is there', async () => {
    const authority = createAuthority({ name: 'Log' });
    const { keyPem: key, chainPem: cert } = issueCertificate(authority, { dnsNames: ['siem.example.com'] });
    for (const protocol of ['tcp', 'tls']) {
      let text = '';
      const take = (socket: NodeJS.ReadableStream): void => {
        socket.on('data', (part: Buffer) => {
          text += part.toString();
        });
        socket.on('error', () => {});
      };
      const server = protocol === 'tcp' ? createServer(take) : createTlsServer({ key, cert }, take);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = `${protocol}://siem.example.com:${(server.address() as AddressInfo).port}`;
      await to(address, authority.pem).send(outgoing(), never);
      const message = syslogMessage(outgoing(), 7);
      expect(text).toBe(`${Buffer.byteLength(message)} ${message}`);
      if (protocol === 'tls') await expect(to(address).send(outgoing(), never)).rejects.toThrow();
      server.close();
    }
  });

  it('says so where nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    await expect(to(`tcp://siem.example.com:${port}`).send(outgoing(), never)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });
});

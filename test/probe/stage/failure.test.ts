import { describe, expect, it } from 'vitest';
import type { StageName } from '../../../src/model/observations.ts';
import { classify, StageError } from '../../../src/probe/stage/failure.ts';

const error = (code: string, message = '', more: object = {}) => Object.assign(new Error(message), { code, ...more });
/** Node 20's and Node 24's spelling of the same received alert. */
const alert3_0 =
  '80CC:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:../rec_layer_s3.c:1601:SSL alert number 40\n';
const alert3_5 =
  '80CC:error:0A000410:SSL routines:ssl3_read_bytes:ssl/tls alert handshake failure:../rec_layer_s3.c:916:SSL alert number 40\n';

describe('classify', () => {
  it.each<[StageName, unknown, string]>([
    ['tcp', error('ECONNREFUSED'), 'tcp.refused'],
    ['tcp', error('ETIMEDOUT'), 'tcp.timeout'],
    ['tcp', error('EHOSTUNREACH'), 'tcp.host-unreachable'],
    ['tcp', error('ENETUNREACH', 'connect ENETUNREACH 192.0.2.1:443'), 'tcp.network-unreachable'],
    ['tcp', error('ENETUNREACH', 'connect ENETUNREACH 192.0.2.1:443 - Local (0.0.0.0:0)'), 'tcp.no-route'],
    ['tcp', error('ENETDOWN'), 'tcp.no-route'],
    ['tcp', error('EAFNOSUPPORT'), 'tcp.no-route'],
    ['tcp', error('EACCES'), 'tcp.permission'],
    ['tcp', error('EPERM'), 'tcp.permission'],
    ['tcp', error('WSAEACCES'), 'tcp.permission'],
    ['tcp', error('ECONNRESET'), 'tcp.reset'],
    ['tcp', error('ECONNABORTED'), 'tcp.reset'],
    ['tcp', error('EADDRNOTAVAIL', '', { address: '192.0.2.1' }), 'local.resources'],
    ['tcp', error('EADDRNOTAVAIL', '', { address: '2001:db8::1' }), 'tcp.no-route'],
    ['tcp', error('EINVAL'), 'unclassified'],
    ['tls', error('EPIPE'), 'tls.reset'],
    ['tls', error('ECONNRESET', 'read ECONNRESET', { syscall: 'read' }), 'tls.reset'],
    ['tls', error('ECONNRESET', 'Client network socket disconnected'), 'tls.closed'],
    ['tls', error('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls.not-tls'],
    ['tls', error('ERR_SSL_UNSUPPORTED_PROTOCOL'), 'tls.protocol'],
    ['tls', error('ERR_SSL_NO_PROTOCOLS_AVAILABLE'), 'tls.protocol'],
    ['http', error('UND_ERR_SOCKET'), 'http.closed'],
    ['http', error('ECONNRESET', '', { syscall: 'read' }), 'http.reset'],
    ['http', error('UND_ERR_HEADERS_OVERFLOW'), 'http.overflow'],
    ['http', error('UND_ERR_HEADERS_TIMEOUT'), 'http.timeout'],
    ['http', error('HPE_INVALID_CONSTANT'), 'http.malformed'],
    ['http', Object.assign(new Error(), { name: 'HTTPParserError', code: undefined }), 'http.malformed'],
    ['http', error('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'), 'http.malformed'],
    ['tunnel', error('HPE_INVALID_CONSTANT'), 'tunnel.not-http'],
    ['tunnel', error('UND_ERR_SOCKET'), 'tunnel.closed'],
    ['tunnel', error('ECONNRESET', '', { syscall: 'read' }), 'tunnel.reset'],
    ['tunnel', error('ERR_SSL_UNSUPPORTED_PROTOCOL'), 'tunnel.tls'],
    ['dns', error('ENOTFOUND'), 'dns.not-found'],
    ['dns', error('ENODATA'), 'dns.no-address'],
    ['dns', error('ESERVFAIL'), 'dns.server-failure'],
    ['dns', error('EREFUSED'), 'dns.refused'],
    ['dns', error('ETIMEOUT'), 'dns.timeout'],
    ['dns', error('EBADRESP'), 'dns.malformed'],
    ['dns', error('ECONNREFUSED'), 'dns.unreachable'],
  ])('a %s error %o is %s', (stage, thrown, code) => {
    expect(classify(stage, thrown).code).toBe(code);
  });

  it.each<StageName>(['dns', 'tcp', 'tunnel', 'tls', 'http'])('in the %s stage', (stage) => {
    for (const code of ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL', 'EADDRINUSE'])
      expect(classify(stage, error(code)).code).toBe('local.resources');
    expect(classify(stage, new DOMException('x', 'TimeoutError')).code).toBe(`${stage}.timeout`);
    expect(classify(stage, new DOMException('x', 'AbortError')).code).toBe(`${stage}.timeout`);
    for (const thrown of [null, undefined, Symbol('s'), 'text', 7, {}, [], new Error('x'), new AggregateError([])])
      expect(classify(stage, thrown).code).toBe('unclassified');
  });

  it('takes an error whose fields throw', () => {
    const hostile = {
      get code(): string {
        throw new Error('no');
      },
    };
    expect(classify('tcp', hostile)).toEqual({
      code: 'unclassified',
      raw: { name: 'object', code: null, message: '' },
    });
  });

  it('takes the first error out of an AggregateError', () => {
    const failure = classify('tcp', new AggregateError([error('ECONNREFUSED', 'first'), error('ETIMEDOUT')]));
    expect(failure).toEqual({
      code: 'tcp.refused',
      raw: { name: 'Error', code: 'ECONNREFUSED', message: 'first' },
    });
  });

  it.each([
    ['OpenSSL 3.0', 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', alert3_0],
    ['OpenSSL 3.5', 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', alert3_5],
  ])('reads the alert number as %s writes it', (_name, code, message) => {
    expect(classify('tls', error(code, message))).toMatchObject({ code: 'tls.alert', alert: 40 });
    expect(classify('http', error(code, message))).toMatchObject({ code: 'http.tls-alert', alert: 40 });
    expect(classify('tunnel', error(code, message))).toMatchObject({ code: 'tunnel.tls', alert: 40 });
  });

  it('reads an alert number at the end of the message and nowhere else', () => {
    const failure = classify('tls', error('ERR_SSL_X', 'SSL alert number 40 was mentioned'));
    expect(failure.code).toBe('tls.protocol');
    expect('alert' in failure).toBe(false);
  });

  it.each(['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_HTTP_REQUEST', 'ERR_SSL_HTTPS_PROXY_REQUEST'])(
    'knows what is no TLS by %s',
    (code) => {
      expect(classify('tls', error(code)).code).toBe('tls.not-tls');
    },
  );

  it.each(['ERR_SSL_UNSUPPORTED_PROTOCOL', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'ERR_SSL_UNEXPECTED_MESSAGE'])(
    'knows TLS that goes wrong by %s',
    (code) => {
      expect(classify('tls', error(code)).code).toBe('tls.protocol');
    },
  );

  it('tells a closed connection from an answer that the client will not have', () => {
    expect(classify('http', error('UND_ERR_SOCKET'), 'fin').code).toBe('http.closed');
    expect(classify('http', error('UND_ERR_SOCKET'), 'reset').code).toBe('http.reset');
    expect(classify('http', error('UND_ERR_SOCKET'), null).code).toBe('http.malformed');
  });

  it('takes the word of a stage that knows', () => {
    expect(classify('tunnel', new StageError('tunnel.socks', 'not allowed by ruleset', '2'))).toMatchObject({
      code: 'tunnel.socks',
      detail: '2',
    });
  });

  it('keeps the error beside it, harmless and bounded', () => {
    const { raw } = classify('tcp', error(`E${'X'.repeat(500)}`, `\u001b[31m${'a'.repeat(1_000)}\n`));
    expect(raw.message).toHaveLength(300);
    expect(raw.message.startsWith('\ufffd[31m')).toBe(true);
    expect(raw.code).toHaveLength(60);
  });
});

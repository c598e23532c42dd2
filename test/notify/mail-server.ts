import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';

export interface MailServer {
  /** What clients said, line by line. */
  readonly lines: string[];
  readonly port: number;
  close(): void;
}

/**
 * As much SMTP (RFC 5321) as one mail needs. `answers` by the command; null: the connection ends there. With an `identity` it
 * speaks TLS from the start.
 */
export function startMailServer(
  answers: Readonly<Record<string, string | null>> = {},
  identity?: { readonly cert: string; readonly key: string },
): Promise<MailServer> {
  const lines: string[] = [];
  const serve = (socket: Socket): void => {
    let isData = false;
    socket.write('220 mx ESMTP\r\n');
    socket.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\r\n').filter((part) => part !== '')) {
        lines.push(line);
        const word = line.split(/[ :]/, 1)[0]?.toUpperCase() ?? '';
        if (isData && line !== '.') continue;
        isData = word === 'DATA';
        const answer = answers[word];
        if (answer === null) socket.destroy();
        else socket.write(`${answer ?? (isData ? '354 go' : word === 'QUIT' ? '221 bye' : '250 ok')}\r\n`);
      }
    });
    socket.on('error', () => {});
  };
  const server = identity === undefined ? createServer(serve) : createSecureServer(identity, serve);
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      done({ lines, port: (server.address() as AddressInfo).port, close: () => server.close() });
    });
  });
}

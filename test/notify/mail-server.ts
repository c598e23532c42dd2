import { type AddressInfo, createServer } from 'node:net';

export interface MailServer {
  /** What clients said, line by line. */
  readonly lines: string[];
  readonly port: number;
  close(): void;
}

/** As much SMTP (RFC 5321) as one mail needs. */
export function startMailServer(answers: Readonly<Record<string, string>> = {}): Promise<MailServer> {
  const lines: string[] = [];
  const server = createServer((socket) => {
    let isData = false;
    socket.write('220 mx ESMTP\r\n');
    socket.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\r\n').filter((part) => part !== '')) {
        lines.push(line);
        const word = line.split(/[ :]/, 1)[0]?.toUpperCase() ?? '';
        if (isData && line !== '.') continue;
        isData = word === 'DATA';
        socket.write(`${answers[word] ?? (isData ? '354 go' : word === 'QUIT' ? '221 bye' : '250 ok')}\r\n`);
      }
    });
    socket.on('error', () => {});
  });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      done({ lines, port: (server.address() as AddressInfo).port, close: () => server.close() });
    });
  });
}

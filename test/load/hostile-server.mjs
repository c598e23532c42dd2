// A web server of soak.test.ts, in a process of its own: whoever asks gets as much as fits into the bounds of a reader, and
// no two answers are alike. Says its port, runs until its input ends.
import { createServer } from 'node:net';

let answers = 0;
const flood = (length) => String(answers).padEnd(length, 'flood of text ');
const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => {});
  socket.once('data', () => {
    answers += 1;
    const headers = Array.from({ length: 55 }, (_, index) => `X-${answers}-${index}: ${flood(1000)}`);
    socket.end(`HTTP/1.1 200 OK\r\n${headers.join('\r\n')}\r\nContent-Type: text/html\r\n\r\n<html>${flood(60_000)}`);
  });
});
server.listen({ host: '0.0.0.0', port: 0, backlog: 1024 }, () => process.stdout.write(`${server.address().port}\n`));
process.stdin.once('close', () => process.exit()).resume();

// An HTTP proxy for CONNECT, on port 3128 of every address: what stands between the client and the farm in a race.
import { createServer } from 'node:http';
import { connect } from 'node:net';

createServer()
  .on('connect', ({ url }, socket, head) => {
    const { hostname, port } = new URL(`http://${url}`);
    const through = connect({ host: hostname, port: Number(port), noDelay: true }, () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n');
      through.write(head);
      through.pipe(socket).pipe(through);
    });
    for (const end of [socket, through]) end.on('error', () => {});
  })
  .listen(3128, '0.0.0.0');

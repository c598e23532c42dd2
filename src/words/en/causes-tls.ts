import type { CauseWordsOf } from '../contract.ts';

/** English words of the causes whose ids begin with `tls`. */
export const tls: CauseWordsOf<'tls'> = {
  'tls.sni-filtered': {
    title: 'A filter blocks the host by its name in TLS',
    meaning: 'The session is cut when the ClientHello names this host, and not when it names another.',
    evidence: 'The same address answers for another server name.',
    remedies: ['Ask the owner of the firewall or filter to allow these host names (URL or SNI rule).'],
  },
  'tls.reset': {
    title: 'The connection is cut during the TLS handshake',
    meaning:
      'The connection opens and is closed after the first TLS message: a filter by name, a device that cannot inspect the session, or a server that refuses the offer.',
    evidence: 'A reset or an end of the connection after the ClientHello.',
    remedies: [
      'Ask the owner of the firewall or filter to allow these host names and to exempt them from TLS inspection.',
      'If nothing filters: enable TLS 1.2 with the ECDHE AES-GCM suites on the way.',
    ],
  },
  'tls.stalled': {
    title: 'The TLS handshake gets no answer',
    meaning:
      'The connection opens, but the handshake stops without an error: a filter that holds the flow, a lost large packet, or a device that chokes on the ClientHello.',
    evidence: 'A timeout after the ClientHello was sent, and how much came back.',
    remedies: [
      'Ask the owner of the firewall to look for these sessions, and to exempt the hosts from TLS inspection.',
      'Check the MTU of VPN and tunnels on the way, and that ICMP «fragmentation needed» is let through.',
    ],
  },
  'tls.large-hello-dropped': {
    title: 'A device on the way drops large ClientHello messages',
    meaning: 'The handshake works with a small ClientHello and fails with one larger than a packet.',
    evidence: 'The same address answers the small ClientHello and not the large one.',
    remedies: [
      'Ask the owner of the inspecting device for a firmware that handles a ClientHello in several segments.',
      'Meanwhile, disable hybrid post-quantum key exchange on the clients.',
    ],
  },
  'tls.mtu-black-hole': {
    title: 'Large packets are lost on the way',
    meaning: 'Small messages pass, the large flight with the certificate never arrives: path MTU discovery is broken.',
    evidence: 'The handshake stops where the first large packet is due.',
    remedies: [
      'Ask the network owner to clamp the TCP MSS on tunnels and to let ICMP type 3 code 4 and ICMPv6 «packet too big» through.',
    ],
  },
  'tls.inspection': {
    title: 'TLS is inspected: the certificate is not the origin’s',
    meaning: 'A device or agent on the way opens the session and presents a certificate of its own authority.',
    evidence: 'A chain that ends in a private root, often the same one for unrelated hosts.',
    remedies: [
      'Ask the owner of the inspecting proxy or agent to exempt these hosts from TLS inspection.',
      'Do not switch certificate validation off in the product. Where inspection must stay and is supported, install its root in the machine store.',
    ],
  },
  'tls.untrusted-issuer': {
    title: 'The certificate has no trusted issuer',
    meaning:
      'The chain ends in an authority that neither the public set nor a store here holds, or the certificate is unfit (weak, wrong purpose, broken signature).',
    evidence: 'The chain as sent and the stores that were asked.',
    remedies: [
      'Find out who presents this certificate: if a device on the way does, ask its owner to exempt the host from TLS inspection.',
      'If it is the service itself, ask its owner for a certificate of a public authority, or give its root by --ca-file.',
    ],
  },
  'tls.self-signed': {
    title: 'The certificate is self-signed',
    meaning: 'The server vouches for itself: often the management page of a device, a portal, or an unfinished set-up.',
    evidence: 'Issuer and subject are the same, and no store holds it.',
    remedies: [
      'Find out which device answers at this address, and ask its owner to let the real host through.',
      'If it is the service itself, ask its owner for a certificate of a trusted authority.',
    ],
  },
  'tls.missing-intermediate': {
    title: 'The server leaves out the intermediate certificate',
    meaning: 'The chain as sent does not reach a root. Some clients fetch the missing link, others refuse the session.',
    evidence: 'The certificates sent, and the issuer that is missing.',
    remedies: [
      'Ask the owner of the server or inspecting proxy to send the complete chain.',
      'Meanwhile, allow the issuer address (authority information access) named in the certificate.',
    ],
  },
  'tls.expired': {
    title: 'The certificate has expired',
    meaning: 'A certificate in the chain is past its validity.',
    evidence: "Its dates against this machine's clock, which agrees with other hosts.",
    remedies: [
      'Ask the owner of the server (or of the inspecting device) to renew the named certificate.',
      'Check the clock of this machine.',
    ],
  },
  'tls.not-yet-valid': {
    title: 'The certificate is not valid yet',
    meaning: "A certificate in the chain begins in the future by this machine's clock.",
    evidence: "Its dates against this machine's clock.",
    remedies: [
      'Check the clock of this machine.',
      'If it is right, ask the owner of the server to present a certificate that is already valid.',
    ],
  },
  'tls.name-mismatch': {
    title: 'The certificate is for another name',
    meaning:
      'The server at this address does not hold a certificate for the host: wrong address, a portal, a block page or a default certificate.',
    evidence: 'The names in the certificate.',
    remedies: [
      'Check that the name resolves to the right address on this network.',
      'Ask the owner of a proxy, filter or portal on the way to let the host through.',
    ],
  },
  'tls.version-mismatch': {
    title: 'No common TLS version',
    meaning: 'The other side does not offer TLS 1.2 or later, or refuses what this machine offers.',
    evidence: 'The protocol version alert or the version in the answer.',
    remedies: ['Ask the owner of the server or of the inspecting device to enable TLS 1.2 and TLS 1.3.'],
  },
  'tls.cipher-mismatch': {
    title: 'No common cipher suite',
    meaning: 'The other side refuses all cipher suites, groups or signatures that were offered.',
    evidence: 'A handshake failure alert.',
    remedies: [
      'Ask the owner of the server or of the inspecting device to enable the ECDHE AES-GCM suites (0xc030, 0xc02f).',
    ],
  },
  'tls.not-tls': {
    title: 'What answers does not speak TLS',
    meaning:
      'The first bytes are no TLS record: a plain web server, a proxy, a portal or another service on this port.',
    evidence: 'The first bytes that came.',
    remedies: ['Check host and port. If a device on the way answers, ask its owner to let the host through.'],
  },
  'tls.client-certificate-required': {
    title: 'The server asks for a client certificate',
    meaning: 'The session ends because no acceptable client certificate was presented.',
    evidence: 'The certificate alert of the server.',
    remedies: [
      'If the real client presents a certificate, ask for this host to be exempt from TLS inspection, which cannot pass it on.',
      'Check that the client certificate of the product is installed.',
    ],
  },
  'tls.revoked': {
    title: 'The certificate is revoked',
    meaning: "The issuer's revocation list or responder says that a certificate in the chain is revoked.",
    evidence: 'A signed revocation answer.',
    remedies: ['Ask the owner of the server to replace the certificate.'],
  },
  'tls.revocation-unreachable': {
    title: 'Revocation servers are out of reach',
    meaning:
      'None of the addresses for the revocation state of a certificate can be reached. Clients wait for them, and some then refuse the session.',
    evidence: 'The addresses named in the certificate, and how each fails.',
    remedies: [
      'Ask the firewall or proxy owner to allow the named revocation hosts on TCP 80, for the machine account as well.',
      'On Windows, set the system proxy (netsh winhttp) where the network needs one: revocation checks use it.',
    ],
  },
};

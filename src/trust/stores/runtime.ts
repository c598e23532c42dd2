/** What the runtime's TLS offers on the versions that have it. */
import * as tls from 'node:tls';

type GetCaCertificates = (store: 'system') => readonly string[];

/** Node 22.15 and 23.10 on; null before. */
export const getCACertificates: GetCaCertificates | null =
  (tls as unknown as { readonly getCACertificates?: GetCaCertificates }).getCACertificates ?? null;

/** The roots that this runtime was built with, PEM. They differ by version. */
export const runtimeRoots = (): readonly string[] => tls.rootCertificates;

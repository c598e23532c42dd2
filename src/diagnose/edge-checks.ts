/** Checks of what content networks say themselves in place of the services behind them. They cost no verdict. */
import type { Check } from '../model/diagnosis.ts';
import type { HttpValue, Observation } from '../model/observations.ts';
import type { Target } from '../model/plan.ts';
import { fact, sample } from './evidence.ts';
import { isAuthentic, trustOf } from './survey/chain-trust.ts';
import { edgeDenial } from './survey/edge-denials.ts';
import { tlsOf } from './survey/handshakes.ts';
import type { Survey } from './survey/survey.ts';

/** The answers of a host under its own certificate that no document names. */
function genuineAnswers(survey: Survey, target: Target, probe: Observation): readonly HttpValue[] {
  const { host, hop } = probe;
  return probe.attempts.flatMap(({ tls, http }) => {
    if (tls.status !== 'passed' || http.status !== 'passed') return [];
    if (hop === 0 && target.expect?.status?.includes(http.value.status) === true) return [];
    const authentic = isAuthentic(trustOf(survey.observations, tlsOf(survey, target, host), host, tls.value));
    return authentic ? [http.value] : [];
  });
}

/** What GET brought where HEAD brought no page. */
function pagesOf(survey: Survey, { url }: Observation): readonly HttpValue[] {
  return survey.experiments
    .byKind('body')
    .filter(({ observation }) => observation.url === url)
    .flatMap(({ observation }) =>
      observation.attempts.flatMap(({ http }) => (http.status === 'passed' ? [http.value] : [])),
    );
}

/** Edges of content networks that refuse hosts themselves: what to give to the vendor. Empty where there is none. */
export function edgeChecks(survey: Survey): readonly Check[] {
  const networks = new Set<string>();
  const hosts = new Set<string>();
  const references = new Set<string>();
  for (const [id, probes] of survey.probes) {
    const target = survey.targets.get(id);
    if (target === undefined) continue;
    for (const probe of probes) {
      const answers = genuineAnswers(survey, target, probe).filter(({ status }) => status === 403);
      if (answers.length === 0) continue;
      const denials = [...pagesOf(survey, probe), ...answers].flatMap((value) => edgeDenial(value) ?? []);
      for (const { network, reference } of denials) {
        networks.add(network);
        hosts.add(probe.host);
        if (reference !== null) references.add(reference);
      }
    }
  }
  if (hosts.size === 0) return [];
  const detail = fact('check.cdn-edge-denial', {
    network: sample([...networks].sort()),
    hosts: hosts.size,
    sample: sample([...hosts].sort()),
    references: sample([...references].sort(), 3),
  });
  return [{ id: 'cdn-edge-denial', verdict: 'warn', cause: null, detail }];
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import ajvFormats from 'ajv-formats';

const folder = join(import.meta.dirname, '..', 'node_modules', '@cyclonedx', 'cyclonedx-library', 'res', 'schema');
const schemaOf = (name: string): object => JSON.parse(readFileSync(join(folder, name), 'utf8'));

/** The schema of CycloneDX 1.6, as its library brings it. */
export function billSchema(): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { 'iri-reference': true, 'idn-email': true } });
  ajvFormats.default(ajv);
  for (const name of ['spdx.SNAPSHOT.schema.json', 'jsf-0.82.SNAPSHOT.schema.json'])
    ajv.addSchema(schemaOf(name), `http://cyclonedx.org/schema/${name}`);
  return ajv.compile(schemaOf('bom-1.6.SNAPSHOT.schema.json'));
}

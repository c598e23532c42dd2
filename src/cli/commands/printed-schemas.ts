import { catalogFile } from '../../model/catalog.ts';
import { fleetReport } from '../../model/fleet.ts';
import { incident, notice } from '../../model/incident.ts';
import { report, reportRecord } from '../../model/report.ts';
import { jsonSchema, type PrintedShape } from '../../reading/json-schema.ts';
import { configFile } from '../config-file.ts';

/** Kinds of files whose JSON Schema is printed. */
export const schemaNames = ['report', 'catalog', 'config', 'incident', 'fleet'] as const;
export type SchemaName = (typeof schemaNames)[number];

/** The JSON Schema of a kind of file. */
export function printedSchema(name: SchemaName): string {
  return jsonSchema({ name, ...files[name] });
}

const files: Readonly<Record<SchemaName, Omit<PrintedShape, 'name'>>> = {
  report: {
    title: 'wayclear report',
    description:
      'What wayclear writes with --format json. Durations are milliseconds, instants ISO 8601 UTC. Readers ignore members that they do not know.',
    shape: report,
    besides: { record: reportRecord },
  },
  catalog: {
    title: 'wayclear catalog file',
    description: 'One feature and the endpoints that it needs. One file a feature.',
    shape: catalogFile,
  },
  config: {
    title: 'wayclear configuration file',
    description: 'Options of the command line under their names: wayclear.config.json, or what --config names.',
    shape: configFile,
  },
  incident: {
    title: 'wayclear incident',
    description: 'What is wrong over time, as a watch keeps it. A notice, which tells of one, is under $defs.',
    shape: incident,
    besides: { notice },
  },
  fleet: {
    title: 'wayclear answer about many machines',
    description: 'What wayclear diagnose writes of several reports with --format json. Instants are ISO 8601 UTC.',
    shape: fleetReport,
  },
};

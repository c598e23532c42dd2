import { catalogFile } from '../../model/catalog.ts';
import { collectedAudit, collectedLook, collectedMachine, collectedToken } from '../../model/collected.ts';
import { fleetReport } from '../../model/fleet.ts';
import { history } from '../../model/history.ts';
import { incident, notice } from '../../model/incident.ts';
import { messageHead } from '../../model/message.ts';
import { report, reportRecord } from '../../model/report.ts';
import { waysFile } from '../../model/ways.ts';
import { jsonSchema, type PrintedShape } from '../../reading/json-schema.ts';
import type { HelpWords } from '../../words/contract.ts';
import { wordsOf } from '../../words/load.ts';
import { configFile } from '../config-file.ts';
import type { schemaNames } from '../usage.ts';

export type SchemaName = (typeof schemaNames)[number];

/**
 * The JSON Schema of a kind of file. What somebody writes by hand, the configuration, is described in the words of a
 * language; the others are the published contract, whose text is one.
 */
export function printedSchema(name: SchemaName, words: HelpWords = wordsOf('en').help): string {
  const { title, description } = words.configKeys;
  return jsonSchema({
    name,
    ...(name === 'config' ? { title, description, shape: configFile(words) } : contracts[name]),
  });
}

const contracts: Readonly<Record<Exclude<SchemaName, 'config'>, Omit<PrintedShape, 'name'>>> = {
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
  incident: {
    title: 'wayclear incident',
    description: 'What is wrong over time, as a watch keeps it. A notice, which tells of one, is under $defs.',
    shape: incident,
    besides: { notice },
  },
  history: {
    title: 'wayclear history',
    description: 'What a store holds of a machine: features day by day, targets look by look, the last looks.',
    shape: history,
  },
  message: {
    title: 'wayclear message',
    description:
      'The first line of what wayclear signs: carried requests and results, catalogs, reports for a collector. Its lines follow; the last one, {"signature":{algorithm,key,value}}, signs all bytes before it, with CRLF read as LF.',
    shape: messageHead,
  },
  fleet: {
    title: 'wayclear answer about many machines',
    description: 'What wayclear diagnose writes of several reports with --format json. Instants are ISO 8601 UTC.',
    shape: fleetReport,
  },
  collector: {
    title: 'wayclear line about a machine',
    description:
      'A line of /api/machines of a collector. Lines of /api/messages and /api/audit, and what collect tokens lists, are under $defs; /api/fleet is what the schema fleet describes.',
    shape: collectedMachine,
    besides: { message: collectedLook, audit: collectedAudit, token: collectedToken },
  },
  ways: {
    title: 'wayclear file of ways',
    description: 'Where notices go: the file that wayclear watch --notify names.',
    shape: waysFile,
  },
};

import { z } from 'zod';
import {
  MappingEntry,
  type MappingInput,
  type MappingPatch,
  MappingRow,
  type MappingRowPatch,
  type MappingVerdict,
  SourceVoice,
  WholeMapping,
} from '../../../shared/schemas/mapping.ts';
import { AliasAnswer, CloneAnswer, type CloneRequest, MappingReading } from '../../../shared/schemas/mapping-deeds.ts';
import { MatchEstimate, type MatchPlan, MatchRun, type MatchRunRequest } from '../../../shared/schemas/match-run.ts';
import { TextReport } from '../../../shared/schemas/text.ts';
import { api, apiFetch, check, unwrap } from '../../api.ts';

const Mappings = z.object({ mappings: z.array(MappingEntry) });
const Added = z.object({ rows: z.array(MappingRow) });
const Count = z.object({ count: z.number() });
const Runs = z.object({ runs: z.array(MatchRun) });

/** A voice as it can be mapped, and how many lines its account has spoken with it; null where it is not in use. */
export const ListedVoice = SourceVoice.extend({ lines: z.number().nullable().default(null) });
export type ListedVoice = z.infer<typeof ListedVoice>;

/** Voices of a provider as they can be mapped. `used`: it is known which are in use. */
export const MappingSources = z.object({ sources: z.array(ListedVoice), used: z.boolean() });
export type MappingSources = z.infer<typeof MappingSources>;

/** Bytes that a request may have which outlives its page (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch). */
const KEEPALIVE = 60_000;

function withBody(method: string, value: unknown, signal?: AbortSignal): RequestInit {
  const body = JSON.stringify(value);
  const headers = { 'content-type': 'application/json' };
  return { method, headers, body, keepalive: body.length < KEEPALIVE, ...(signal ? { signal } : {}) };
}

/** Mappings of a project, the last changed first. @throws FaultError */
export async function listMappings(projectId: string): Promise<MappingEntry[]> {
  return (await unwrap(api.mappings.$get({ query: { projectId } }), Mappings)).mappings;
}

/** @throws FaultError not_found */
export function readMapping(id: string): Promise<WholeMapping> {
  return unwrap(api.mappings[':id'].$get({ param: { id } }), WholeMapping);
}

/** @throws FaultError */
export function createMapping(input: MappingInput): Promise<WholeMapping> {
  return unwrap(api.mappings.$post({ json: input }), WholeMapping);
}

/** @throws FaultError */
export function patchMapping(id: string, patch: MappingPatch): Promise<WholeMapping> {
  return unwrap(apiFetch(`/api/mappings/${id}`, withBody('PATCH', patch)), WholeMapping);
}

/** @throws FaultError */
export async function deleteMapping(id: string): Promise<void> {
  await check(await api.mappings[':id'].$delete({ param: { id } }));
}

/** @throws FaultError */
export async function undeleteMapping(id: string): Promise<void> {
  await check(await api.mappings[':id'].restore.$post({ param: { id } }));
}

/** Adds voices, but none that is there already. @throws FaultError too_large */
export async function addRows(mappingId: string, sources: SourceVoice[]): Promise<MappingRow[]> {
  return (await unwrap(api.mappings[':id'].rows.$post({ param: { id: mappingId }, json: { sources } }), Added)).rows;
}

/** @returns how many were taken out @throws FaultError */
export async function removeRows(mappingId: string, ids: string[]): Promise<number> {
  return (await unwrap(api.mappings[':id'].rows.$delete({ param: { id: mappingId }, json: { ids } }), Count)).count;
}

/** @throws FaultError */
export async function restoreRows(mappingId: string, ids: string[]): Promise<number> {
  const answer = api.mappings[':id'].rows.restore.$post({ param: { id: mappingId }, json: { ids } });
  return (await unwrap(answer, Count)).count;
}

/** @throws FaultError */
export function patchRow(rowId: string, patch: MappingRowPatch): Promise<MappingRow> {
  return unwrap(apiFetch(`/api/mappings/rows/${rowId}`, withBody('PATCH', patch)), MappingRow);
}

/** Files a verdict, in place of the one with its id. @throws FaultError */
export function putVerdict(rowId: string, verdict: MappingVerdict): Promise<MappingRow> {
  return unwrap(apiFetch(`/api/mappings/rows/${rowId}/verdicts`, withBody('PUT', verdict)), MappingRow);
}

/** @throws FaultError */
export function deleteVerdict(rowId: string, verdictId: string): Promise<MappingRow> {
  const path = `/api/mappings/rows/${rowId}/verdicts/${verdictId}`;
  return unwrap(apiFetch(path, { method: 'DELETE', keepalive: true }), MappingRow);
}

/** Voices of a provider as they can be mapped. @throws FaultError */
export function readSources(provider: string, signal: AbortSignal): Promise<MappingSources> {
  return unwrap(apiFetch(`/api/mappings/sources?${new URLSearchParams({ provider })}`, { signal }), MappingSources);
}

/** What a search would ask for. Nothing is asked of a provider. @throws FaultError */
export function estimateMatch(mappingId: string, plan: MatchPlan, signal: AbortSignal): Promise<MatchEstimate> {
  return unwrap(apiFetch(`/api/mappings/${mappingId}/estimate`, withBody('POST', plan, signal)), MatchEstimate);
}

/** Begins a search. @throws FaultError conflict where it would cost more than was agreed to */
export function beginRun(mappingId: string, request: MatchRunRequest): Promise<MatchRun> {
  return unwrap(apiFetch(`/api/mappings/${mappingId}/runs`, withBody('POST', request)), MatchRun);
}

/** Runs of a mapping. @throws FaultError */
export async function listRuns(mappingId: string): Promise<MatchRun[]> {
  return (await unwrap(apiFetch(`/api/mappings/${mappingId}/runs`), Runs)).runs;
}

/** @throws FaultError */
export async function stopRun(runId: string): Promise<void> {
  await check(await apiFetch(`/api/mappings/runs/${runId}/stop`, { method: 'POST' }));
}

/** @throws FaultError */
export async function continueRun(runId: string): Promise<void> {
  await check(await apiFetch(`/api/mappings/runs/${runId}/continue`, { method: 'POST' }));
}

/** What one text would cost with a voice. @throws FaultError */
export function checkLine(
  line: { text: string; voiceId: string; modelId: string | null },
  signal: AbortSignal,
): Promise<TextReport> {
  return unwrap(api.text.check.$post({ json: line }, { init: { signal } }), TextReport);
}

/** Gives the old ids of approved rows to the new voices' server as other names. @throws FaultError */
export function giveAliases(mappingId: string): Promise<AliasAnswer> {
  return unwrap(apiFetch(`/api/mappings/${mappingId}/aliases`, withBody('POST', {})), AliasAnswer);
}

/** Takes them back. @throws FaultError */
export function takeBackAliases(mappingId: string): Promise<AliasAnswer> {
  return unwrap(apiFetch(`/api/mappings/${mappingId}/aliases`, withBody('DELETE', {})), AliasAnswer);
}

/** Makes a voice of recordings of the old one, and chooses it. @throws FaultError */
export function cloneVoice(rowId: string, request: CloneRequest): Promise<CloneAnswer> {
  return unwrap(apiFetch(`/api/mappings/rows/${rowId}/clone`, withBody('POST', request)), CloneAnswer);
}

/** Reads a file of a mapping: tells what it changes, and changes it where that is wanted. @throws FaultError */
export function readFile(mappingId: string, file: File, apply: boolean): Promise<MappingReading> {
  const query = new URLSearchParams({ name: file.name, apply: String(apply) });
  return unwrap(apiFetch(`/api/mappings/${mappingId}/read?${query}`, { method: 'POST', body: file }), MappingReading);
}

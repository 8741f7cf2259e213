import { z } from 'zod';
import type { ReportRequest } from '../../../shared/report/report-request.ts';
import { ListeningSession } from '../../../shared/schemas/listening.ts';
import { ListeningMergeReport } from '../../../shared/schemas/listening-file.ts';
import { apiFetch, check, unwrap } from '../../api.ts';
import { type ComingFile, coming } from '../exports-calls.ts';

/** Endings of the files, as a file dialog wants them. */
export const TEST_FILE = '.timbre-test';
export const ANSWERS_FILE = '.timbre-answers';

/** A session as a file, to be taken in a Timbre elsewhere. @throws FaultError */
export async function openSessionFile(sessionId: string, signal: AbortSignal): Promise<ComingFile> {
  const response = await apiFetch(`/api/listening/sessions/${sessionId}/file`, { signal });
  return coming(await check(response), `listening${TEST_FILE}`);
}

/** The answers of a session that was taken here for a Timbre elsewhere. @throws FaultError */
export async function openAnswersFile(sessionId: string, signal: AbortSignal): Promise<ComingFile> {
  const response = await apiFetch(`/api/listening/guests/${sessionId}/answers`, { signal });
  return coming(await check(response), `listening${ANSWERS_FILE}`);
}

/** Takes a listening-test file in. The same one again goes on where it was. @throws FaultError */
export function openListeningFile(file: Blob): Promise<ListeningSession> {
  return unwrap(apiFetch('/api/listening/import', { method: 'POST', body: file }), ListeningSession);
}

const Guests = z.object({ sessions: z.array(ListeningSession) });

/** The sessions that came in files. @throws FaultError */
export async function readGuests(): Promise<ListeningSession[]> {
  return (await unwrap(apiFetch('/api/listening/guests'), Guests)).sessions;
}

/** Removes a session that came in a file, with its sounds and answers. @throws FaultError */
export async function removeGuest(sessionId: string): Promise<void> {
  await check(await apiFetch(`/api/listening/guests/${sessionId}`, { method: 'DELETE' }));
}

/** Adds the answers of a session that was taken elsewhere. @throws FaultError */
export function mergeAnswers(file: Blob): Promise<ListeningMergeReport> {
  const headers = { 'content-type': 'application/json' };
  return unwrap(apiFetch('/api/listening/merge', { method: 'POST', headers, body: file }), ListeningMergeReport);
}

/** What a revealed test came to, as a file that opens without Timbre. @throws FaultError not_found, too_large, cancelled */
export async function openReport(
  testId: string,
  { format, sound }: ReportRequest,
  signal: AbortSignal,
): Promise<ComingFile> {
  const query = new URLSearchParams({ format, sound });
  const response = await apiFetch(`/api/listening/tests/${testId}/report?${query}`, { signal });
  return coming(await check(response), `listening-test.${format}`);
}

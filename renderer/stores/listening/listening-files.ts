import { ListeningSession } from '../../../shared/schemas/listening.ts';
import { ListeningMergeReport } from '../../../shared/schemas/listening-file.ts';
import { apiFetch, check, unwrap } from '../../api.ts';
import { type ComingFile, coming } from '../exports-calls.ts';

/** A session as a file, to be taken in a Timbre elsewhere. @throws FaultError */
export async function openSessionFile(sessionId: string, signal: AbortSignal): Promise<ComingFile> {
  const response = await apiFetch(`/api/listening/sessions/${sessionId}/file`, { signal });
  return coming(await check(response), 'listening-test.timbre-listening');
}

/** The answers of a session that was taken here for a Timbre elsewhere. @throws FaultError */
export async function openAnswersFile(sessionId: string, signal: AbortSignal): Promise<ComingFile> {
  const response = await apiFetch(`/api/listening/sessions/${sessionId}/answers`, { signal });
  return coming(await check(response), 'answers.json');
}

/** Takes a listening-test file in. The same one again goes on where it was. @throws FaultError */
export function openListeningFile(file: Blob): Promise<ListeningSession> {
  return unwrap(apiFetch('/api/listening/files', { method: 'POST', body: file }), ListeningSession);
}

/** Adds the answers of a session that was taken elsewhere. @throws FaultError */
export function mergeAnswers(file: Blob): Promise<ListeningMergeReport> {
  return unwrap(apiFetch('/api/listening/answers', { method: 'POST', body: file }), ListeningMergeReport);
}

/** Report of a revealed test. */
export type ReportFormat = 'html' | 'json' | 'csv';

/** What a revealed test came to, as a file. @throws FaultError */
export async function openReport(testId: string, format: ReportFormat, signal: AbortSignal): Promise<ComingFile> {
  const response = await apiFetch(`/api/listening/tests/${testId}/report?format=${format}`, { signal });
  return coming(await check(response), `listening-test.${format}`);
}

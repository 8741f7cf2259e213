import type { ReportRequest } from '../../../../shared/report/report-request.ts';
import {
  mergeAnswers,
  openAnswersFile,
  openListeningFile,
  openReport,
  openSessionFile,
} from '../../../stores/listening/listening-files.ts';
import { openRoom } from '../../../stores/listening/room.ts';
import { openSitting } from '../../../stores/listening/sitting.ts';
import { saveComing } from '../../export/save-coming.ts';
import { tellBusy, tellDone, tellFault } from '../../takes/notices.tsx';

/** Saves a session as a file for a listener elsewhere. */
export const saveSessionFile = (sessionId: string, listener: string) =>
  saveComing(`Saving the test for ${listener}`, (signal) => openSessionFile(sessionId, signal));

/** Saves the answers of a test that came in a file. */
export const saveAnswersFile = (sessionId: string) =>
  saveComing('Saving the answers', (signal) => openAnswersFile(sessionId, signal));

/** Saves what a test came to. */
export const saveReport = (testId: string, request: ReportRequest) =>
  saveComing('Saving the report', (signal) => openReport(testId, request, signal));

/** Opens a listening-test file, and begins with it or goes on. */
export async function takeTestFile(file: File): Promise<void> {
  const busy = tellBusy(`Opening ${file.name}`);
  try {
    const session = await openListeningFile(file);
    busy.end();
    await openSitting(session.id, true);
  } catch (thrown) {
    busy.end();
    tellFault(thrown, `${file.name} could not be opened`);
  }
}

/** Adds answers from elsewhere, and shows the test they belong to. */
export async function takeAnswersFile(file: File): Promise<void> {
  const busy = tellBusy(`Merging ${file.name}`);
  try {
    const { testId, listener, added, known, left, problems } = await mergeAnswers(file);
    busy.end();
    openRoom({ at: 'test', testId });
    const told = [
      `${added} ${added === 1 ? 'answer' : 'answers'} of ${listener} taken in`,
      known > 0 ? `${known} were here before` : '',
      left > 0 ? `${left} trials are still open` : '',
      ...problems,
    ];
    tellDone(`${told.filter(Boolean).join('; ')}.`);
  } catch (thrown) {
    busy.end();
    tellFault(thrown, `${file.name} could not be merged`);
  }
}

import { type ComingFile, saveFile } from '../../stores/exports-calls.ts';
import { tellBusy, tellDone, tellFault } from '../takes/notices.tsx';
import { bytesWords } from '../takes/take-words.ts';

/**
 * Saves a file that comes from the engine where the person wants it, and tells how far it is; it can be cancelled.
 *
 * @returns where it lies, or null where it was not saved
 */
export async function saveComing(
  title: string,
  open: (signal: AbortSignal) => Promise<ComingFile>,
): Promise<string | null> {
  const stop = new AbortController();
  const busy = tellBusy(title, () => stop.abort());
  try {
    const file = await open(stop.signal);
    const blob = await file.read((bytes) => busy.say(`${bytesWords(bytes)} written`));
    const saved = await saveFile(file.name, blob, stop.signal);
    busy.end();
    if (saved !== null) tellDone(`Saved: ${saved} (${bytesWords(blob.size)})`);
    return saved;
  } catch (thrown) {
    busy.end();
    if (!stop.signal.aborted) tellFault(thrown, 'It was not saved');
    return null;
  }
}

import { z } from 'zod';
import type { ExportRequest } from '../../shared/schemas/export.ts';
import { apiFetch, check, unwrap } from '../api.ts';
import { useSession } from './session.ts';

/** A file on its way from the engine. */
export interface ComingFile {
  name: string;
  /** Reads all of it, telling how many bytes have come. */
  read: (onReceived: (bytes: number) => void) => Promise<Blob>;
}

/** The file name a Content-Disposition header gives (RFC 6266); the encoded form before the plain one. */
export function dispositionName(header: string | null): string | null {
  const encoded = header?.match(/filename\*=UTF-8''([^;]+)/i)?.[1];
  if (encoded !== undefined) {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  }
  return header?.match(/filename="([^"]*)"/i)?.[1] ?? null;
}

/** The file in an answer. */
export function coming(response: Response, fallbackName: string): ComingFile {
  return {
    name: dispositionName(response.headers.get('content-disposition')) ?? fallbackName,
    read: async (onReceived) => {
      const pieces: BlobPart[] = [];
      let bytes = 0;
      if (response.body !== null) {
        for await (const piece of response.body) {
          pieces.push(new Uint8Array(piece));
          bytes += piece.byteLength;
          onReceived(bytes);
        }
      }
      return new Blob(pieces, { type: response.headers.get('content-type') ?? '' });
    },
  };
}

/** Takes as an audio file, or as a zip of several. @throws FaultError not_found, disk_full, cancelled */
export async function openExport(request: ExportRequest, signal: AbortSignal): Promise<ComingFile> {
  const response = await apiFetch('/api/exports', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
    signal,
  });
  return coming(await check(response), `takes.${request.takeIds.length > 1 ? 'zip' : request.format}`);
}

/** Everything of a project in one file. */
export async function openProjectFile(projectId: string, signal: AbortSignal): Promise<ComingFile> {
  const response = await apiFetch(`/api/projects/${encodeURIComponent(projectId)}/file`, { signal });
  return coming(await check(response), 'project.timbre');
}

const Saved = z.object({ path: z.string().nullable() });

/** Milliseconds a download may take to begin before its address is given back. */
const DOWNLOAD_START = 60_000;

/**
 * Saves a file where the person wants it: the system's own dialog on the desktop, the download folder in a browser.
 *
 * @returns where it lies (path or name), or null when the person closed the dialog
 */
export async function saveFile(name: string, blob: Blob, signal: AbortSignal): Promise<string | null> {
  if (useSession.getState().status?.shell === 'desktop') {
    const query = new URLSearchParams({ name });
    return (await unwrap(apiFetch(`/api/desktop/save?${query}`, { method: 'POST', body: blob, signal }), Saved)).path;
  }
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), DOWNLOAD_START);
  return name;
}

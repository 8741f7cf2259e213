import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { createStudio, type Studio } from '../../../engine/studio.ts';

/** The address that the page of a test believes it has. */
const ORIGIN = 'http://127.0.0.1';

/** What of a page the stores read when they are loaded: import them after this. */
export function stubPage(): void {
  vi.stubGlobal('location', new URL(ORIGIN));
  vi.stubGlobal('sessionStorage', { getItem: () => null, setItem: () => undefined });
}

/** The stores' page before a real engine with a library of its own. */
export interface PageOnEngine {
  studio: Studio;
  close(): Promise<void>;
}

/** Opens an engine, and lets `fetch` lead to it. @param onAsk told of every request before it is answered */
export async function openPageOnEngine(
  onAsk: (path: string, init?: RequestInit) => void = () => undefined,
): Promise<PageOnEngine> {
  const home = await mkdtemp(join(tmpdir(), 'timbre-page-'));
  const studio = await createStudio({ shell: 'web', home, pageFolder: home });
  stubPage();
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) => {
    const address = new URL(input instanceof Request ? input.url : input, ORIGIN);
    onAsk(address.pathname, init);
    return studio.fetch(new Request(address, init));
  });
  return {
    studio,
    async close() {
      await studio.close();
      await rm(home, { recursive: true, force: true });
      vi.unstubAllGlobals();
    },
  };
}

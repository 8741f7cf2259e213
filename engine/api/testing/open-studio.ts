import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { NEUTRAL_SETTINGS } from '../../../shared/controls/controls.ts';
import { StudioEvent } from '../../../shared/schemas/events.ts';
import { Project } from '../../../shared/schemas/project.ts';
import type { TakeRequest } from '../../../shared/schemas/take.ts';
import { createStudio } from '../../studio.ts';

const ORIGIN = 'http://127.0.0.1';

/** A studio of its own, as a page uses it. */
export async function openStudio(home: string) {
  const studio = await createStudio({ shell: 'web', home, pageFolder: join(home, 'page') });
  const call = (path: string, init?: RequestInit) => studio.fetch(new Request(ORIGIN + path, init));
  const send = (path: string, body: unknown, method = 'POST') =>
    call(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return {
    studio,
    call,
    send,
    sendBytes: (path: string, body: BodyInit) => call(path, { method: 'POST', body }),
    async firstProject(): Promise<string> {
      const { projects } = await answer(await call('/api/projects'), z.object({ projects: z.array(Project) }));
      return projects[0]?.id ?? '';
    },
    /** What the page is told from now on; `all` ends listening. */
    listen() {
      const heard: StudioEvent[] = [];
      const stop = studio.parts.events.subscribe((event) => heard.push(StudioEvent.parse(event)));
      return {
        all(): StudioEvent[] {
          stop();
          return heard;
        },
      };
    },
    close: () => studio.close(),
  };
}

export type OpenStudio = Awaited<ReturnType<typeof openStudio>>;

/** A new folder for libraries, and what removes it. */
export async function studioFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'timbre-api-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The answer as its schema says, or a test that fails with what was answered instead. */
export async function answer<Schema extends z.ZodType>(response: Response, schema: Schema): Promise<z.infer<Schema>> {
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return schema.parse(JSON.parse(text));
}

/** A take in a voice that needs no model. */
export function espeakRequest(projectId: string, text: string): TakeRequest {
  return {
    id: crypto.randomUUID(),
    projectId,
    text,
    voiceId: 'builtin:espeak/en-us',
    settings: NEUTRAL_SETTINGS,
    fresh: true,
  };
}

import type { Figure } from './figure.ts';
import { percentile, type StudioPage } from './player-page.ts';

const RUNS = 30;
const CLIP = 3;

/** From the key press to the first sound, against a bare `fetch` and an `<audio>` element in the same page. */
export async function latencyFigures(studio: StudioPage): Promise<Figure[]> {
  await studio.desk('quick', `Speak for ${CLIP} seconds.`);
  // One take so that the player knows this provider's pace, as it does after the first take of a session.
  await studio.renderAgain();
  await studio.until('ended');

  const bare: number[] = [];
  const heard: number[] = [];
  const element: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    bare.push(await bareFetch(studio));
    const { pressedAt, soundAt } = await studio.renderAgain();
    heard.push((soundAt - pressedAt) * 1000);
    await studio.page.keyboard.press('Escape');
    await studio.until('idle');
    if (run % 3 === 0) element.push(await audioElement(studio));
  }
  const [bare50, bare95] = [percentile(bare, 0.5), percentile(bare, 0.95)];
  const [heard50, heard95] = [percentile(heard, 0.5), percentile(heard, 0.95)];
  const ratio = percentile(element, 0.5) / heard50;
  const note = (value: number) => `${value.toFixed(1)} ms`;
  return [
    {
      what: `key to first sound over bare fetch (${note(bare50)}), p50`,
      reach: 'at most +15 ms',
      got: heard50 - bare50,
      unit: 'ms',
      ok: heard50 - bare50 <= 15,
    },
    {
      what: `key to first sound over bare fetch (${note(bare95)}), p95`,
      reach: 'at most +35 ms',
      got: heard95 - bare95,
      unit: 'ms',
      ok: heard95 - bare95 <= 35,
    },
    {
      what: `<audio src> (${note(percentile(element, 0.5))}) against the studio (${note(heard50)})`,
      reach: 'at least 10 times',
      got: ratio,
      unit: 'times',
      ok: ratio >= 10,
    },
  ];
}

/** Ms to the first byte of the same request, made without the player. */
async function bareFetch(studio: StudioPage): Promise<number> {
  return studio.page.evaluate(
    async ([token, seconds]) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const { projects } = await (await fetch('/api/projects', { headers })).json();
      const settings = { speed: 1, pitch: 0, volume: 0 };
      const text = `Speak for ${seconds} seconds.`;
      const id = crypto.randomUUID();
      const body = JSON.stringify({
        id,
        projectId: projects[0].id,
        text,
        voiceId: 'bench:quick',
        settings,
        fresh: true,
      });
      const began = performance.now();
      const response = await fetch('/api/takes', { method: 'POST', headers, body });
      const reader = response.body?.getReader();
      await reader?.read();
      const took = performance.now() - began;
      await reader?.cancel();
      await fetch(`/api/takes/${id}/cancel`, { method: 'POST', headers });
      return took;
    },
    [studio.token, CLIP] as const,
  );
}

/** Ms until an `<audio>` element plays the same clip, streamed at the same pace as WAV. */
async function audioElement(studio: StudioPage): Promise<number> {
  return studio.page.evaluate(async (seconds) => {
    const audio = new Audio();
    const began = performance.now();
    audio.src = `/bench.wav?seconds=${seconds}&${began}`;
    void audio.play();
    await new Promise<void>((resolve) => {
      audio.addEventListener('timeupdate', function moved() {
        if (audio.currentTime === 0) return;
        audio.removeEventListener('timeupdate', moved);
        resolve();
      });
    });
    const took = performance.now() - began - audio.currentTime * 1000;
    audio.pause();
    audio.removeAttribute('src');
    audio.load();
    return took;
  }, CLIP);
}

/**
 * Plays the sounds of a report’s page and flips between them: the text of this function is the page’s only script, so
 * nothing outside of it is used in it. Without it the page has the browser’s own players.
 *
 * A flip is a cross-fade of 5 ms (raised cosine) at a time of the audio context, from the place of the text that is heard
 * then: by `data-track`, which leads from the common axis of a text to the take, in s as they are heard.
 */
export function pagePlayer(): void {
  type Track = [axis: number[], own: number[]];
  interface Sound {
    section: Section;
    row: HTMLElement;
    key: string;
    place: number;
    track: Track | null;
    button: HTMLElement | null;
    head: Element | null;
  }
  interface Section {
    element: HTMLElement;
    sounds: Sound[];
    now: HTMLElement | null;
    clock: HTMLElement | null;
    longest: number;
    switching: string;
  }
  interface Playing {
    sound: Sound;
    source: AudioBufferSourceNode;
    gain: GainNode;
    /** Time of the context at which it began, and the s of the sound it began at. */
    began: number;
    from: number;
    duration: number;
  }

  const FADE = 0.005;
  /** Between asking for a flip and its beginning: nothing can be scheduled in the past. */
  const LEAD = 0.02;
  const STEP = 1;
  /** Units of a waveform’s width. */
  const WIDTH = 1000;
  const rise = Float32Array.from({ length: 64 }, (_, i) => 0.5 - 0.5 * Math.cos((Math.PI * i) / 63));
  const fall = rise.map((weight) => 1 - weight);

  let context: AudioContext | null = null;
  let playing: Playing | null = null;
  /** Where it goes on. */
  let paused: { sound: Sound; at: number } | null = null;
  let before: Sound | null = null;
  /** Number of what was asked for last: what was asked for earlier and comes later is not played. */
  let turn = 0;
  let buffers = new Map<Sound, Promise<AudioBuffer>>();

  function trackOf(text: string): Track | null {
    return text === '' ? null : (JSON.parse(text) as Track);
  }

  function sectionOf(element: HTMLElement): Section {
    const now = element.querySelector<HTMLElement>('[data-now]');
    const clock = element.querySelector<HTMLElement>('[data-clock]');
    const { longest = '0', switching = 'word' } = element.dataset;
    const section: Section = { element, sounds: [], now, clock, longest: Number(longest), switching };
    for (const row of element.querySelectorAll<HTMLElement>('[data-take]')) {
      section.sounds.push({
        section,
        row,
        key: row.dataset.take ?? '',
        place: Number(row.dataset.place),
        track: trackOf(row.dataset.track ?? ''),
        button: row.querySelector<HTMLElement>('[data-play]'),
        head: row.querySelector('.head'),
      });
    }
    return section;
  }

  /** Straight between knots; outside of them that of the nearest one. */
  function along(from: readonly number[], to: readonly number[], value: number): number {
    let low = 0;
    let high = from.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((from[middle] ?? 0) <= value) low = middle + 1;
      else high = middle;
    }
    const left = from[low - 1];
    const right = from[low];
    if (left === undefined) return to[0] ?? value;
    if (right === undefined || right <= left) return to[low - 1] ?? value;
    const start = to[low - 1] ?? 0;
    return start + (((to[low] ?? start) - start) * (value - left)) / (right - left);
  }

  /** Where a flip lands, and how that is said. */
  function landing(old: Sound, sound: Sound, at: number): { at: number; words: string } {
    const { switching } = sound.section;
    if (switching === 'second') return { at, words: 'from the same second' };
    if (switching === 'restart') return { at: 0, words: 'from the beginning' };
    if (!old.track || !sound.track) return { at: 0, words: 'from the beginning, as their words could not be aligned' };
    return {
      at: along(sound.track[0], sound.track[1], along(old.track[1], old.track[0], at)),
      words: 'from the same word',
    };
  }

  function bytesOf({ row }: Sound): ArrayBuffer {
    const address = row.querySelector('audio')?.getAttribute('src') ?? '';
    const text = atob(address.slice(address.indexOf(',') + 1));
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
    return bytes.buffer;
  }

  /** Only the sounds of one text are kept: decoded they are large. */
  function bufferOf(sound: Sound, into: AudioContext): Promise<AudioBuffer> {
    const others = [...buffers.keys()].some(({ section }) => section !== sound.section);
    if (others) buffers = new Map();
    let buffer = buffers.get(sound);
    if (!buffer) {
      buffer = into.decodeAudioData(bytesOf(sound));
      buffers.set(sound, buffer);
    }
    return buffer;
  }

  function positionOf({ began, from, duration }: Playing, time: number): number {
    return Math.min(duration, from + Math.max(0, time - began));
  }

  /** Fades out what plays, not before a fade that is under way is over. @returns when */
  function release(old: Playing, time: number): number {
    const at = Math.max(time, old.began + FADE + 0.001);
    old.source.onended = null;
    old.gain.gain.setValueCurveAtTime(fall, at, FADE);
    old.source.stop(at + FADE);
    return at;
  }

  function say(section: Section, words: string): void {
    if (section.now) section.now.textContent = words;
  }

  function show(): void {
    const heard = playing?.sound ?? null;
    const there = (heard ?? paused?.sound)?.section;
    for (const section of sections) {
      for (const sound of section.sounds) {
        sound.button?.setAttribute('aria-pressed', String(sound === heard));
        const here = sound === heard || sound === paused?.sound;
        if (sound.head instanceof SVGElement) sound.head.style.visibility = here ? 'visible' : 'hidden';
      }
      // What has ended is still said.
      if (there && section !== there) {
        say(section, '');
        if (section.clock) section.clock.textContent = '';
      }
    }
  }

  function draw(): void {
    if (!playing || !context) return;
    const { sound, duration } = playing;
    const at = positionOf(playing, context.currentTime);
    const x = String((at / Math.max(0.001, sound.section.longest)) * WIDTH);
    sound.head?.setAttribute('x1', x);
    sound.head?.setAttribute('x2', x);
    const { clock } = sound.section;
    if (clock) clock.textContent = `${at.toFixed(1)} / ${duration.toFixed(1)} s`;
    requestAnimationFrame(draw);
  }

  function start(into: AudioContext, sound: Sound, buffer: AudioBuffer, from: number, time: number): void {
    const source = into.createBufferSource();
    const gain = into.createGain();
    source.buffer = buffer;
    source.connect(gain).connect(into.destination);
    gain.gain.setValueCurveAtTime(rise, time, FADE);
    source.start(time, from);
    const begun: Playing = { sound, source, gain, began: time, from, duration: buffer.duration };
    source.onended = () => {
      if (playing !== begun) return;
      playing = null;
      say(sound.section, `${sound.key} has ended`);
      show();
    };
    if (!playing) requestAnimationFrame(draw);
    playing = begun;
    paused = null;
  }

  /** Hears a sound. @param asked s of it at which to begin; null goes on where another one of its text is */
  async function hear(sound: Sound, asked: number | null): Promise<void> {
    turn += 1;
    const mine = turn;
    context ??= new AudioContext();
    const into = context;
    try {
      await into.resume();
      const wanted = bufferOf(sound, into);
      for (const other of sound.section.sounds) bufferOf(other, into).catch(() => undefined);
      const buffer = await wanted;
      if (mine !== turn) return;
      let time = into.currentTime + LEAD;
      const old = playing;
      if (old) time = release(old, time);
      const from = old ? { sound: old.sound, at: positionOf(old, time) } : paused;
      let at = asked ?? 0;
      let words = '';
      if (from && from.sound !== sound) before = from.sound;
      if (asked === null && from && from.sound.section === sound.section) {
        const landed = from.sound === sound ? { at: from.at, words: '' } : landing(from.sound, sound, from.at);
        at = landed.at;
        words = landed.words;
      }
      start(into, sound, buffer, Math.min(Math.max(0, at), buffer.duration), time);
      say(sound.section, words ? `${sound.key}, ${words}` : `${sound.key} plays`);
    } catch {
      if (mine === turn) say(sound.section, 'This browser cannot play the sound of this report.');
    }
    show();
  }

  function pause(): void {
    turn += 1;
    if (!playing || !context) return;
    const { sound } = playing;
    paused = { sound, at: positionOf(playing, release(playing, context.currentTime + LEAD)) };
    playing = null;
    say(sound.section, `${sound.key} is paused`);
    show();
  }

  function toggle(sound: Sound): void {
    if (playing?.sound === sound) pause();
    else void hear(sound, null);
  }

  const sections = [...document.querySelectorAll<HTMLElement>('[data-text]')].map(sectionOf);
  const all = sections.flatMap(({ sounds }) => sounds);

  for (const sound of all) {
    sound.button?.addEventListener('click', () => toggle(sound));
    const wave = sound.row.querySelector('.wave');
    wave?.addEventListener('click', (event) => {
      const box = wave.getBoundingClientRect();
      const part = event instanceof MouseEvent ? (event.clientX - box.left) / box.width : 0;
      void hear(sound, part * sound.section.longest);
    });
  }

  /** What the keys are about: the text that is heard, the one that has the focus, or the first. */
  function current(): Section | undefined {
    const heard = playing?.sound.section ?? paused?.sound.section;
    const focused = sections.find(({ element }) => element.contains(document.activeElement));
    return focused ?? heard ?? sections.find(({ sounds }) => sounds.length > 0);
  }

  /** @returns whether the key is one of those of this page */
  function onKey(key: string): boolean {
    const section = current();
    if (/^[1-9]$/.test(key)) {
      const sound = section?.sounds.find(({ place }) => place === Number(key) - 1);
      if (sound && sound !== playing?.sound) void hear(sound, null);
      return sound !== undefined;
    }
    const heard = playing?.sound ?? paused?.sound ?? section?.sounds[0];
    if (!heard) return false;
    if (key === ' ') toggle(heard);
    else if (key === 'x' || key === 'X') {
      const { sounds } = heard.section;
      const next = sounds[(sounds.indexOf(heard) + 1) % sounds.length];
      const back = before && before !== heard && before.section === heard.section ? before : next;
      if (back) void hear(back, null);
    } else if ((key === 'ArrowLeft' || key === 'ArrowRight') && playing && context) {
      void hear(heard, positionOf(playing, context.currentTime) + (key === 'ArrowLeft' ? -STEP : STEP));
    } else if (key === 'Escape' && playing) pause();
    else return false;
    return true;
  }

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    const pressed = target instanceof Element && target.closest('button, summary, a, audio') !== null;
    if (pressed && event.key === ' ') return;
    if (onKey(event.key)) event.preventDefault();
  });

  document.documentElement.classList.add('live');
}

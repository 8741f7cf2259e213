/** Colours of the pictures, taken from the studio's palette as it is now. Canvases cannot use variables themselves. */
export interface ViewColours {
  text: string;
  dim: string;
  line: string;
  faint: string;
  accent: string;
  accentSoft: string;
  ground: string;
  panel: string;
  /** Loudness of a spectrogram: 256 colours from silence to the loudest, as wavesurfer wants them (0-1). */
  heat: number[][];
}

type Rgb = readonly [number, number, number];

/** Stops from silence to the loudest; the first is the panel they lie on. */
const HEAT: Record<'dark' | 'light', readonly Rgb[]> = {
  dark: [
    [27, 28, 30],
    [52, 34, 30],
    [130, 62, 28],
    [224, 124, 52],
    [255, 190, 120],
    [255, 246, 232],
  ],
  light: [
    [250, 250, 249],
    [246, 220, 196],
    [240, 170, 108],
    [196, 98, 24],
    [112, 46, 4],
    [34, 14, 2],
  ],
};

/** 256 colours in straight lines between the stops. */
export function heatMap(stops: readonly Rgb[]): number[][] {
  return Array.from({ length: 256 }, (_, i) => {
    const at = (i / 255) * (stops.length - 1);
    const low = stops[Math.floor(at)] ?? [0, 0, 0];
    const high = stops[Math.min(stops.length - 1, Math.floor(at) + 1)] ?? low;
    const part = at - Math.floor(at);
    return [...([0, 1, 2] as const).map((c) => (low[c] + (high[c] - low[c]) * part) / 255), 1];
  });
}

/** Reads the palette where an element stands. */
export function viewColours(element: HTMLElement, scheme: 'dark' | 'light'): ViewColours {
  const probe = document.createElement('span');
  element.append(probe);
  const read = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const colours: ViewColours = {
    text: read('--tb-text'),
    dim: read('--tb-dim'),
    line: read('--tb-line'),
    faint: read('--tb-faint'),
    accent: read('--tb-accent'),
    accentSoft: read('--tb-accent-soft'),
    ground: read('--tb-ground'),
    panel: read('--tb-panel'),
    heat: heatMap(HEAT[scheme]),
  };
  probe.remove();
  return colours;
}

import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { PlayerFrame } from '../player/player-state.ts';
import { player } from '../player/studio-player.ts';
import classes from './level-meter.module.css';
import { decibels, meterPart } from './meter-scale.ts';

/** Size of the picture in CSS pixels. */
const WIDTH = 190;
const HEIGHT = 34;
/** The bar, and the scale under it. */
const BAR = { y: 8, height: 7 };
const MARKS = [-48, -36, -24, -18, -12, -6, -3, 0];
const LABELS = [-48, -24, -12, -6, 0];

/** Milliseconds the peak mark stands before it falls, and dB it falls by each second. */
const HOLD = 1200;
const FALL = 20;

/** Level and peak on a scale of decibels, loudness in LUFS beside it. Drawn outside React: it moves with every frame. */
export function LevelMeter() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const momentary = useRef<HTMLElement>(null);
  const integrated = useRef<HTMLElement>(null);
  const scheme = useComputedColorScheme('dark');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read anew when the theme changes
  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d');
    if (!element || !pen) return;
    const scale = Math.max(1, devicePixelRatio);
    element.width = WIDTH * scale;
    element.height = HEIGHT * scale;
    const draw = createDrawing(pen, scale, getComputedStyle(element));
    draw(null);
    return player.onFrame((frame) => {
      draw(frame);
      if (momentary.current) momentary.current.textContent = decibels(frame.momentaryLufs);
      if (integrated.current) integrated.current.textContent = decibels(frame.integratedLufs);
    });
  }, [scheme]);
  return (
    <div className={classes.meter}>
      <canvas ref={canvas} className={classes.canvas} role="img" aria-label="Output level in decibels" />
      <div className={classes.loudness}>
        <span title="Loudness of the last 400 ms">M</span>
        <b ref={momentary}>–</b>
        <span title="Loudness since it began to play">I</span>
        <b ref={integrated}>–</b>
        <span className={classes.unit}>LUFS</span>
      </div>
    </div>
  );
}

/** Draws one frame after the other; keeps where the peak mark stands. */
function createDrawing(pen: CanvasRenderingContext2D, scale: number, style: CSSStyleDeclaration) {
  const colour = (name: string) => resolveColour(style.getPropertyValue(name), style.colorScheme);
  const colours = {
    groove: colour('--tb-line'),
    text: colour('--tb-dim'),
    level: colour('--tb-accent-fill'),
    hot: colour('--tb-bad'),
    peak: colour('--tb-text'),
  };
  const x = (db: number) => Math.round(meterPart(db) * (WIDTH - 14)) + 7;
  let held = Number.NEGATIVE_INFINITY;
  let heldAt = 0;
  let last = 0;

  return (frame: PlayerFrame | null) => {
    const now = performance.now();
    const peak = frame?.peakDb ?? Number.NEGATIVE_INFINITY;
    if (peak >= held) {
      held = peak;
      heldAt = now;
    } else if (now - heldAt > HOLD) {
      held = Math.max(peak, held - (FALL * (now - last)) / 1000);
    }
    last = now;

    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, WIDTH, HEIGHT);
    pen.fillStyle = colours.groove;
    pen.fillRect(x(-60), BAR.y, x(3) - x(-60), BAR.height);
    const level = frame?.levelDb ?? Number.NEGATIVE_INFINITY;
    pen.fillStyle = colours.level;
    pen.globalAlpha = 0.4;
    pen.fillRect(x(-60), BAR.y, Math.max(0, x(peak) - x(-60)), BAR.height);
    pen.globalAlpha = 1;
    pen.fillRect(x(-60), BAR.y, Math.max(0, x(level) - x(-60)), BAR.height);
    if (frame?.clipped) {
      pen.fillStyle = colours.hot;
      pen.fillRect(x(0) + 1, BAR.y, x(3) - x(0) - 1, BAR.height);
    }
    if (held > -60) {
      pen.fillStyle = held > -1 ? colours.hot : colours.peak;
      pen.fillRect(x(held) - 1, BAR.y - 1, 2, BAR.height + 2);
    }
    pen.fillStyle = colours.text;
    pen.font = '9px Inter, sans-serif';
    pen.textAlign = 'center';
    for (const mark of MARKS) pen.fillRect(x(mark), BAR.y + BAR.height + 2, 1, 2);
    for (const label of LABELS) pen.fillText(String(Math.abs(label)), x(label) + 0.5, HEIGHT - 3);
  };
}

/** A colour a canvas understands, of one that may be `light-dark(...)`. */
function resolveColour(value: string, scheme: string): string {
  const probe = document.createElement('span');
  probe.style.colorScheme = scheme;
  probe.style.color = value;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

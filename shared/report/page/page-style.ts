import { SLOT_LETTERS } from '../../schemas/comparison.ts';

/** Colours of the slots on light and on dark ground: those of the studio’s own palette (`renderer/theme/palette.css`). */
export const SLOT_COLOURS = [
  ['#0a6fa8', '#56b4e9'],
  ['#a83f7c', '#e392c2'],
  ['#00795a', '#3cc79a'],
  ['#7a6a00', '#f0e442'],
  ['#b3420b', '#f2703a'],
  ['#3a4fc4', '#93a5ff'],
  ['#8a5a00', '#e6a532'],
  ['#55585d', '#c4c5c6'],
] as const;

/** The other colours of the page, likewise. */
export const PAGE_COLOURS = {
  ground: ['#f1f1ef', '#161718'],
  panel: ['#fafaf9', '#1b1c1e'],
  line: ['rgb(0 0 0 / 12%)', 'rgb(255 255 255 / 9%)'],
  text: ['#1d1e20', '#e9e8e5'],
  dim: ['#5b5e63', '#a0a3a8'],
  accent: ['#a34a00', '#ff9d4d'],
  good: ['#1b6e3c', '#6fce8f'],
  warn: ['#805b00', '#e9c46a'],
  bad: ['#b3261e', '#ff8a80'],
  'accent-soft': ['rgb(184 84 0 / 12%)', 'rgb(255 157 77 / 15%)'],
} as const;

function variables(theme: 0 | 1): string {
  const slots = SLOT_COLOURS.map((pair, place) => `--slot-${SLOT_LETTERS[place]?.toLowerCase()}: ${pair[theme]};`);
  const others = Object.entries(PAGE_COLOURS).map(([name, pair]) => `--${name}: ${pair[theme]};`);
  return [...others, ...slots].join(' ');
}

const slotRules = SLOT_LETTERS.map((letter) => letter.toLowerCase())
  .map((letter) => `.slot-${letter} { --own: var(--slot-${letter}); }`)
  .join('\n');

/** The style of every report. Nothing in it is fetched. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; ${variables(0)} }
@media (prefers-color-scheme: dark) { :root { ${variables(1)} } }
@media print { :root { color-scheme: light; ${variables(0)} --ground: #ffffff; --panel: #ffffff; } }
${slotRules}
.slot-reference { --own: var(--text); }
.right { --own: var(--accent); }
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 1240px; padding: 28px 24px 64px; background: var(--ground); color: var(--text);
  font: 13px/1.5 Inter, system-ui, -apple-system, "Segoe UI", sans-serif; font-variant-numeric: tabular-nums;
}
h1 { margin: 0 0 4px; font-size: 24px; line-height: 1.25; font-weight: 600; overflow-wrap: anywhere; }
h2 { margin: 36px 0 10px; font-size: 16px; font-weight: 600; }
h3 { margin: 22px 0 6px; font-size: 13px; font-weight: 600; }
p { margin: 6px 0; max-width: 120ch; }
.dim, .dim bdi { color: var(--dim); }
.id { font-size: 11px; overflow-wrap: anywhere; }
.text, .card { margin: 14px 0; padding: 16px; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; }
blockquote { margin: 0 0 8px; padding: 0; max-width: 80ch; font-size: 16px; line-height: 1.45; white-space: pre-wrap; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th { font-weight: 500; text-align: left; color: var(--dim); font-size: 11px; }
th, td { padding: 6px 16px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td, th { overflow-wrap: break-word; }
tr > :last-child { padding-right: 0; }
tbody tr:last-child > * { border-bottom: 0; }
.narrow { max-width: 760px; }
tbody th { color: var(--text); font-size: 13px; }
.figure { text-align: right; white-space: nowrap; }
th.figure { white-space: normal; overflow-wrap: normal; }
th.figure bdi { overflow-wrap: anywhere; }
time { white-space: nowrap; }
.takes { min-width: 980px; }
.takes td, .takes th { vertical-align: middle; padding-right: 10px; }
.takes .picture { width: 40%; }
mark { background: var(--accent-soft); color: inherit; padding: 1px 4px; border-radius: 3px; }
.trait { white-space: nowrap; }
.badge {
  display: inline-block; min-width: 24px; height: 24px; padding: 0 4px; border-radius: 5px; border: 1.5px solid var(--own);
  color: var(--own); background: none; font: 600 13px/21px inherit; font-family: inherit; text-align: center;
}
button.badge { min-width: 32px; height: 32px; line-height: 28px; cursor: pointer; }
button.badge:hover { box-shadow: 0 0 0 1px var(--own); }
button.badge[aria-pressed="true"] { background: var(--own); color: var(--ground); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.wave { display: block; width: 100%; height: 44px; overflow: visible; }
.live .wave { cursor: pointer; }
.wave path { fill: var(--own); }
.wave .head { stroke: var(--text); stroke-width: 1.5; visibility: hidden; }
audio { display: block; width: 100%; height: 32px; margin-top: 4px; }
.live audio { display: none; }
:root:not(.live) .keys { display: none; }
.headline { display: flex; justify-content: space-between; align-items: baseline; gap: 16px; }
.headline h3 { margin: 0 0 6px; }
.now { margin: 0; color: var(--accent); text-align: right; }
.clock { margin-left: 10px; color: var(--dim); }
.notes { margin: 4px 0 0; padding-left: 16px; color: var(--dim); font-size: 11px; }
dl { margin: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(250px, 1fr)); gap: 10px 24px; }
dl > div { min-width: 0; }
dt { color: var(--dim); font-size: 11px; }
dd { margin: 0; overflow-wrap: anywhere; }
ul.words { margin: 0; padding-left: 18px; max-width: 90ch; }
ul.words li { margin: 4px 0; overflow-wrap: anywhere; }
.decision { margin: 10px 0; }
.decision p { margin: 2px 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.chart { display: block; width: 100%; max-width: 760px; height: auto; font-size: 12px; }
.chart text { fill: var(--text); }
.chart .axis { fill: var(--dim); font-size: 11px; }
.chart .grid { stroke: var(--line); }
.chart .limit { stroke: var(--text); stroke-dasharray: 3 3; }
.chart .guess { stroke: var(--text); }
.chart .bar { fill: var(--own); }
.chart .none { fill: var(--dim); fill-opacity: 0.35; }
.chart .interval { stroke: var(--own); stroke-width: 3; }
.chart .mean { fill: var(--own); stroke: var(--panel); stroke-width: 1.5; }
.chart .one { fill: var(--own); fill-opacity: 0.45; }
.chart .one.left { fill: none; stroke: var(--own); stroke-opacity: 0.6; }
.is-approved { color: var(--good); fill: var(--good); }
.is-later { color: var(--warn); fill: var(--warn); }
.is-rejected { color: var(--bad); fill: var(--bad); }
.is-open { color: var(--dim); fill: var(--line); }
p.coverage { margin-top: 14px; }
svg.coverage { display: block; width: 100%; max-width: 480px; height: 8px; }
.voices { min-width: 1080px; }
.voices .note { max-width: 220px; overflow-wrap: anywhere; }
a { color: var(--accent); }
.multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 10px 28px; margin: 14px 0 4px; }
.multiples ~ blockquote { margin-top: 16px; }
.multiple { margin: 0; }
.multiple figcaption { color: var(--dim); font-size: 11px; }
.multiple svg { display: block; width: 100%; height: auto; }
.multiple p { display: flex; justify-content: space-between; margin: 0; }
.multiple span { color: var(--own); }
.multiple .scale { stroke: var(--dim); stroke-opacity: 0.5; }
.multiple .span { stroke: var(--own); stroke-width: 2; stroke-opacity: 0.55; }
.multiple .at { fill: var(--own); }
.multiple .unsure { fill: none; stroke: var(--own); stroke-width: 1.5; }
summary { cursor: pointer; margin: 36px 0 10px; font-size: 16px; font-weight: 600; }
footer { margin-top: 40px; padding-top: 12px; border-top: 1px solid var(--line); }
.terms { font-size: 11px; }
.terms + .terms { margin-top: 16px; }
kbd { font: inherit; padding: 0 5px; border: 1px solid var(--line); border-radius: 3px; }
@media print {
  body { max-width: none; padding: 0; font-size: 10px; }
  .text, .card, .chart, .multiple, tr, .decision { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .wide { overflow: visible; }
  .takes, .voices { min-width: 0; }
  .takes .picture { width: 30%; }
  audio, .now, .keys { display: none; }
  th, td { padding-right: 6px; }
  .wave path, .bar, .none, .interval, .mean, .one, .at, .coverage rect, mark { print-color-adjust: exact; }
}
`;

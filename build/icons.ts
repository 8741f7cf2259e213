import { readFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { chromiumForTests } from '../e2e/runtime/browser-runtime.ts';
import { inRoot } from './paths.ts';

/** Size of the picture that electron-builder makes every icon of, in px. */
const SIZE = 1024;

// Draws build/icon.png from build/icon.svg. The picture is kept in the repository; run this after changing the drawing.
const browser = await chromium.launch({ executablePath: chromiumForTests(console.log) });
const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
const drawing = readFileSync(inRoot('build/icon.svg'), 'utf8');
await page.setContent(`<style>body{margin:0}svg{display:block;width:${SIZE}px}</style>${drawing}`);
await page.screenshot({ path: inRoot('build/icon.png'), omitBackground: true });
await browser.close();

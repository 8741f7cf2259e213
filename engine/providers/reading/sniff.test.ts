import { expect, it } from 'vitest';
import { wavOf } from '../../testing/wav-of.ts';
import { type BodyKind, SNIFF_BYTES, sniffBody } from './sniff.ts';

const text = (value: string) => new TextEncoder().encode(value);

it.each<[BodyKind, string, Uint8Array]>([
  ['wav', 'a header', wavOf([[0]])],
  ['ogg', 'a page', text('OggS\0\x02......')],
  ['flac', 'a marker', text('fLaC\0\0\0\x22')],
  ['mp3', 'a tag', text('ID3\x04\0\0\0\0\0\0')],
  ['mp3', 'a frame of MPEG 1', Uint8Array.of(0xff, 0xfb, 0x90, 0x64, 0, 0)],
  ['mp3', 'a frame of MPEG 2', Uint8Array.of(0xff, 0xf3, 0x84, 0xc0, 0, 0)],
  ['json', 'an error', text('{"detail":"Not Found"}')],
  ['json', 'an error after blanks', text('\n  [{"loc":[]}]')],
  ['html', 'a page', text('<!DOCTYPE html><html>')],
  ['text', 'words', text('Internal Server Error')],
  ['unknown', 'quiet samples', Uint8Array.of(0, 0, 1, 0, 255, 255, 254, 255, 0, 0, 2, 0)],
  ['unknown', 'samples just under zero', Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff)],
  ['unknown', 'nothing', new Uint8Array(0)],
])('a body is %s by %s', (kind, _, bytes) => {
  expect(sniffBody(bytes.slice(0, SNIFF_BYTES))).toBe(kind);
});

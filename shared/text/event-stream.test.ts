import { describe, expect, it } from 'vitest';
import { EventStreamParser } from './event-stream.ts';

const STREAM =
  ': welcome\n\ndata: one\n\nevent: progress\ndata: {"a":1}\r\n\r\ndata:two\ndata: lines\rid: 7\r\rdata\n\n';
const EVENTS = [
  { event: 'message', data: 'one' },
  { event: 'progress', data: '{"a":1}' },
  { event: 'message', data: 'two\nlines' },
  { event: 'message', data: '' },
];

describe('a stream of server-sent events', () => {
  it('is taken apart into its events', () => {
    expect(new EventStreamParser().push(STREAM)).toEqual(EVENTS);
  });

  it.each([1, 2, 3, 7])('is the same in pieces of %i characters', (size) => {
    const parser = new EventStreamParser();
    const pieces = STREAM.match(new RegExp(`[^]{1,${size}}`, 'gu')) ?? [];
    expect(pieces.flatMap((piece) => parser.push(piece))).toEqual(EVENTS);
  });

  it('gives no event that is not whole', () => {
    expect(new EventStreamParser().push('data: half')).toEqual([]);
    expect(new EventStreamParser().push('data: half\n')).toEqual([]);
  });
});

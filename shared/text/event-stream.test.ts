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

  it('is searched once, however long a line is and however many pieces it comes in', () => {
    const parser = new EventStreamParser();
    const piece = 'x'.repeat(1000);
    parser.push('data: ');
    // Searched anew with each piece, this would take longer than a test may.
    for (let at = 0; at < 20_000; at += 1) parser.push(piece);
    expect(parser.held).toBe(20_000_006);
    expect(parser.push('\r')).toEqual([]);
    expect(parser.push('\n\n')[0]?.data).toHaveLength(20_000_000);
    expect(parser.held).toBe(0);
  });

  it('gives no event that is not whole', () => {
    expect(new EventStreamParser().push('data: half')).toEqual([]);
    expect(new EventStreamParser().push('data: half\n')).toEqual([]);
  });
});

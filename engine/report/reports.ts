import { fileName } from '../../shared/export/file-name.ts';
import type { PageRequest, ReportRequest } from '../../shared/report/report-request.ts';
import type { Library } from '../library/library.ts';
import type { Matching } from '../matching/matching.ts';
import type { EventHub } from '../observe/events.ts';
import type { Registry } from '../providers/registry.ts';
import { comparisonPieces } from './comparison-pieces.ts';
import { knownComparison } from './gather-comparison.ts';
import { revealedTest } from './gather-listening.ts';
import { knownMapping } from './gather-mapping.ts';
import type { GatherParts } from './gather-takes.ts';
import { listeningPieces } from './listening-pieces.ts';
import { mappingPieces } from './mapping-pieces.ts';
import { type ReportPieces, ReportRun } from './report-run.ts';

/** MIME type of each format; its name is the ending of its files. */
const TYPES: Record<ReportRequest['format'], string> = {
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
};

/** A report while it is made. */
export interface ReportFile {
  name: string;
  /** MIME type. */
  type: string;
  /** UTF-8, piece by piece. */
  pieces: ReportPieces;
}

/** Makes reports that are read without the studio. */
export interface Reports {
  /** @param signal ends it @throws FaultError not_found, too_large, cancelled */
  comparison(id: string, request: ReportRequest, signal: AbortSignal): Promise<ReportFile>;
  /** Of a test that is revealed. @throws FaultError as {@link comparison}; conflict before the reveal */
  listening(testId: string, request: ReportRequest, signal: AbortSignal): Promise<ReportFile>;
  /** Always a page: what programs read of a mapping is its own files. @throws FaultError as {@link comparison} */
  mapping(id: string, request: PageRequest, signal: AbortSignal): Promise<ReportFile>;
  /** Reports under way, for tests that count. */
  readonly open: number;
  /** Ends reports under way as cancelled. */
  close(): Promise<void>;
}

export interface ReportParts extends GatherParts {
  library(): Library;
  events: Pick<EventHub, 'publish'>;
  registry: Pick<Registry, 'provider'>;
  matching: Pick<Matching, 'runs'>;
}

/** The makers of reports. */
export function createReports(parts: ReportParts): Reports {
  const open = new Set<ReportRun>();

  async function make(
    { id, name }: { id: string; name: string },
    { format }: ReportRequest,
    signal: AbortSignal,
    pieces: (run: ReportRun) => AsyncGenerator<string>,
  ): Promise<ReportFile> {
    const stop = () => run.stop();
    const run = new ReportRun(parts.events, async () => {
      open.delete(run);
      signal.removeEventListener('abort', stop);
    });
    open.add(run);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    const named = { project: '', voice: '', line: 1, take: id.slice(0, 8), settings: '', name, date: Date.now() };
    return {
      name: `${fileName('{name}-{date}', named, '-report')}.${format}`,
      type: TYPES[format],
      pieces: await run.begin(pieces(run)),
    };
  }

  return {
    async comparison(id, request, signal) {
      const comparison = knownComparison(parts.library(), id);
      return make(comparison, request, signal, (run) => comparisonPieces(parts, comparison, request, run));
    },
    async listening(testId, request, signal) {
      const revealed = await revealedTest(parts.library(), testId);
      return make(revealed.test, request, signal, (run) => listeningPieces(parts, revealed, request, run));
    },
    async mapping(id, request, signal) {
      const mapping = knownMapping(parts.library(), id);
      return make(mapping, request, signal, (run) => mappingPieces(parts, mapping, request, run));
    },
    get open() {
      return open.size;
    },
    async close() {
      const ending = [...open].map((run) => {
        run.stop();
        return run.end();
      });
      await Promise.all(ending);
    },
  };
}

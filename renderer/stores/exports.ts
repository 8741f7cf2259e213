import { create } from 'zustand';
import type { Settings, StudioSettings } from '../../shared/controls/controls.ts';
import { type Fault, fault, toFault } from '../../shared/errors.ts';
import type { ExportFormat, ExportRequest, LoudnessTarget } from '../../shared/schemas/export.ts';
import { openExport, saveFile } from './exports-calls.ts';

/** What a person chose in the export dialog. Kept from one export to the next. */
export interface ExportChoice {
  format: ExportFormat;
  sampleRate: ExportRequest['sampleRate'];
  loudness: LoudnessTarget | null;
  pattern: string;
  sidecar: boolean;
  /** As the takes were made, or as the sliders make them sound now. */
  heard: 'rendered' | 'preview';
}

/** What the sliders do to a take as they stand. */
export interface HeardNow {
  studio: StudioSettings;
  settings: Settings;
}

interface Exports {
  /** Takes the dialog is open for; empty when it is closed. */
  takeIds: readonly string[];
  choice: ExportChoice;
  /** `making` until the first byte, `receiving` while the file comes in. */
  status: 'choosing' | 'making' | 'receiving' | 'done' | 'failed';
  /** Bytes received so far. */
  received: number;
  /** Name of the saved file. */
  saved: string | null;
  fault: Fault | null;

  open: (takeIds: readonly string[]) => void;
  close: () => void;
  choose: (change: Partial<ExportChoice>) => void;
  /** Makes the file and saves it. `now` is what the sliders do; only used for "as heard now". */
  start: (now: HeardNow | null) => Promise<void>;
  cancel: () => void;
}

/** The request for a choice. "As heard now" is for one take only: sliders are a preview of the take that plays. */
export function exportRequest(takeIds: readonly string[], choice: ExportChoice, now: HeardNow | null): ExportRequest {
  const preview = choice.heard === 'preview' && takeIds.length === 1 ? now : null;
  return {
    takeIds: [...takeIds],
    format: choice.format,
    sampleRate: choice.sampleRate,
    loudness: choice.loudness,
    studio: preview?.studio ?? null,
    settings: preview?.settings ?? null,
    pattern: choice.pattern,
    sidecar: choice.sidecar,
  };
}

const FIRST_CHOICE: ExportChoice = {
  format: 'wav',
  sampleRate: 48000,
  loudness: null,
  pattern: '{project}-{voice}-{take}',
  sidecar: true,
  heard: 'rendered',
};

export const useExports = create<Exports>()((set, get) => {
  let stop = new AbortController();
  return {
    takeIds: [],
    choice: FIRST_CHOICE,
    status: 'choosing',
    received: 0,
    saved: null,
    fault: null,

    open: (takeIds) => {
      if (takeIds.length > 0) set({ takeIds, status: 'choosing', fault: null, received: 0, saved: null });
    },

    close: () => {
      stop.abort();
      set({ takeIds: [], status: 'choosing' });
    },

    choose: (change) => set({ choice: { ...get().choice, ...change }, status: 'choosing', fault: null }),

    start: async (now) => {
      const { takeIds, choice, status } = get();
      if (status === 'making' || status === 'receiving') return;
      stop = new AbortController();
      const { signal } = stop;
      set({ status: 'making', received: 0, fault: null, saved: null });
      try {
        const file = await openExport(exportRequest(takeIds, choice, now), signal);
        if (!signal.aborted) set({ status: 'receiving' });
        const blob = await file.read((received) => {
          if (!signal.aborted) set({ received });
        });
        if (signal.aborted) throw fault('cancelled', 'The export was cancelled.');
        const saved = await saveFile(file.name, blob, signal);
        if (!signal.aborted) set(saved === null ? { status: 'choosing' } : { status: 'done', saved });
      } catch (thrown) {
        // What was cancelled says nothing any more: the next export may be under way.
        if (!signal.aborted) set({ status: 'failed', fault: toFault(thrown) });
      }
    },

    cancel: () => {
      stop.abort();
      set({ status: 'choosing' });
    },
  };
});

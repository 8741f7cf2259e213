import { z } from 'zod';
import { sameJson } from '../canonical.ts';
import { Settings } from '../controls/controls.ts';
import { Fault } from '../errors.ts';
import { Id, MAX_TEXT_CHARACTERS } from './take.ts';
import { Gender } from './voice.ts';
import { VoiceProfile } from './voice-profile.ts';
import { When } from './when.ts';

/** Most voices of one mapping. */
export const MOST_ROWS = 1000;
/** Most lines that candidates speak. */
export const MOST_LINES = 50;
/** Candidates that are kept of a ranking, the nearest first. */
export const KEPT_CANDIDATES = 8;
/** Candidates that failed and that are told of. */
export const KEPT_FAILED = 20;
/** Verdicts that are kept of a row, the newest. */
export const KEPT_VERDICTS = 500;

/** Where voices come from or go to: a provider by its id, or recordings that were brought in. */
export const MappingSide = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('provider'),
    provider: z.string().min(1).max(200),
    modelId: z.string().max(200).nullable(),
  }),
  z.object({ kind: z.literal('recordings') }),
]);
export type MappingSide = z.infer<typeof MappingSide>;

/** A voice as it is spoken with: the one that is left, or the one that takes its place. */
export const MappedVoice = z.object({
  /** `provider:voice`. */
  voiceId: z.string().min(1).max(200),
  /** As it was when it was written down: says who it is where its provider is gone. */
  voiceName: z.string().max(200).default(''),
  modelId: z.string().min(1).max(200).nullable().default(null),
  settings: Settings,
});
export type MappedVoice = z.infer<typeof MappedVoice>;

/** The voice that is left. `voiceId` is null where only recordings of it are there. */
export const SourceVoice = MappedVoice.extend({
  voiceId: MappedVoice.shape.voiceId.nullable(),
  language: z.string().max(40).nullable(),
  gender: Gender,
  accent: z.string().max(100),
  /** Takes that it is heard in, where it is known by recordings. */
  recordings: z.array(Id).max(500).default([]),
});
export type SourceVoice = z.infer<typeof SourceVoice>;

/** What of two voices is compared; each in its own unit. */
export const ProfileFeature = z.enum([
  'pitch',
  'pitchSpread',
  'rate',
  'pauses',
  'loudness',
  'loudnessRange',
  'brightness',
  'clarity',
  'noise',
  'timbre',
]);
export type ProfileFeature = z.infer<typeof ProfileFeature>;

/**
 * What is left between the old voice and the new one as it is set, new less old: pitch and its spread in semitones, rate in
 * parts (0.04 is 4 % faster), pauses in parts of the time, loudness, its range, clarity and noise in dB, brightness in
 * octaves, timbre as the distance of the envelopes.
 */
export const Leftover = z.object({ feature: ProfileFeature, value: z.number() });
export type Leftover = z.infer<typeof Leftover>;

/** A voice that may take the place of another one. */
export const Candidate = MappedVoice.extend({
  /** How far it is from the old voice in all, pitch, rate and level taken out; 0 is the same. */
  distance: z.number().min(0),
  /** The settings that bring it as near as they can, where they were looked for. */
  matched: z.enum(['matched', 'not matched', 'not tried']),
  leftover: z.array(Leftover).max(20),
  /** As it is heard with these settings. */
  profile: VoiceProfile,
  /** Takes in which it speaks: first those of lines that the old voice is heard in, too. */
  takeIds: z.array(Id).max(100),
});
export type Candidate = z.infer<typeof Candidate>;

/** A voice that failed as a candidate, and why. */
export const FailedCandidate = MappedVoice.pick({ voiceId: true, voiceName: true }).extend({ fault: Fault });
export type FailedCandidate = z.infer<typeof FailedCandidate>;

/** What was proposed for a voice. */
export const Proposal = z.object({
  at: When,
  /** Of the old voice. */
  profile: VoiceProfile,
  /** Takes the old voice was heard in. */
  takeIds: z.array(Id).max(500),
  /** The nearest ones, in order. */
  candidates: z.array(Candidate).max(KEPT_CANDIDATES),
  /** How many were compared, and how many were left out by their labels. */
  compared: z.number().int(),
  leftOut: z.number().int(),
  /** Candidates that could not be heard, or whose settings could not be looked for, and why. */
  failed: z.array(FailedCandidate).max(KEPT_FAILED).optional(),
});
export type Proposal = z.infer<typeof Proposal>;

/** What somebody said of a pair of voices after listening. */
export const MappingVerdict = z.object({
  id: Id,
  at: When,
  /** Who; empty where nobody gave a name. */
  by: z.string().max(120),
  verdict: z.enum(['approved', 'rejected', 'later']),
  note: z.string().max(10_000),
  /** What it was said of. */
  choice: MappedVoice.nullable(),
});
export type MappingVerdict = z.infer<typeof MappingVerdict>;

/** How far the looking for a voice's successor is. */
export const RowState = z.enum(['new', 'queued', 'running', 'proposed', 'failed']);
export type RowState = z.infer<typeof RowState>;

/** One voice and what takes its place. */
export const MappingRow = z.object({
  id: Id,
  mappingId: Id,
  /** Its place in the list, from 0. */
  place: z.number().int().min(0),
  source: SourceVoice,
  state: RowState,
  fault: Fault.nullable(),
  /** Whether voices whose labels say another language, gender or accent are compared, too. */
  anyLabels: z.boolean(),
  proposal: Proposal.nullable(),
  /** What is to take its place: the nearest one, until a person chooses or adjusts. */
  choice: MappedVoice.nullable(),
  /** Whether a person chose or adjusted it: then a new proposal leaves it as it is. */
  byHand: z.boolean().default(false),
  /** The newest is last and in force. It stands as long as the choice it was said of does. */
  verdicts: z.array(MappingVerdict).max(KEPT_VERDICTS),
  updatedAt: z.number(),
});
export type MappingRow = z.infer<typeof MappingRow>;

/** What of a row a person changes. A field that is not there stays as it is. */
export const MappingRowPatch = MappingRow.pick({ anyLabels: true, choice: true })
  .extend({
    /** Stays the same voice: its `voiceId` cannot be changed. */
    source: SourceVoice,
    /** By default true where a choice comes with it, and false where the choice is taken away. For undo: as it was. */
    byHand: z.boolean(),
  })
  .partial();
export type MappingRowPatch = z.infer<typeof MappingRowPatch>;

/** Voices of one side and their successors on the other. */
export const Mapping = z.object({
  id: Id,
  projectId: Id,
  name: z.string().trim().min(1).max(120),
  from: MappingSide,
  to: MappingSide,
  /** Lines that the candidates speak. */
  lines: z.array(z.string().trim().min(1).max(MAX_TEXT_CHARACTERS)).min(1).max(MOST_LINES),
  createdAt: z.number(),
  /** When it was last changed itself; its rows have times of their own. */
  updatedAt: z.number(),
});
export type Mapping = z.infer<typeof Mapping>;

/** What of a mapping a person makes. */
export const MappingInput = Mapping.pick({ projectId: true, name: true, from: true, to: true, lines: true });
export type MappingInput = z.infer<typeof MappingInput>;

/** What of it can be changed. A field that is not there stays as it is. */
export const MappingPatch = MappingInput.omit({ projectId: true }).partial();
export type MappingPatch = z.infer<typeof MappingPatch>;

/** A mapping with its rows, in their order. */
export const WholeMapping = Mapping.extend({ rows: z.array(MappingRow).max(MOST_ROWS) });
export type WholeMapping = z.infer<typeof WholeMapping>;

/** A mapping in a list. `updatedAt` is when it or one of its rows was last changed. */
export const MappingEntry = Mapping.pick({ id: true, name: true, updatedAt: true }).extend({
  rows: z.number().int(),
  /** Rows whose verdict in force is approved. */
  approved: z.number().int(),
});
export type MappingEntry = z.infer<typeof MappingEntry>;

/** The verdict in force: the newest one, if it was said of what is chosen now. */
export function verdictInForce({ verdicts, choice }: Pick<MappingRow, 'verdicts' | 'choice'>): MappingVerdict | null {
  const newest = verdicts.at(-1);
  return newest && sameJson(newest.choice, choice) ? newest : null;
}

import { z } from 'zod';
import { NEUTRAL_SETTINGS, type Settings } from '../../../shared/controls/controls.ts';
import { MappingRow, WholeMapping } from '../../../shared/schemas/mapping.ts';
import { MatchEstimate, MatchPlan, MatchRun } from '../../../shared/schemas/match-run.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import { speak, VOICES } from '../../api/testing/listening-client.ts';
import { answer, type OpenStudio } from '../../api/testing/open-studio.ts';
import { mappedVoice, mappingInput, proposalOf, sourceVoice, verdictOf } from '../../library/test-mapping.ts';
import { HOSTILE } from './reported.ts';

const SAID = 'The ship sails at noon.';
/** How the first row's new voice is set: its take was spoken without it. */
export const AS_SET: Settings = { ...NEUTRAL_SETTINGS, speed: 1.2, pitch: 2, volume: -3 };

/** What a mapping to be reported is made of. */
export interface ReportedMapping {
  mapping: WholeMapping;
  /** Of the row whose voices say the same, and of the one whose voices do not. */
  same: Record<'old' | 'new', Take>;
  other: Record<'old' | 'new', Take>;
}

/**
 * A mapping of four voices: one whose successor says the same and is approved, one whose successor says something else, one
 * for which nothing was looked for, and one for which a search failed. Whatever a person can write in it is hostile.
 */
export async function reportedMapping(studio: OpenStudio): Promise<ReportedMapping> {
  const { mappings } = studio.studio.parts.library();
  const projectId = await studio.firstProject();
  const same = { old: await speak(studio, SAID, VOICES[0], { volume: -6 }), new: await speak(studio, SAID, VOICES[1]) };
  const other = { old: await speak(studio, `${SAID} "Who" knows <b>where</b>?`), new: same.new };
  const to = { kind: 'provider', provider: 'builtin', modelId: null } as const;
  const made = await answer(
    await studio.send('/api/mappings', mappingInput(projectId, { name: HOSTILE, to })),
    WholeMapping,
  );
  const sources = [
    sourceVoice('elevenlabs:a', { voiceName: `old ${HOSTILE}`, settings: { ...NEUTRAL_SETTINGS, speed: 1.1 } }),
    sourceVoice(null, { voiceName: 'Recorded', recordings: [other.old.id] }),
    sourceVoice('elevenlabs:c', { voiceName: 'Waiting' }),
    // Nobody speaks this language.
    sourceVoice('elevenlabs:d', { voiceName: `lost ${HOSTILE}`, language: 'tlh' }),
  ];
  const path = `/api/mappings/${made.id}`;
  const { rows } = await answer(
    await studio.send(`${path}/rows`, { sources }),
    z.object({ rows: z.array(MappingRow) }),
  );
  const [first = '', second = '', , last = ''] = rows.map(({ id }) => id);
  const choice = mappedVoice(VOICES[1], { voiceName: `new ${HOSTILE}`, settings: AS_SET });
  mappings.propose(first, proposalOf([[choice, [same.new.id]]], [same.old.id]), choice);
  mappings.fileVerdict(first, verdictOf(choice, { verdict: 'rejected', note: 'flat', at: Date.UTC(2026, 0, 4) }));
  const at = Date.UTC(2026, 0, 5, 12);
  mappings.fileVerdict(first, verdictOf(choice, { by: `Ada ${HOSTILE}`, note: `warm ${HOSTILE}`, at }));
  const plain = mappedVoice(VOICES[1], { voiceName: 'Plain' });
  mappings.propose(second, proposalOf([[plain, [other.new.id]]], [other.old.id]), plain);
  const plan = MatchPlan.parse({ rowIds: [last] });
  const agreed = await answer(await studio.send(`${path}/estimate`, plan), MatchEstimate);
  await answer(await studio.send(`${path}/runs`, { id: crypto.randomUUID(), plan, agreed }), MatchRun);
  const read = async () => answer(await studio.call(path), WholeMapping);
  const isOver = () => studio.studio.parts.matching.runs(made.id)[0]?.state === 'done';
  const over = new Promise<void>((resolve) => {
    const stop = studio.studio.parts.events.subscribe(() => {
      if (!isOver()) return;
      stop();
      resolve();
    });
    if (isOver()) resolve();
  });
  await over;
  return { mapping: await read(), same, other };
}

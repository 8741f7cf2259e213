import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { NEUTRAL_SETTINGS } from '../../../shared/controls/controls.ts';
import { type Fault, toFault } from '../../../shared/errors.ts';
import type { WholeMapping } from '../../../shared/schemas/mapping.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import { Gender } from '../../../shared/schemas/voice.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { listRecordings, speakerOf } from '../../stores/mapping/begin.ts';
import { addVoices } from '../../stores/mapping/rows.ts';
import { useTakes } from '../../stores/takes.ts';
import { languageName } from '../../stores/voice-filter.ts';
import { useVoices } from '../../stores/voices.ts';
import { tellDone, tellFault } from '../takes/notices.tsx';
import { clock, takeSeconds, takeTitle } from '../takes/take-words.ts';
import own from './add-recordings.module.css';
import classes from './add-voices.module.css';
import { countWords } from './map-words.ts';

const GENDERS = Gender.options.map((value) => ({ value, label: value === 'unknown' ? 'not said' : value }));

/** Recordings that were brought into the project; null while they are being read. */
function useRecordings(projectId: string): { takes: readonly Take[] | null; fault: Fault | null } {
  const [reading, setReading] = useState<{ takes: readonly Take[] | null; fault: Fault | null }>({
    takes: null,
    fault: null,
  });
  const newest = useTakes((state) => state.window.ids[0]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is brought in meanwhile comes first in the list of takes
  useEffect(() => {
    const stop = new AbortController();
    listRecordings(projectId, stop.signal).then(
      (takes) => stop.signal.aborted || setReading({ takes, fault: null }),
      (thrown) => stop.signal.aborted || setReading({ takes: null, fault: toFault(thrown) }),
    );
    return () => stop.abort();
  }, [projectId, newest]);
  return reading;
}

/** Languages that any voice speaks: what a recording may be in. */
function useLanguages(): { value: string; label: string }[] {
  const voices = useVoices((state) => state.voices);
  return useMemo(() => {
    const tags = new Set(voices.flatMap(({ languages }) => languages.slice(0, 1)));
    const all = [...tags].map((value) => ({ value, label: languageName(value) }));
    return all.toSorted((a, b) => a.label.localeCompare(b.label));
  }, [voices]);
}

/** Makes a voice of recordings in which it is heard, one voice after the other. */
export function AddRecordings({ mapping, onDone }: { mapping: WholeMapping; onDone?: () => void }) {
  const { takes, fault } = useRecordings(mapping.projectId);
  const used = useMemo(() => new Set(mapping.rows.flatMap(({ source }) => source.recordings)), [mapping.rows]);
  const languages = useLanguages();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [typed, setTyped] = useState<string | null>(null);
  const [language, setLanguage] = useState<string | null>(null);
  const [gender, setGender] = useState<Gender>('unknown');
  const [busy, setBusy] = useState(false);
  if (fault !== null) return <FaultNotice fault={fault} />;
  const free = (takes ?? []).filter(({ id }) => !used.has(id));
  const chosen = free.filter(({ id }) => ticked.has(id));
  const name = typed ?? (chosen[0] ? speakerOf(chosen[0]) : '');
  const tick = (id: string, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(id);
    else next.delete(id);
    setTicked(next);
  };
  const add = async () => {
    setBusy(true);
    try {
      const recordings = chosen.map(({ id }) => id);
      const said = { language: language ?? chosen[0]?.language ?? null, gender, accent: '' };
      const voice = { voiceId: null, voiceName: name.trim(), modelId: null, settings: NEUTRAL_SETTINGS };
      await addVoices([{ ...voice, ...said, recordings }]);
      tellDone(`“${name.trim()}” is in the mapping.`);
      setTicked(new Set());
      setTyped(null);
      if (free.length === chosen.length) onDone?.();
    } catch (thrown) {
      tellFault(thrown, 'It was not added');
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={classes.add}>
      <div className={classes.scroll}>
        <ul className={own.list} aria-label="Recordings">
          {free.map((take) => (
            <li key={take.id} className={own.item}>
              <Checkbox
                size="xs"
                classNames={{ body: classes.body ?? '', labelWrapper: classes.labelWrapper ?? '' }}
                label={
                  <span className={classes.words}>
                    <span className={classes.name}>{takeTitle(take)}</span>
                    <span className={classes.labels}>
                      {[clock(takeSeconds(take) ?? 0), take.text || 'what is said is not written down'].join(' · ')}
                    </span>
                  </span>
                }
                checked={ticked.has(take.id)}
                onChange={(event) => tick(take.id, event.currentTarget.checked)}
              />
            </li>
          ))}
        </ul>
        {takes !== null && free.length === 0 && (
          <p className={classes.none}>
            {takes.length === 0
              ? 'No recording is in this project: drop audio files on the window to bring them in.'
              : 'Every recording is in the mapping.'}
          </p>
        )}
      </div>
      <div className={own.labels}>
        <TextInput
          label="These recordings are of"
          placeholder="Name of the voice"
          value={name}
          maxLength={200}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Select
          label="Language"
          placeholder="Not said"
          clearable
          searchable
          data={languages}
          value={language ?? chosen[0]?.language ?? null}
          onChange={setLanguage}
        />
        <Select
          label="Gender"
          data={GENDERS}
          value={gender}
          allowDeselect={false}
          onChange={(value) => setGender(Gender.parse(value))}
        />
      </div>
      <div className={classes.foot}>
        <Button disabled={chosen.length === 0 || name.trim() === ''} loading={busy} onClick={() => void add()}>
          {chosen.length === 0 ? 'Add the voice' : `Add the voice of ${countWords(chosen.length, 'recording')}`}
        </Button>
      </div>
    </div>
  );
}

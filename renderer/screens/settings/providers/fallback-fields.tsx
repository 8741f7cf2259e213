import { useMemo } from 'react';
import type { Connection, FallbackRule } from '../../../../shared/schemas/connection.ts';
import { useConnections } from '../../../stores/connections.ts';
import { useVoices } from '../../../stores/voices.ts';
import { FallbackExceptions } from './fallback-exceptions.tsx';
import { NOBODY, NOBODY_CHOICE, refOf } from './fallback-rule.ts';
import { FieldRow } from './field-row.tsx';
import { useSaving } from './use-saving.ts';
import { VoiceSelect } from './voice-select.tsx';

/** Who speaks where a provider cannot: nobody, unless a person says so. */
export function FallbackFields({ connection }: { connection: Connection }) {
  const { id, fallback } = connection;
  const all = useVoices((state) => state.voices);
  const own = useMemo(() => all.filter(({ provider }) => provider === id), [all, id]);
  const others = useMemo(() => all.filter(({ provider }) => provider !== id), [all, id]);
  const saving = useSaving();
  const save = (rule: FallbackRule) => saving.save(() => useConnections.getState().change(id, { fallback: rule }));
  return (
    <>
      <FieldRow
        label="When it cannot speak"
        saving={saving}
        note="What another voice speaks is always marked, is never used in comparisons, and may cost money."
      >
        {(ids) => (
          <VoiceSelect
            {...ids}
            grouped
            voices={others}
            others={NOBODY_CHOICE}
            value={fallback.all?.voiceId ?? NOBODY}
            lostName={fallback.all?.voiceName ?? ''}
            error={saving.fault !== null}
            onChoose={(chosen) => void save({ ...fallback, all: refOf(chosen, others) })}
          />
        )}
      </FieldRow>
      <FallbackExceptions rule={fallback} own={own} others={others} onSave={save} />
    </>
  );
}

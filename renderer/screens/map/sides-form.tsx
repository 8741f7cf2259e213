import { Button, Select, TextInput } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { type Fault, toFault } from '../../../shared/errors.ts';
import { standardLines } from '../../../shared/matching/standard-lines.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { RECORDINGS, sideOf } from '../../stores/mapping/begin.ts';

import { beginMapping } from '../../stores/mapping/mappings.ts';
import { useNavigation } from '../../stores/navigation.ts';
import { useSession } from '../../stores/session.ts';
import { baseLanguage } from '../../stores/voice-filter.ts';
import { useVoices } from '../../stores/voices.ts';
import { useProviderNames } from '../desk/voice-browser-sources.ts';
import classes from './sides-form.module.css';

/** Providers that voices can come from or go to. */
function useSides(): { value: string; label: string }[] {
  const providers = useSession((state) => state.status?.providers ?? []);
  return providers.map(({ id, name }) => ({ value: id, label: name }));
}

/** What a mapping goes from and to at first: a provider that was set up to a Chatterbox server, as far as there are any. */
function useFirstSides(): { from: string; to: string } {
  const providers = useSession((state) => state.status?.providers ?? []);
  const kind = (wanted: string) => providers.find((one) => one.kind === wanted)?.id;
  const [first] = providers;
  const to = kind('chatterbox') ?? kind('builtin') ?? first?.id ?? '';
  const from = kind('elevenlabs') ?? providers.find(({ id }) => id !== to)?.id ?? first?.id ?? '';
  return { from, to };
}

/** Models of a provider, where it has several. */
function useModels(provider: string): { value: string; label: string }[] {
  const models = useVoices((state) => state.models);
  const own = models.filter((model) => model.provider === provider);
  return own.length < 2 ? [] : own.map(({ id, name }) => ({ value: id, label: name }));
}

/** The language that most voices of a provider speak; null where it has none. */
function languageOf(provider: string): string | null {
  const counts = new Map<string, number>();
  for (const voice of useVoices.getState().voices) {
    const tag = voice.provider === provider ? voice.languages[0] : undefined;
    if (tag !== undefined) counts.set(baseLanguage(tag), (counts.get(baseLanguage(tag)) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** Asks where voices come from and where they go to, and begins a mapping. */
export function SidesForm({ onBegun, onCancel }: { onBegun?: () => void; onCancel?: () => void }) {
  const sides = useSides();
  const first = useFirstSides();
  const nameOf = useProviderNames();
  const [chosen, choose] = useState<{ from?: string; to?: string; model?: string | null; name?: string }>({});
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const from = chosen.from ?? first.from;
  const to = chosen.to ?? first.to;
  const models = useModels(to);
  const proposed = from === RECORDINGS ? `Recordings to ${nameOf(to)}` : `${nameOf(from)} to ${nameOf(to)}`;
  const name = chosen.name ?? proposed;
  const begin = async () => {
    setBusy(true);
    setFault(null);
    try {
      const goal = sideOf(to);
      const model = models.some(({ value }) => value === chosen.model) ? (chosen.model ?? null) : null;
      await beginMapping({
        name: name.trim(),
        from: sideOf(from),
        to: goal.kind === 'provider' ? { ...goal, modelId: model } : goal,
        lines: standardLines(languageOf(from === RECORDINGS ? to : from)),
      });
      onBegun?.();
    } catch (thrown) {
      setFault(toFault(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={classes.form}
      aria-label="New mapping"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '' && !busy) void begin();
      }}
    >
      <div className={classes.sides}>
        <Select
          label="From"
          data={[...sides, { value: RECORDINGS, label: 'Recordings in this project' }]}
          value={from}
          allowDeselect={false}
          onChange={(value) => value && choose({ ...chosen, from: value })}
        />
        <IconArrowRight className={classes.arrow} size={18} stroke={1.5} aria-hidden />
        <Select
          label="To"
          data={sides}
          value={to}
          allowDeselect={false}
          onChange={(value) => value && choose({ ...chosen, to: value, model: null })}
        />
      </div>
      {models.length > 0 && (
        <Select
          label="Model of the new voices"
          placeholder="Each voice’s own"
          clearable
          data={models}
          value={chosen.model ?? null}
          onChange={(model) => choose({ ...chosen, model })}
        />
      )}
      <TextInput
        label="Name"
        value={name}
        maxLength={120}
        onChange={(event) => choose({ ...chosen, name: event.currentTarget.value })}
      />
      {fault !== null && <FaultNotice fault={fault} />}
      <div className={classes.foot}>
        <Button variant="subtle" color="gray" onClick={() => useNavigation.getState().go('settings')}>
          Add a provider…
        </Button>
        <span className={classes.space} />
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        )}
        <Button type="submit" loading={busy} disabled={name.trim() === '' || from === '' || to === ''}>
          Choose voices
        </Button>
      </div>
    </form>
  );
}

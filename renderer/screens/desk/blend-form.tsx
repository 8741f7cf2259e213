import { Button, Select, Slider, TextInput } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Fault } from '../../../shared/errors.ts';
import { toFault } from '../../../shared/errors.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { useVoices, voiceOf } from '../../stores/voices.ts';
import classes from './blend-form.module.css';
import { useDesk } from './desk-context.ts';
import { speaks } from './voice-words.ts';

/** Lists of options stay inside the window, which a press outside of it would close. */
const INSIDE = { withinPortal: false } as const;

/** The model whose voices are tables that can be mixed. */
const BLENDABLE = /kokoro/;

/** Makes a new voice of two. */
export function BlendForm({ onBack, onMade }: { onBack: () => void; onMade: (voiceId: string) => void }) {
  const { voices, blend } = useVoices();
  const current = useDesk((state) => state.voiceId);
  const parts = useMemo(() => voices.filter(({ blend: of, id }) => of === null && BLENDABLE.test(id)), [voices]);
  const [first, setFirst] = useState(() => parts.find((voice) => voice.id === current)?.id ?? parts[0]?.id ?? null);
  const [second, setSecond] = useState<string | null>(null);
  const [share, setShare] = useState(50);
  const [name, setName] = useState('');
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);

  const nameOf = (id: string | null) => (id === null ? '' : (voiceOf({ voices }, id)?.name ?? ''));
  const suggested = second === null ? '' : `${nameOf(first)} ${nameOf(second)} ${share}/${100 - share}`;
  const data = parts.map((voice) => ({ value: voice.id, label: `${voice.name} · ${speaks(voice)}` }));
  const make = async () => {
    if (first === null || second === null) return;
    setBusy(true);
    setFault(null);
    try {
      const made = await blend({
        name: name.trim() || suggested,
        parts: [
          { voice: first, weight: share / 100 },
          { voice: second, weight: 1 - share / 100 },
        ],
      });
      onMade(made.id);
    } catch (thrown) {
      setFault(toFault(thrown));
      setBusy(false);
    }
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <div className={classes.head}>
        <Button
          autoFocus
          variant="subtle"
          color="gray"
          leftSection={<IconArrowLeft size={15} stroke={1.5} />}
          onClick={onBack}
        >
          All voices
        </Button>
      </div>
      <p className={classes.lead}>Two voices of one model become a new one, which is kept with its weights.</p>
      <Select
        comboboxProps={INSIDE}
        label="First voice"
        searchable
        allowDeselect={false}
        data={data}
        value={first}
        onChange={setFirst}
      />
      <Select
        comboboxProps={INSIDE}
        label="Second voice"
        searchable
        allowDeselect={false}
        placeholder="Choose"
        data={data.filter(({ value }) => value !== first)}
        value={second}
        onChange={setSecond}
      />
      <div>
        <div className={classes.weights}>
          <span>
            {share} % {nameOf(first)}
          </span>
          <span>
            {100 - share} % {nameOf(second)}
          </span>
        </div>
        <Slider
          size={3}
          label={null}
          min={1}
          max={99}
          value={share}
          onChange={setShare}
          thumbLabel="Share of the first voice"
          thumbValueText={(value) => `${value} percent`}
        />
      </div>
      <TextInput
        label="Name"
        placeholder={suggested || 'Named after its parts'}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {fault !== null && <FaultNotice fault={fault} />}
      <Button type="submit" size="sm" disabled={first === null || second === null || first === second} loading={busy}>
        Blend
      </Button>
    </form>
  );
}

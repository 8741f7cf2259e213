import { Select, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';
import type { Voice } from '../../../../shared/schemas/voice.ts';
import { useSession } from '../../../stores/session.ts';
import { languageName } from '../../../stores/voice-filter.ts';

/** Voices that a list shows at once; further ones are found by typing. */
const SHOWN = 100;

interface VoiceSelectProps extends Pick<SelectProps, 'id' | 'aria-label' | 'aria-describedby' | 'disabled' | 'error'> {
  voices: readonly Voice[];
  /** Id of a voice, or of one of `others`. */
  value: string | null;
  /** Choices before the voices. */
  others?: { value: string; label: string }[];
  /** What a voice is called that is not in the list. */
  lostName?: string;
  placeholder?: string;
  /** The name of the provider stands over its voices. */
  grouped?: boolean;
  /** Choosing adds to a list: the field is empty before. */
  adding?: boolean;
  onChoose: (value: string) => void;
}

const named = ({ id, name, languages }: Voice) => ({
  value: id,
  label: languages[0] === undefined ? name : `${name}, ${languageName(languages[0])}`,
});

/** Chooses a voice by typing some of its name. */
export function VoiceSelect({
  voices,
  value,
  others = [],
  lostName,
  grouped,
  adding,
  onChoose,
  ...field
}: VoiceSelectProps) {
  const providers = useSession((state) => state.status?.providers);
  const data = useMemo(() => {
    const lost =
      value === null || others.some((other) => other.value === value) || voices.some(({ id }) => id === value)
        ? []
        : [{ value, label: `${lostName || value} (not in the list)` }];
    const first = [...others, ...lost];
    if (!grouped) return [...first, ...voices.map(named)];
    const ids = [...new Set(voices.map(({ provider }) => provider))];
    return [
      ...first,
      ...ids.map((id) => ({
        group: providers?.find((provider) => provider.id === id)?.name ?? id,
        items: voices.filter((voice) => voice.provider === id).map(named),
      })),
    ];
  }, [voices, value, others, lostName, grouped, providers]);
  return (
    <Select
      {...field}
      data={data}
      value={value}
      searchable
      data-add={adding}
      allowDeselect={false}
      limit={SHOWN}
      maxDropdownHeight={280}
      nothingFoundMessage="No voice is called so."
      onChange={(chosen) => chosen !== null && chosen !== value && onChoose(chosen)}
    />
  );
}

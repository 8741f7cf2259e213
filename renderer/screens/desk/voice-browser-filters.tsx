import { ActionIcon, type ComboboxItem, Select, Tooltip } from '@mantine/core';
import { IconStar, IconStarFilled, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Gender } from '../../../shared/schemas/voice.ts';
import { ANY_VOICE, filterChoices, languageName, sourceChoices, type VoiceFilter } from '../../stores/voice-filter.ts';
import { useVoices } from '../../stores/voices.ts';
import classes from './voice-browser.module.css';
import { useProviderNames } from './voice-browser-sources.ts';

/** Lists of options stay inside the window, which a press outside of it would close. */
const INSIDE = { withinPortal: false, width: 'max-content' } as const;

interface FiltersProps {
  filter: VoiceFilter;
  onChange: (filter: VoiceFilter) => void;
}

/** Narrows the voices by what they are and who speaks them. */
export function VoiceFilters({ filter, onChange }: FiltersProps) {
  const voices = useVoices((state) => state.voices);
  const choices = useMemo(() => filterChoices(voices, filter.language), [voices, filter.language]);
  const genders = useMemo(() => new Set(voices.map(({ gender }) => gender)), [voices]);
  const labelled = choices.labels.length > 0;
  return (
    <>
      <div className={classes.filters}>
        <Select
          comboboxProps={INSIDE}
          aria-label="Language"
          placeholder="Language"
          searchable
          data={choices.languages.map((value) => ({ value, label: languageName(value) }))}
          value={filter.language}
          onChange={(language) => onChange({ ...filter, language, accent: null })}
        />
        <Select
          comboboxProps={INSIDE}
          aria-label="Accent"
          placeholder="Accent"
          searchable
          data={choices.accents}
          value={filter.accent}
          onChange={(accent) => onChange({ ...filter, accent })}
        />
        <Select
          comboboxProps={INSIDE}
          aria-label="Gender"
          placeholder="Gender"
          data={Gender.options.filter((gender) => genders.has(gender))}
          value={filter.gender}
          onChange={(gender) => onChange({ ...filter, gender: Gender.nullable().parse(gender) })}
        />
        {!labelled && <Source filter={filter} onChange={onChange} />}
        <Tooltip label="Favourites only">
          <ActionIcon
            aria-label="Favourites only"
            aria-pressed={filter.favourites}
            color={filter.favourites ? 'lamp' : 'gray'}
            onClick={() => onChange({ ...filter, favourites: !filter.favourites })}
          >
            {filter.favourites ? <IconStarFilled size={15} /> : <IconStar size={15} stroke={1.5} />}
          </ActionIcon>
        </Tooltip>
        {!labelled && <Clear filter={filter} onChange={onChange} />}
      </div>
      {labelled && (
        <div className={classes.filters}>
          <Source filter={filter} onChange={onChange} />
          <Select
            comboboxProps={INSIDE}
            aria-label="Label"
            placeholder="Label"
            searchable
            limit={200}
            data={choices.labels}
            value={filter.label}
            onChange={(label) => onChange({ ...filter, label })}
          />
          <Clear filter={filter} onChange={onChange} />
        </div>
      )}
    </>
  );
}

/** Providers and, under each, its models. */
function Source({ filter, onChange }: FiltersProps) {
  const { voices, models } = useVoices();
  const nameOf = useProviderNames();
  const sources = useMemo(() => sourceChoices(voices, models, nameOf), [voices, models, nameOf]);
  const under = useMemo(() => new Set(sources.filter((source) => source.under).map(({ value }) => value)), [sources]);
  const option = ({ option: { value, label } }: { option: ComboboxItem }) => (
    <span data-under={under.has(value) || undefined} className={classes.source}>
      {label}
    </span>
  );
  return (
    <Select
      comboboxProps={INSIDE}
      aria-label="Provider"
      placeholder="Provider"
      data={sources.map(({ value, label }) => ({ value, label }))}
      renderOption={option}
      value={filter.source}
      onChange={(source) => onChange({ ...filter, source })}
    />
  );
}

function Clear({ filter, onChange }: FiltersProps) {
  const any = Object.entries(filter).some(([name, value]) => name !== 'search' && value !== null && value !== false);
  return (
    <Tooltip label="Clear the filters">
      <ActionIcon
        aria-label="Clear the filters"
        data-hidden={!any || undefined}
        className={classes.clear}
        onClick={() => onChange({ ...ANY_VOICE, search: filter.search })}
      >
        <IconX size={15} stroke={1.5} />
      </ActionIcon>
    </Tooltip>
  );
}

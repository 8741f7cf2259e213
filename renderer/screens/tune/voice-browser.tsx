import { ActionIcon, Button, Select, TextInput, Tooltip } from '@mantine/core';
import { IconArrowsJoin, IconSearch, IconStar, IconStarFilled, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { Gender } from '../../../shared/schemas/voice.ts';
import { useTune } from '../../stores/tune.ts';
import { ANY_VOICE, filterChoices, filterVoices, languageName, type VoiceFilter } from '../../stores/voice-filter.ts';
import { useVoices } from '../../stores/voices.ts';
import { BlendForm } from './blend-form.tsx';
import classes from './voice-browser.module.css';
import { VoiceRow } from './voice-row.tsx';
import { modelName } from './voice-words.ts';

/** Lists of options stay inside the window, which a press outside of it would close. */
const INSIDE = { withinPortal: false, width: 'max-content' } as const;

/** All voices: search, filters, samples, favourites, blends. */
export function VoiceBrowser({ language, onClose }: { language: string | null; onClose: () => void }) {
  const [filter, setFilter] = useState<VoiceFilter>({ ...ANY_VOICE, language });
  const [blending, setBlending] = useState(false);
  const { voices, favourites } = useVoices();
  const chosen = useTune((state) => state.voiceId);
  const setVoice = useTune((state) => state.setVoice);
  const list = useRef<HTMLUListElement>(null);
  const shown = useMemo(() => filterVoices(voices, filter, favourites), [voices, filter, favourites]);
  const choose = (id: string) => {
    setVoice(id);
    onClose();
  };

  if (blending) return <BlendForm onBack={() => setBlending(false)} onMade={choose} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move the focus among the buttons inside
    <div className={classes.browser} onKeyDown={(event) => moveFocus(event, list.current)}>
      <div className={classes.head}>
        <TextInput
          data-autofocus
          autoFocus
          size="sm"
          aria-label="Search voices"
          placeholder={`Search ${voices.length} voices`}
          leftSection={<IconSearch size={15} stroke={1.5} />}
          value={filter.search}
          onChange={(event) => setFilter({ ...filter, search: event.currentTarget.value })}
          onKeyDown={(event) => {
            const first = shown[0];
            if (event.key === 'Enter' && first !== undefined) choose(first.id);
          }}
        />
        <Filters filter={filter} onChange={setFilter} />
      </div>
      <ul
        className={classes.list}
        ref={list}
        aria-label="Voices"
        data-searching={filter.search.trim() !== '' || undefined}
      >
        {shown.map((voice) => (
          <VoiceRow key={voice.id} voice={voice} chosen={voice.id === chosen} onChoose={choose} />
        ))}
      </ul>
      {shown.length === 0 && (
        <div className={classes.none}>
          <p>No voice is like this.</p>
          <Button variant="default" onClick={() => setFilter(ANY_VOICE)}>
            Show all voices
          </Button>
        </div>
      )}
      <div className={classes.foot}>
        <span aria-live="polite">
          {shown.length} of {voices.length}
        </span>
        <Button
          variant="subtle"
          leftSection={<IconArrowsJoin size={15} stroke={1.5} />}
          onClick={() => setBlending(true)}
        >
          Blend two voices
        </Button>
      </div>
    </div>
  );
}

function Filters({ filter, onChange }: { filter: VoiceFilter; onChange: (filter: VoiceFilter) => void }) {
  const { voices, models } = useVoices();
  const {
    languages,
    accents,
    models: keys,
  } = useMemo(() => filterChoices(voices, filter.language), [voices, filter.language]);
  const any = Object.entries(filter).some(([name, value]) => name !== 'search' && value !== null && value !== false);
  return (
    <div className={classes.filters}>
      <Select
        comboboxProps={INSIDE}
        aria-label="Language"
        placeholder="Language"
        searchable
        data={languages.map((value) => ({ value, label: languageName(value) }))}
        value={filter.language}
        onChange={(language) => onChange({ ...filter, language, accent: null })}
      />
      <Select
        comboboxProps={INSIDE}
        aria-label="Accent"
        placeholder="Accent"
        searchable
        data={accents}
        value={filter.accent}
        onChange={(accent) => onChange({ ...filter, accent })}
      />
      <Select
        comboboxProps={INSIDE}
        aria-label="Gender"
        placeholder="Gender"
        data={Gender.options.filter((gender) => voices.some((voice) => voice.gender === gender))}
        value={filter.gender}
        onChange={(gender) => onChange({ ...filter, gender: Gender.nullable().parse(gender) })}
      />
      <Select
        comboboxProps={INSIDE}
        aria-label="Provider"
        placeholder="Provider"
        data={keys.map((value) => {
          const voice = voices.find((one) => `${one.provider}/${one.model}` === value);
          return { value, label: voice ? modelName(voice, models) : value };
        })}
        value={filter.model}
        onChange={(model) => onChange({ ...filter, model })}
      />
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
    </div>
  );
}

/** Arrow keys: up and down from row to row (down from the search to the first), left and right inside a row. */
function moveFocus(event: KeyboardEvent, list: HTMLElement | null): void {
  const at = event.target instanceof HTMLElement ? event.target : null;
  const row = at?.closest('li');
  const rows = [...(list?.querySelectorAll('li') ?? [])];
  if (row === null || row === undefined) {
    if (event.key !== 'ArrowDown' || at?.getAttribute('aria-label') !== 'Search voices') return;
    event.preventDefault();
    rows[0]?.querySelector('button')?.focus();
    return;
  }
  const buttons = [...row.querySelectorAll('button')];
  const column = at instanceof HTMLButtonElement ? buttons.indexOf(at) : -1;
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (by === undefined && sideways === undefined) return;
  event.preventDefault();
  if (sideways !== undefined) buttons[column + sideways]?.focus();
  else if (by !== undefined) {
    const next = rows[rows.indexOf(row) + by];
    const focus = next?.querySelectorAll('button')[column] ?? next?.querySelector('button');
    (focus ?? document.querySelector<HTMLElement>('[aria-label="Search voices"]'))?.focus();
  }
}

import { ActionIcon, Button, Select, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconDownload, IconFileImport, IconFilterOff, IconSearch, IconTrash, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { TakeState } from '../../../shared/schemas/take.ts';
import { useExports } from '../../stores/exports.ts';
import { importFiles, isFiltered, NO_FILTER, useTakes } from '../../stores/takes.ts';
import { removeWithUndo } from './take-deeds.tsx';
import { useProviderChoices, useVoiceChoices } from './take-links.ts';
import classes from './takes-toolbar.module.css';

/** Milliseconds after the last key until the list is searched. */
const SEARCH_PAUSE = 120;

const STATES = [
  { value: 'done', label: 'Done' },
  { value: 'rendering', label: 'Being made' },
  { value: 'incomplete', label: 'Incomplete' },
  { value: 'failed', label: 'Failed' },
];

const RATINGS = [1, 2, 3, 4, 5].map((stars) => ({
  value: String(stars),
  label: stars === 5 ? '★ 5' : `★ ${stars} and up`,
}));

function Search() {
  const search = useTakes((state) => state.filter.search);
  const [words, setWords] = useState(search);
  const apply = useDebouncedCallback((next: string) => useTakes.getState().setFilter({ search: next }), SEARCH_PAUSE);
  useEffect(() => setWords(search), [search]);
  return (
    <TextInput
      className={classes.search}
      aria-label="Search takes"
      placeholder="Search takes"
      leftSection={<IconSearch size={14} stroke={1.6} />}
      value={words}
      maxLength={200}
      data-takes-search
      onChange={(event) => {
        setWords(event.currentTarget.value);
        void apply(event.currentTarget.value);
      }}
    />
  );
}

function Filters() {
  const filter = useTakes((state) => state.filter);
  const set = useTakes((state) => state.setFilter);
  const voices = useVoiceChoices();
  const providers = useProviderChoices();
  return (
    <>
      <Select
        className={classes.voice}
        aria-label="Voice"
        placeholder="Any voice"
        data={voices}
        value={filter.voiceId}
        onChange={(voiceId) => void set({ voiceId })}
        searchable
        clearable
        limit={200}
        nothingFoundMessage="No such voice"
      />
      {providers.length > 1 && (
        <Select
          className={classes.narrow}
          aria-label="Provider"
          placeholder="Any provider"
          data={providers}
          value={filter.provider}
          onChange={(provider) => void set({ provider })}
          clearable
        />
      )}
      <Select
        className={classes.narrow}
        aria-label="Rating"
        placeholder="Any rating"
        data={RATINGS}
        value={filter.minRating === null ? null : String(filter.minRating)}
        onChange={(stars) => void set({ minRating: stars === null ? null : Number(stars) })}
        clearable
      />
      <Select
        className={classes.narrow}
        aria-label="State"
        placeholder="Any state"
        data={STATES}
        value={filter.state}
        onChange={(state) => void set({ state: state === null ? null : TakeState.parse(state) })}
        clearable
      />
      {isFiltered(filter) && (
        <Tooltip label="Show all takes">
          <ActionIcon aria-label="Show all takes" onClick={() => void set({ ...NO_FILTER, sort: filter.sort })}>
            <IconFilterOff size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
    </>
  );
}

function SelectionDeeds() {
  const selected = useTakes((state) => state.selection.selected);
  const clear = useTakes((state) => state.clearSelection);
  if (selected.size < 2) return null;
  return (
    <>
      <span className={classes.selected}>{selected.size.toLocaleString()} selected</span>
      <Button
        variant="default"
        leftSection={<IconDownload size={14} stroke={1.6} />}
        onClick={() => useExports.getState().open([...selected])}
      >
        Export
      </Button>
      <Button
        variant="default"
        leftSection={<IconTrash size={14} stroke={1.6} />}
        onClick={() => void removeWithUndo([...selected])}
      >
        Delete
      </Button>
      <Tooltip label="Select one only">
        <ActionIcon aria-label="Select one only" onClick={clear}>
          <IconX size={15} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

/** Opens the system's file dialog for audio files to bring in. */
export function ImportButton({ label }: { label?: string }) {
  const input = useRef<HTMLInputElement>(null);
  const pick = () => input.current?.click();
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept="audio/*,.txt,.flac,.opus,.ogg,.m4a,.aiff"
        aria-label="Audio files to bring in"
        data-takes-import
        onChange={(event) => {
          void importFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      {label ? (
        <Button variant="default" leftSection={<IconFileImport size={14} stroke={1.6} />} onClick={pick}>
          {label}
        </Button>
      ) : (
        <Tooltip label="Bring audio files in as takes">
          <ActionIcon aria-label="Bring audio files in as takes" onClick={pick}>
            <IconFileImport size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
    </>
  );
}

/** How many takes there are, search, filters, and what can be done with those selected. */
export function TakesToolbar() {
  const total = useTakes((state) => state.window.ids.length);
  return (
    <div className={classes.bar}>
      <h2 className={classes.title}>Takes</h2>
      <span className={classes.count} aria-live="polite">
        {total.toLocaleString()}
      </span>
      <Search />
      <Filters />
      <span className={classes.space} />
      <SelectionDeeds />
      <ImportButton />
    </div>
  );
}

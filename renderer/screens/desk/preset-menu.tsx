import { ActionIcon, Button, FileButton, Popover, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconDownload, IconPencil, IconPlus, IconTrash, IconUpload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Preset } from '../../../shared/schemas/preset.ts';
import { focusNeighbour } from '../../elements/focus-neighbour.ts';
import { provideCommand } from '../../stores/commands.ts';
import { saveFile } from '../../stores/exports-calls.ts';
import { deskOf, matchesPreset, usePresets } from '../../stores/presets.ts';
import { chosenModelId, useVoices, voiceOf } from '../../stores/voices.ts';
import { tellDone, tellFault, tellUndo } from '../takes/notices.tsx';
import { settingsThatDiffer } from '../takes/take-words.ts';
import { useDesk, useDeskStore } from './desk-context.ts';
import { importPresetFile } from './import-desk.ts';
import classes from './preset-menu.module.css';

/** Presets of the project: keep, apply, rename, remove, hand on. */
export function PresetMenu() {
  const [open, setOpen] = useState(false);
  const presets = usePresets((state) => state.presets);
  const current = useDesk((on) => presets.find((preset) => matchesPreset(preset, on))?.name);
  useEffect(() => provideCommand('presets', () => setOpen(true)), []);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={340} offset={4} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          className={classes.target ?? ''}
          rightSection={<IconChevronDown size={14} stroke={1.5} />}
          onClick={() => setOpen(!open)}
        >
          <span className={classes.current}>{current ?? 'Presets'}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown ?? ''} aria-label="Presets">
        {open && <PresetList presets={presets} onApply={() => setOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function PresetList({ presets, onApply }: { presets: Preset[]; onApply: () => void }) {
  const file = usePresets((state) => state.file);
  const projectId = usePresets((state) => state.projectId);
  const download = () =>
    file()
      .then((blob) => saveFile('presets.timbre.json', blob, new AbortController().signal))
      .catch((thrown) => tellFault(thrown, 'The presets were not written'));
  return (
    <>
      <SavePreset />
      {presets.length === 0 ? (
        <p className={classes.empty}>
          A preset keeps the voice and the controls under a name, to be used again or handed on.
        </p>
      ) : (
        <ul className={classes.list}>
          {presets.map((preset) => (
            <PresetRow key={preset.id} preset={preset} onApply={onApply} />
          ))}
        </ul>
      )}
      <div className={classes.foot}>
        <FileButton accept="application/json,.json" onChange={(chosen) => chosen && void importPresetFile(chosen)}>
          {(props) => (
            <Button
              {...props}
              variant="subtle"
              color="gray"
              disabled={projectId === null}
              leftSection={<IconUpload size={14} stroke={1.5} />}
            >
              Import
            </Button>
          )}
        </FileButton>
        <Button
          variant="subtle"
          color="gray"
          disabled={presets.length === 0}
          leftSection={<IconDownload size={14} stroke={1.5} />}
          onClick={() => void download()}
        >
          Export all
        </Button>
      </div>
    </>
  );
}

function SavePreset() {
  const [name, setName] = useState('');
  const { presets, save, change } = usePresets();
  const desk = useDeskStore();
  const same = presets.find((preset) => preset.name === name.trim());
  const keep = async () => {
    const { voiceId, modelId: chosen, settings } = desk.getState();
    const modelId = chosenModelId(useVoices.getState(), voiceId, chosen);
    const voiceName = voiceOf(useVoices.getState(), voiceId)?.name ?? '';
    try {
      if (same) await change(same.id, { voiceId, voiceName, modelId, settings });
      else await save({ name: name.trim(), voiceId, voiceName, modelId, settings });
      tellDone(`Kept as “${name.trim()}”.`);
      setName('');
    } catch (thrown) {
      tellFault(thrown, 'The preset was not kept');
    }
  };
  return (
    <form
      className={classes.save}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') void keep();
      }}
    >
      <TextInput
        data-autofocus
        aria-label="Name of a new preset"
        placeholder="Keep this voice and controls as…"
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" disabled={name.trim() === ''} leftSection={<IconPlus size={14} stroke={1.8} />}>
        {same ? 'Replace' : 'Keep'}
      </Button>
    </form>
  );
}

function PresetRow({ preset, onApply }: { preset: Preset; onApply: () => void }) {
  const [renaming, setRenaming] = useState<string | null>(null);
  const pencil = useRef<HTMLButtonElement>(null);
  // The field goes with the focus in it; without a place to go to, keys would no longer reach the menu.
  const leave = () => {
    flushSync(() => setRenaming(null));
    pencil.current?.focus();
  };
  const { change, remove, restore } = usePresets();
  const desk = useDeskStore();
  const chosen = useDesk((on) => matchesPreset(preset, on));
  const rename = async (name: string) => {
    setRenaming(null);
    if (name.trim() === '' || name.trim() === preset.name) return;
    await change(preset.id, { name: name.trim() }).catch((thrown) => tellFault(thrown, 'The preset was not renamed'));
  };
  const away = () =>
    remove(preset.id).then(
      () => tellUndo(`“${preset.name}” deleted`, () => restore(preset.id)),
      (thrown) => tellFault(thrown, 'The preset was not deleted'),
    );
  if (renaming !== null) {
    return (
      <li className={classes.row}>
        <TextInput
          className={classes.rename ?? ''}
          autoFocus
          aria-label={`New name of ${preset.name}`}
          maxLength={120}
          value={renaming}
          onChange={(event) => setRenaming(event.currentTarget.value)}
          onBlur={() => void rename(renaming)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== 'Escape') return;
            event.preventDefault();
            event.stopPropagation();
            leave();
            if (event.key === 'Enter') void rename(renaming);
          }}
        />
      </li>
    );
  }
  return (
    <li className={classes.row} data-chosen={chosen || undefined}>
      <UnstyledButton
        className={classes.apply}
        aria-pressed={chosen}
        onClick={() => {
          desk.getState().apply(deskOf(preset));
          onApply();
        }}
      >
        <span>{preset.name}</span>
        <span className={classes.about}>
          {[preset.voiceName, ...settingsThatDiffer(preset.settings)].filter(Boolean).join(' · ')}
        </span>
      </UnstyledButton>
      <Tooltip label="Rename">
        <ActionIcon ref={pencil} aria-label={`Rename ${preset.name}`} onClick={() => setRenaming(preset.name)}>
          <IconPencil size={15} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Delete">
        <ActionIcon
          aria-label={`Delete ${preset.name}`}
          onClick={(event) => {
            focusNeighbour(event.currentTarget);
            void away();
          }}
        >
          <IconTrash size={15} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

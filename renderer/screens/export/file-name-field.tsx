import { TextInput } from '@mantine/core';
import { useRef } from 'react';
import { fileName } from '../../../shared/export/file-name.ts';
import { heardVoice } from '../../../shared/export/heard-voice.ts';
import { settingsWords } from '../../../shared/export/settings-words.ts';
import { useExports } from '../../stores/exports.ts';
import { useProjects } from '../../stores/projects.ts';
import { useTakes } from '../../stores/takes.ts';
import { heardNow, slidersMoved } from '../takes/take-links.ts';
import classes from './export-dialog.module.css';

/** What may stand in a pattern, and what it becomes. */
const VARIABLES = [
  { name: 'project', meaning: 'the project' },
  { name: 'voice', meaning: 'the voice' },
  { name: 'line', meaning: 'the place in this export, from 001' },
  { name: 'take', meaning: 'eight characters that only this take has' },
  { name: 'settings', meaning: 'the settings that are not neutral' },
  { name: 'name', meaning: 'the name of the take, or the beginning of its text' },
  { name: 'date', meaning: 'the day it was made' },
] as const;

/** The name the first file gets. */
function usePreview(): string {
  const { takeIds, choice } = useExports();
  const first = takeIds[0];
  const take = useTakes((state) => (first === undefined ? undefined : state.window.takes.get(first)));
  const project = useProjects((state) => state.projects.find(({ id }) => id === take?.projectId)?.name ?? '');
  if (take === undefined) return '';
  const preview = choice.heard === 'preview' && takeIds.length === 1 && slidersMoved(take);
  const parts = {
    project,
    voice: heardVoice(take),
    line: 1,
    take: take.id.slice(0, 8),
    settings: settingsWords(preview ? heardNow(take).settings : take.settings),
    name: take.name || take.text.slice(0, 60),
    date: take.createdAt,
  };
  const suffix = `${preview ? '-preview' : ''}${take.state === 'done' ? '' : '-incomplete'}`;
  return `${fileName(choice.pattern, parts, suffix)}.${choice.format}`;
}

/** The pattern of the file name; its variables can be clicked in, and the name it makes is shown. */
export function FileNameField() {
  const pattern = useExports((state) => state.choice.pattern);
  const choose = useExports((state) => state.choose);
  const preview = usePreview();
  const input = useRef<HTMLInputElement>(null);

  function insert(name: string): void {
    const field = input.current;
    const at = field?.selectionStart ?? pattern.length;
    const to = field?.selectionEnd ?? at;
    const word = `{${name}}`;
    choose({ pattern: `${pattern.slice(0, at)}${word}${pattern.slice(to)}` });
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(at + word.length, at + word.length);
    });
  }

  return (
    <>
      <TextInput
        ref={input}
        aria-label="Pattern of the file name"
        value={pattern}
        maxLength={200}
        spellCheck={false}
        error={pattern.trim() === '' ? 'A file needs a name' : undefined}
        onChange={(event) => choose({ pattern: event.currentTarget.value })}
      />
      <div className={classes.variables}>
        {VARIABLES.map(({ name, meaning }) => (
          <button
            key={name}
            type="button"
            className={classes.variable}
            title={`{${name}}: ${meaning}`}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => insert(name)}
          >
            {name}
          </button>
        ))}
      </div>
      <output className={classes.preview}>{preview}</output>
    </>
  );
}

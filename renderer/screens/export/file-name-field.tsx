import { TextInput } from '@mantine/core';
import { useRef } from 'react';
import { FILE_NAME_VARIABLES, takeFileName } from '../../../shared/text/file-name.ts';
import { useExports } from '../../stores/exports.ts';
import { useProjects } from '../../stores/projects.ts';
import { useTakes } from '../../stores/takes.ts';
import { heardNow } from '../takes/take-links.ts';
import classes from './export-dialog.module.css';

/** The name the first file gets. */
function usePreview(): string {
  const { takeIds, choice } = useExports();
  const first = takeIds[0];
  const take = useTakes((state) => (first === undefined ? undefined : state.window.takes.get(first)));
  const project = useProjects((state) => state.projects.find(({ id }) => id === take?.projectId)?.name ?? '');
  if (take === undefined) return '';
  const settings = choice.heard === 'preview' && takeIds.length === 1 ? heardNow(take).settings : take.settings;
  return `${takeFileName(choice.pattern, { project, take, settings })}.${choice.format}`;
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
        {FILE_NAME_VARIABLES.map(({ name, meaning }) => (
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

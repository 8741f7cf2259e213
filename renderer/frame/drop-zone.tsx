import { useEffect, useState } from 'react';
import { fault } from '../../shared/errors.ts';
import { importJson } from '../screens/desk/import-desk.ts';
import { mergeProjectFile } from '../screens/projects/project-deeds.tsx';
import { tellFault } from '../screens/takes/notices.tsx';
import { importFiles } from '../stores/takes.ts';
import { isAudioFile } from '../stores/takes-import.ts';
import classes from './drop-zone.module.css';

/** Takes whatever Timbre can read, wherever on the window it is dropped. */
async function takeFiles(files: File[]): Promise<void> {
  const ends = (ending: string) => (file: File) => file.name.toLowerCase().endsWith(ending);
  for (const file of files.filter(ends('.json'))) await importJson(file);
  for (const file of files.filter(ends('.timbre'))) await mergeProjectFile(file);
  // Texts of the same name come along; without a sound to go with they are of no use.
  const sounds = files.filter((file) => isAudioFile(file) || ends('.txt')(file));
  if (sounds.some(isAudioFile)) await importFiles(sounds);
  else if (!files.some((file) => ends('.json')(file) || ends('.timbre')(file))) {
    tellFault(
      fault('unsupported', 'Timbre cannot read this file.', {
        todo: 'Drop audio, the JSON beside an export, a file of presets, or a project file.',
      }),
      'Nothing was brought in',
    );
  }
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** Whether it hovers over a place that takes files for itself. */
function overOwnPlace({ target }: DragEvent): boolean {
  return target instanceof Element && target.closest('[data-takes-files]') !== null;
}

/** The whole window takes files; while some hover over it, it says which. */
export function DropZone() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const hover = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(!overOwnPlace(event));
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      if (overOwnPlace(event)) return;
      void takeFiles([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener('dragenter', hover, { signal });
    addEventListener('dragover', hover, { signal });
    addEventListener('dragleave', leave, { signal });
    addEventListener('drop', drop, { signal });
    return () => stop.abort();
  }, []);
  if (!over) return null;
  return (
    <div className={classes.zone} aria-hidden>
      <p>
        <strong>Drop it here</strong>
        <br />
        audio becomes takes · the JSON beside an export brings its settings back · presets and projects come in
      </p>
    </div>
  );
}

import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import type { CloneLimits } from '../../../../shared/schemas/connection.ts';
import { bytesWords } from '../../takes/take-words.ts';
import classes from './clone-form.module.css';
import { FieldRow } from './field-row.tsx';
import { cloneLimitWords } from './recording-check.ts';

interface RecordingDropProps {
  file: File | null;
  limits: CloneLimits;
  /** Why the file cannot be used; null where it can. */
  wrong: string | null;
  busy: boolean;
  onFile: (file: File) => void;
}

/** Takes a recording, dropped or chosen. The whole window takes files too, and leaves those dropped here alone. */
export function RecordingDrop({ file, limits, wrong, busy, onFile }: RecordingDropProps) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  return (
    <FieldRow
      label="Recording"
      plain
      note={cloneLimitWords(limits)}
      fault={wrong === null ? null : { code: 'unsupported', message: wrong }}
    >
      {({ 'aria-describedby': words }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: what is dropped here can be chosen by the button too
        <div
          className={classes.drop}
          data-takes-files
          data-over={over}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            const dropped = event.dataTransfer.files[0];
            if (dropped !== undefined && !busy) onFile(dropped);
          }}
        >
          <span className={classes.file} data-chosen={file !== null} aria-live="polite">
            {file === null ? 'Drop one voice here, or' : `${file.name}, ${bytesWords(file.size)}`}
          </span>
          <Button variant="default" disabled={busy} aria-describedby={words} onClick={() => input.current?.click()}>
            {file === null ? 'Choose a recording…' : 'Choose another recording…'}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            aria-label="Recording of the voice"
            accept={limits.types.map((type) => `.${type}`).join(',')}
            onChange={(event) => {
              const chosen = event.currentTarget.files?.[0];
              if (chosen !== undefined) onFile(chosen);
              event.currentTarget.value = '';
            }}
          />
        </div>
      )}
    </FieldRow>
  );
}

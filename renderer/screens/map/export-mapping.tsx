import { Button, Group, Modal, Select, UnstyledButton } from '@mantine/core';
import { useMemo, useState } from 'react';
import { type Fault, toFault } from '../../../shared/errors.ts';
import { isApproved, type MappingFile, mappingFile } from '../../../shared/mapping/mapping-file.ts';
import {
  MAPPING_FORMATS,
  type MappingFormat,
  type MappingFormatId,
  mappingFormat,
} from '../../../shared/mapping/mapping-formats.ts';
import type { WholeMapping } from '../../../shared/schemas/mapping.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { saveFile } from '../../stores/exports-calls.ts';
import { openDialog, useMapView } from '../../stores/mapping/map-view.ts';
import { tellDone, tellFault } from '../takes/notices.tsx';
import { bytesWords } from '../takes/take-words.ts';
import classes from './export-mapping.module.css';
import { countWords } from './map-words.ts';
import { onRadioKeys } from './radio-keys.ts';

/** Formats that name one voice which speaks where none is named. */
const WITH_DEFAULT: ReadonlySet<MappingFormatId> = new Set(['env', 'rollback-env']);
/** Characters of a file that are shown. */
const SHOWN = 20_000;

/** The file as text, or why there is none. */
function written(
  format: MappingFormat,
  file: MappingFile,
  defaultRow: number | null,
): { text: string } | { fault: Fault } {
  try {
    return { text: format.write(file, { defaultRow }) };
  } catch (thrown) {
    return { fault: toFault(thrown) };
  }
}

/** A name that every file system takes. */
const plainName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
    .toLowerCase() || 'mapping';

/** Lets a mapping leave as a file that a voice agent, a spreadsheet or another Timbre reads. */
export function ExportMapping({ mapping }: { mapping: WholeMapping }) {
  const opened = useMapView((state) => state.dialog === 'export');
  return (
    <Modal opened={opened} onClose={() => openDialog(null)} size={900} title="Export mapping">
      {opened && <Export key={mapping.id} mapping={mapping} />}
    </Modal>
  );
}

function Export({ mapping }: { mapping: WholeMapping }) {
  const [id, choose] = useState<MappingFormatId>('json');
  const [defaultRow, setDefaultRow] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const file = useMemo(() => mappingFile(mapping), [mapping]);
  const format = mappingFormat(id);
  const made = useMemo(() => written(mappingFormat(id), file, defaultRow), [id, file, defaultRow]);
  const approved = file.rows.filter(isApproved).length;
  const name = `${plainName(mapping.name)}${format.ending}`;
  const save = async () => {
    if (!('text' in made)) return;
    setBusy(true);
    try {
      const blob = new Blob([made.text], { type: format.type });
      const saved = await saveFile(name, blob, new AbortController().signal);
      if (saved === null) return;
      tellDone(`Saved: ${saved} (${bytesWords(blob.size)})`);
      openDialog(null);
    } catch (thrown) {
      tellFault(thrown, 'It was not saved');
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div className={classes.export}>
        <div
          className={classes.formats}
          role="radiogroup"
          aria-label="Format"
          onKeyDown={onRadioKeys((place) => choose(MAPPING_FORMATS[place]?.id ?? id))}
        >
          {MAPPING_FORMATS.map(({ id: one, label, purpose }) => (
            <UnstyledButton
              key={one}
              role="radio"
              aria-checked={one === id}
              tabIndex={one === id ? 0 : -1}
              className={classes.format}
              data-format={one}
              onClick={() => choose(one)}
            >
              <span className={classes.label}>{label}</span>
              <span className={classes.purpose}>{purpose}</span>
            </UnstyledButton>
          ))}
        </div>
        <div className={classes.side}>
          {WITH_DEFAULT.has(id) && (
            <Select
              label="Voice that speaks where none is named"
              placeholder="The first approved one"
              clearable
              data={file.rows.flatMap((row, index) =>
                isApproved(row) ? [{ value: String(index), label: `${row.old.voiceName} → ${row.new.voiceName}` }] : [],
              )}
              value={defaultRow === null ? null : String(defaultRow)}
              onChange={(value) => setDefaultRow(value === null ? null : Number(value))}
            />
          )}
          {'fault' in made ? (
            <FaultNotice fault={made.fault} />
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys
            <section className={classes.preview} tabIndex={0} aria-label={`Preview of ${name}`}>
              <pre>
                {made.text.slice(0, SHOWN)}
                {made.text.length > SHOWN && '…'}
              </pre>
            </section>
          )}
        </div>
      </div>
      <Group justify="space-between" mt="md">
        <span className={classes.count}>
          {format.rows === 'all'
            ? `${countWords(file.rows.length, 'voice')} with their verdicts, ${approved} approved`
            : `${countWords(approved, 'approved voice')}`}
        </span>
        <Group gap="xs">
          <Button variant="default" onClick={() => openDialog(null)}>
            Cancel
          </Button>
          <Button data-autofocus loading={busy} disabled={'fault' in made} onClick={() => void save()}>
            Save {name}
          </Button>
        </Group>
      </Group>
    </>
  );
}

export default ExportMapping;

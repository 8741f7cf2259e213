import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { type Fault, toFault } from '../../../../shared/errors.ts';
import type { CloneLimits, Connection } from '../../../../shared/schemas/connection.ts';
import { useConnections } from '../../../stores/connections.ts';
import { sendRecording } from '../../../stores/connections-calls.ts';
import { languageName } from '../../../stores/voice-filter.ts';
import { useVoices } from '../../../stores/voices.ts';
import classes from './clone-form.module.css';
import { FieldFault, FieldRow } from './field-row.tsx';
import { recordingFault } from './recording-check.ts';
import { RecordingDrop } from './recording-drop.tsx';

const LONGEST_NAME = 80;

/** Makes a voice of a recording, where a provider takes any. */
export function CloneForm({ connection, limits }: { connection: Connection; limits: CloneLimits }) {
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  /** A person named it: another file does not name it anew. */
  const [named, setNamed] = useState(false);
  const [language, setLanguage] = useState<string | null>(null);
  const [rights, setRights] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const [made, setMade] = useState<{ id: string; name: string } | null>(null);
  const request = useRef<AbortController | null>(null);
  useEffect(() => () => request.current?.abort(), []);
  const wrong = file === null ? null : recordingFault(file, limits);
  const languageMissing = limits.languages.length > 0 && language === null;
  const ready = file !== null && wrong === null && name.trim() !== '' && rights && !busy && !languageMissing;

  function choose(chosen: File): void {
    setFile(chosen);
    setFault(null);
    setMade(null);
    if (!named) setName(chosen.name.replace(/\.[^.]+$/, '').slice(0, LONGEST_NAME));
  }

  async function send(chosen: File): Promise<void> {
    const controller = new AbortController();
    request.current = controller;
    setBusy(true);
    setFault(null);
    try {
      const wanted = { file: chosen, name: name.trim(), language };
      const id = await sendRecording(connection.id, wanted, controller.signal);
      setMade({ id, name: name.trim() });
      setFile(null);
      setName('');
      setNamed(false);
      setRights(false);
      void useVoices.getState().load();
    } catch (thrown) {
      if (!controller.signal.aborted) setFault(toFault(thrown));
    } finally {
      if (request.current === controller) setBusy(false);
    }
  }

  return (
    <form
      aria-label={`A voice from a recording, with ${connection.name}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void send(file);
      }}
    >
      <RecordingDrop file={file} limits={limits} wrong={wrong} busy={busy} onFile={choose} />
      <FieldRow label="Name of the voice">
        {(ids) => (
          <TextInput
            {...ids}
            value={name}
            maxLength={LONGEST_NAME}
            disabled={busy}
            onChange={(event) => {
              setName(event.currentTarget.value);
              setNamed(event.currentTarget.value !== '');
            }}
          />
        )}
      </FieldRow>
      {limits.languages.length > 0 && (
        <FieldRow label="Language spoken">
          {(ids) => (
            <Select
              {...ids}
              searchable
              allowDeselect={false}
              disabled={busy}
              placeholder="Choose the language of the recording"
              value={language}
              data={limits.languages.map((tag) => ({ value: tag, label: languageName(tag) }))}
              onChange={setLanguage}
            />
          )}
        </FieldRow>
      )}
      <FieldRow label="" plain>
        {() => (
          <>
            <Checkbox
              size="xs"
              required
              label="I hold the rights to use this voice"
              checked={rights}
              disabled={busy}
              onChange={(event) => setRights(event.currentTarget.checked)}
            />
            <div className={classes.deeds}>
              <Button type="submit" variant="default" disabled={!ready && !busy} loading={busy}>
                Make the voice
              </Button>
              {busy && (
                <Button
                  variant="subtle"
                  color="gray"
                  onClick={() => {
                    request.current?.abort();
                    setBusy(false);
                  }}
                >
                  Cancel
                </Button>
              )}
            </div>
            {fault && <FieldFault fault={fault} />}
            <div role="status" className={classes.made}>
              {made && (
                <>
                  <span>The voice “{made.name}” is made, and is among the voices now.</span>
                  {connection.defaultVoice !== made.id && (
                    <Button
                      variant="subtle"
                      color="gray"
                      onClick={() => {
                        const patch = { defaultVoice: made.id };
                        useConnections
                          .getState()
                          .change(connection.id, patch)
                          .catch((thrown: unknown) => setFault(toFault(thrown)));
                      }}
                    >
                      Make it the default voice
                    </Button>
                  )}
                </>
              )}
            </div>
          </>
        )}
      </FieldRow>
    </form>
  );
}

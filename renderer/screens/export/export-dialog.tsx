import { Button, Group, Modal, Progress, SegmentedControl, Select, Switch } from '@mantine/core';
import { ExportFormat, ExportRequest, LoudnessTarget } from '../../../shared/schemas/export.ts';
import { useExports } from '../../stores/exports.ts';
import { useTakes } from '../../stores/takes.ts';
import { useTune } from '../../stores/tune.ts';
import { FaultWords } from '../takes/notices.tsx';
import { heardNow, slidersMoved } from '../takes/take-links.ts';
import { bytesWords, settingsThatDiffer } from '../takes/take-words.ts';
import classes from './export-dialog.module.css';
import { FileNameField } from './file-name-field.tsx';

const FORMATS = [
  { value: 'wav', label: 'WAV' },
  { value: 'flac', label: 'FLAC' },
  { value: 'mp3', label: 'MP3' },
  { value: 'opus', label: 'Opus' },
];

const FORMAT_WORDS: Record<ExportFormat, string> = {
  wav: 'Uncompressed, 16 bit.',
  flac: 'Compressed without loss.',
  mp3: 'Compressed with loss, plays everywhere.',
  opus: 'Compressed with loss, smallest; always 48 kHz inside.',
};

const RATES = ['16000', '22050', '24000', '44100', '48000'].map((value) => ({
  value,
  label: `${(Number(value) / 1000).toLocaleString('en')} kHz`,
}));

const TARGETS = [
  { value: 'none', label: 'As it is' },
  { value: '-16', label: '−16' },
  { value: '-19', label: '−19' },
  { value: '-23', label: '−23' },
];

const TARGET_WORDS: Record<string, string> = {
  none: 'The level is not changed.',
  '-16': '−16 LUFS, podcasts and apps. True peak at most −1 dB.',
  '-19': '−19 LUFS, podcasts in one channel. True peak at most −1 dB.',
  '-23': '−23 LUFS, broadcast (EBU R 128). True peak at most −1 dB.',
};

function Row({ label, help, children }: { label: string; help?: string | undefined; children: React.ReactNode }) {
  return (
    <div className={classes.row}>
      <span className={classes.label}>{label}</span>
      <div className={classes.field}>
        {children}
        {help && <p className={classes.help}>{help}</p>}
      </div>
    </div>
  );
}

/** One take: as it was made, or as the sliders make it sound now. Many: always as they were made. */
function Heard() {
  const takeIds = useExports((state) => state.takeIds);
  const heard = useExports((state) => state.choice.heard);
  const choose = useExports((state) => state.choose);
  const settings = useTune((state) => state.settings);
  const take = useTakes((state) => (takeIds[0] === undefined ? undefined : state.window.takes.get(takeIds[0])));
  if (takeIds.length > 1) {
    return <Row label="Sound">As rendered: each take with its own settings</Row>;
  }
  const moved = take !== undefined && slidersMoved(take);
  const now = settingsThatDiffer({
    ...settings,
    emotion: { name: 'neutral', intensity: 0 },
    seed: null,
    parameters: {},
  });
  const help = !moved
    ? 'The sliders stand as when it was made: both are the same.'
    : heard === 'preview'
      ? `A preview of the sliders as they stand: ${now.join(', ') || 'all neutral'}. The take was not rendered with them, and the file says so.`
      : 'With the settings it was made with. The sliders as they stand now are left out.';
  return (
    <Row label="Sound" help={help}>
      <SegmentedControl
        fullWidth
        value={heard}
        onChange={(value) => choose({ heard: value === 'preview' ? 'preview' : 'rendered' })}
        data={[
          { value: 'rendered', label: 'As rendered' },
          { value: 'preview', label: 'As heard now (preview)' },
        ]}
      />
    </Row>
  );
}

function Outcome() {
  const { status, received, fault, saved } = useExports();
  if (status === 'failed' && fault !== null) {
    return (
      <div className={classes.fault} role="alert">
        <FaultWords fault={fault} />
      </div>
    );
  }
  const words = {
    choosing: '',
    making: 'Making the file…',
    receiving: `${bytesWords(received)} written`,
    done: `Saved: ${saved}`,
    failed: '',
  }[status];
  const busy = status === 'making' || status === 'receiving';
  return (
    <div className={classes.outcome} aria-live="polite">
      {busy && <Progress value={100} animated size={4} aria-label="Export under way" />}
      <span className={classes.help}>{words}</span>
    </div>
  );
}

/** Takes out into files. */
export function ExportDialog() {
  const { takeIds, choice, status, choose, start, cancel, close } = useExports();
  const { format, sampleRate, loudness, sidecar } = choice;
  const target = loudness === null ? 'none' : String(loudness);
  const busy = status === 'making' || status === 'receiving';
  const one = takeIds.length === 1;

  function run(): void {
    const take = takeIds[0] === undefined ? undefined : useTakes.getState().window.takes.get(takeIds[0]);
    void start(take === undefined ? null : heardNow(take));
  }

  return (
    <Modal
      closeButtonProps={{ 'aria-label': 'Close' }}
      opened={takeIds.length > 0}
      onClose={close}
      size={560}
      title={one ? 'Export take' : `Export ${takeIds.length.toLocaleString()} takes`}
    >
      <fieldset className={classes.rows} disabled={busy}>
        <Row label="Format" help={FORMAT_WORDS[format]}>
          <div className={classes.pair}>
            <SegmentedControl
              data={FORMATS}
              value={format}
              onChange={(value) => choose({ format: ExportFormat.parse(value) })}
            />
            <Select
              aria-label="Sample rate"
              data={RATES}
              value={String(sampleRate)}
              allowDeselect={false}
              onChange={(value) => choose({ sampleRate: ExportRequest.shape.sampleRate.parse(Number(value)) })}
            />
          </div>
        </Row>
        <Row label="Loudness" help={TARGET_WORDS[target]}>
          <SegmentedControl
            fullWidth
            data={TARGETS}
            value={target}
            onChange={(value) => choose({ loudness: value === 'none' ? null : LoudnessTarget.parse(Number(value)) })}
          />
        </Row>
        <Heard />
        <Row label="File name">
          <FileNameField />
        </Row>
        <Row label="Settings" help="Dropped on the window it brings the settings back.">
          <Switch
            label={one ? 'Write a JSON with the settings beside it' : 'Write a JSON with the settings beside each'}
            checked={sidecar}
            onChange={(event) => choose({ sidecar: event.currentTarget.checked })}
          />
        </Row>
      </fieldset>
      <Outcome />
      <Group justify="flex-end" gap="xs">
        {busy ? (
          <Button variant="default" onClick={cancel}>
            Cancel
          </Button>
        ) : (
          <>
            <Button variant="default" onClick={close}>
              {status === 'done' ? 'Close' : 'Cancel'}
            </Button>
            <Button data-autofocus onClick={run}>
              {status === 'failed' ? 'Try again' : one && !sidecar ? 'Export' : 'Export as zip'}
            </Button>
          </>
        )}
      </Group>
    </Modal>
  );
}

export default ExportDialog;

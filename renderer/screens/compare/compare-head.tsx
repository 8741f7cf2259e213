import { Button, Menu, SegmentedControl, Switch, Tooltip } from '@mantine/core';
import { IconCheck, IconChevronDown, IconPencil, IconPlayerStop, IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ReportRequest } from '../../../shared/report/report-request.ts';
import { type Comparison, Switching } from '../../../shared/schemas/comparison.ts';
import { useCells } from '../../stores/compare/cells.ts';
import {
  changeComparison,
  openComparison,
  removeComparison,
  restoreComparison,
  useComparisons,
} from '../../stores/compare/comparisons.ts';
import { cancelSlots, cellsToRender, loadTakes, renderSlots } from '../../stores/compare/render-slots.ts';
import { openComparisonReport } from '../../stores/compare/report.ts';
import { currentText, useCompareView } from '../../stores/compare/slots.ts';
import { useCompareSound } from '../../stores/compare/sound.ts';
import { saveComing } from '../export/save-coming.ts';
import { NameDialog } from '../projects/name-dialog.tsx';
import { tellFault, tellUndo } from '../takes/notices.tsx';
import { levelWords } from '../takes/take-words.ts';
import { beginComparison } from './begin.ts';
import classes from './compare-head.module.css';
import { ReportItems } from './report-items.tsx';

const ICON = { size: 15, stroke: 1.6 };

const SWITCHING = [
  { value: 'word', label: 'Word', title: 'A flip goes on at the same word' },
  { value: 'second', label: 'Second', title: 'A flip goes on at the same second: for two settings of one render' },
  { value: 'restart', label: 'From start', title: 'A flip begins the text anew' },
] as const;

/** What is compared, how flips go on, how loud, and the way to render. */
export function CompareHead({ comparison, tools }: { comparison: Comparison; tools?: React.ReactNode }) {
  return (
    <header className={classes.head}>
      <ComparisonMenu comparison={comparison} />
      <span className={classes.space} />
      <span className={classes.label} id="compare-switching">
        Flips go on at the same
      </span>
      <SegmentedControl
        aria-labelledby="compare-switching"
        size="xs"
        value={comparison.switching}
        data={SWITCHING.map(({ value, label, title }) => ({ value, label: <span title={title}>{label}</span> }))}
        onChange={(value) => changeComparison({ switching: Switching.parse(value) })}
      />
      <EqualLoudness comparison={comparison} />
      {tools}
      <RenderButton comparison={comparison} />
    </header>
  );
}

/** Says what was made equal, and how. */
function equalWords(equal: ReturnType<typeof useCompareSound.getState>['equal']): string {
  if (equal === null) return 'The louder ones are attenuated to the quietest (BS.1770).';
  const lowered =
    equal.lowered > 0.05 ? ` All are ${levelWords(equal.lowered)} dB lower, so that no peak goes over −1 dBTP.` : '';
  if (equal.by === 'none') return 'One of them is silent: nothing is matched.';
  const by =
    equal.by === 'loudness'
      ? 'The louder ones are attenuated to the quietest by integrated loudness (BS.1770).'
      : 'There is less than 0.4 s of speech in one of them: the level of what is spoken is matched, not BS.1770.';
  return by + lowered;
}

function EqualLoudness({ comparison }: { comparison: Comparison }) {
  const equal = useCompareSound((state) => state.equal);
  return (
    <Tooltip label={equalWords(equal)} multiline w={300}>
      <Switch
        size="xs"
        className={classes.equal ?? ''}
        label="Equal loudness"
        data-by={equal?.by}
        checked={comparison.equalLoudness}
        onChange={(event) => changeComparison({ equalLoudness: event.currentTarget.checked })}
      />
    </Tooltip>
  );
}

function RenderButton({ comparison }: { comparison: Comparison }) {
  const textId = useCompareView((state) => state.textId);
  const cells = useCells();
  const text = currentText(comparison, textId);
  const making = cells.making.size;
  if (making > 0) {
    return (
      <Button
        variant="default"
        className={classes.render ?? ''}
        leftSection={<IconPlayerStop {...ICON} />}
        onClick={() => void cancelSlots()}
      >
        Cancel {making}
      </Button>
    );
  }
  const here = text === null ? 0 : cellsToRender(comparison, { slots: comparison.slots, texts: [text] }).length;
  return (
    <Button.Group className={classes.render ?? ''}>
      <Button
        className={classes.renderOne ?? ''}
        disabled={here === 0 || text === null}
        onClick={() => text && void renderSlots({ texts: [text] })}
        data-render-slots
      >
        {text?.text.trim() === '' ? 'Nothing to say' : here === 0 ? 'Rendered' : `Render ${here}`}
      </Button>
      {comparison.texts.length > 1 && (
        <Menu position="bottom-end" width={240}>
          <Menu.Target>
            <Button px={6} aria-label="Render more">
              <IconChevronDown size={14} stroke={1.8} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <AllTexts comparison={comparison} />
          </Menu.Dropdown>
        </Menu>
      )}
    </Button.Group>
  );
}

/** Renders every text. What is there of them is read when this is looked at, and counted only then. */
function AllTexts({ comparison }: { comparison: Comparison }) {
  const [known, setKnown] = useState(false);
  const cells = useCells();
  const { texts } = comparison;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(() => {
    void loadTakes(comparison, texts).then(() => setKnown(true));
  }, []);
  const all = known && cells ? cellsToRender(comparison).length : null;
  return (
    <Menu.Item disabled={all === 0} onClick={() => void renderSlots()}>
      All {texts.length} texts{all === null ? '' : all === 0 ? ': all is there' : `: ${all} takes`}
    </Menu.Item>
  );
}

function ComparisonMenu({ comparison }: { comparison: Comparison }) {
  const list = useComparisons((state) => state.list);
  const [naming, setNaming] = useState<'rename' | 'new' | null>(null);
  const others = list.filter(({ id }) => id !== comparison.id);
  const away = () =>
    removeComparison(comparison.id).then(
      () => tellUndo(`“${comparison.name}” deleted`, () => restoreComparison(comparison.id)),
      (thrown) => tellFault(thrown, 'The comparison was not deleted'),
    );
  const saveReport = (request: ReportRequest) =>
    saveComing(`Saving the report of ${comparison.name}`, (signal) =>
      openComparisonReport(comparison.id, request, signal),
    );
  const open = (id: string) => openComparison(id).catch((thrown) => tellFault(thrown, 'It was not opened'));
  return (
    <>
      <Menu width={300} position="bottom-start" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className={classes.name} aria-label={`Comparison: ${comparison.name}`}>
            <span>{comparison.name}</span>
            <IconChevronDown size={14} stroke={1.8} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Comparisons of this project</Menu.Label>
          <Menu.Item leftSection={<IconCheck {...ICON} />}>{comparison.name}</Menu.Item>
          {others.map(({ id, name, slots, texts }) => (
            <Menu.Item
              key={id}
              leftSection={<span className={classes.blank} />}
              rightSection={<span className={classes.count}>{`${slots} × ${texts}`}</span>}
              onClick={() => void open(id)}
            >
              {name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconPlus {...ICON} />} onClick={() => setNaming('new')}>
            New comparison…
          </Menu.Item>
          <Menu.Item leftSection={<IconPencil {...ICON} />} onClick={() => setNaming('rename')}>
            Rename…
          </Menu.Item>
          <Menu.Divider />
          <ReportItems lines="take" onPick={(request) => void saveReport(request)} />
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash {...ICON} />} onClick={() => void away()}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NameDialog
        opened={naming !== null}
        title={naming === 'new' ? 'New comparison' : 'Rename comparison'}
        label="Name"
        value={naming === 'rename' ? comparison.name : ''}
        action={naming === 'new' ? 'Create' : 'Rename'}
        longest={120}
        onClose={() => setNaming(null)}
        onName={async (name) => {
          if (naming === 'rename') changeComparison({ name });
          else await beginComparison(name);
        }}
      />
    </>
  );
}

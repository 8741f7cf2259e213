import { ActionIcon, Button, Menu, Switch, Tooltip } from '@mantine/core';
import {
  IconAdjustmentsHorizontal,
  IconDots,
  IconMicrophone,
  IconSearch,
  IconTrash,
  IconWaveSine,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { measuredPair } from '../../../shared/matching/coverage.ts';
import type { MappingRow, WholeMapping } from '../../../shared/schemas/mapping.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { largestDistance } from '../../stores/mapping/coverage.ts';
import { openDialog, useMapView } from '../../stores/mapping/map-view.ts';
import { beginAdjusting, changeRow } from '../../stores/mapping/rows.ts';
import { useVoices, voiceOf } from '../../stores/voices.ts';
import { PreviewButton } from '../desk/preview-button.tsx';
import { tellFault } from '../takes/notices.tsx';
import { AdjustPanel } from './adjust-panel.tsx';
import { CandidatesList } from './candidates-list.tsx';
import { compareWithNotice, findFor, removeWithUndo } from './deeds.tsx';
import { labelWords, sourceName } from './map-words.ts';
import { PairPlayer } from './pair-player.tsx';
import { ProfileMultiples } from './profile-multiples.tsx';
import classes from './row-detail.module.css';
import { VerdictBar } from './verdict-bar.tsx';
import { VerdictHistory } from './verdict-history.tsx';

const ICON = { size: 15, stroke: 1.6 };

/** Everything about one voice and what takes its place: heard, seen, chosen, approved. */
export function RowDetail({ mapping, row }: { mapping: WholeMapping; row: MappingRow }) {
  const adjusting = useMapView((state) => state.adjusting);
  if (adjusting) return <AdjustPanel row={row} />;
  return (
    <section className={classes.pane} aria-label={`${sourceName(row.source)} and its successor`}>
      <DetailHead row={row} />
      <div className={classes.scroll}>
        {row.fault !== null && row.state === 'failed' && (
          <FaultNotice
            fault={row.fault}
            action={
              <Button variant="default" onClick={() => findFor(row)}>
                Try again…
              </Button>
            }
          />
        )}
        <PairPlayer row={row} />
        <Profiles row={row} />
        <Candidates mapping={mapping} row={row} />
        <VerdictHistory row={row} />
      </div>
      <VerdictBar row={row} />
    </section>
  );
}

function DetailHead({ row }: { row: MappingRow }) {
  const { source, choice } = row;
  const voices = useVoices();
  const voice = source.voiceId === null ? null : voiceOf(voices, source.voiceId);
  return (
    <header className={classes.head}>
      <span className={classes.title}>
        <h2>{sourceName(source)}</h2>
        <span className={classes.labels}>{labelWords(source)}</span>
      </span>
      {voice && <PreviewButton voice={voice} modelId={source.modelId} />}
      <Tooltip label="Hear both in Compare, and from there blind">
        <Button
          variant="default"
          leftSection={<IconWaveSine {...ICON} />}
          disabled={choice === null}
          onClick={() => void compareWithNotice(row)}
        >
          Open in Compare
        </Button>
      </Tooltip>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon aria-label="What can be done with this voice">
            <IconDots size={16} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconSearch {...ICON} />} onClick={() => findFor(row)}>
            Find nearest for this voice…
          </Menu.Item>
          <Menu.Item leftSection={<IconMicrophone {...ICON} />} onClick={() => openDialog('clone')}>
            Make a voice of its recordings…
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash {...ICON} />} onClick={() => void removeWithUndo(row)}>
            Take out of the mapping
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}

function Profiles({ row }: { row: MappingRow }) {
  const { old, new: own, exact } = measuredPair(row);
  if (old === null) return null;
  return (
    <div>
      <ProfileMultiples profiles={{ old, new: own }} />
      {!exact && own !== null && (
        <p className={classes.note}>The new voice as it was measured, before it was set by hand.</p>
      )}
    </div>
  );
}

function Candidates({ mapping, row }: { mapping: WholeMapping; row: MappingRow }) {
  const largest = useMemo(() => largestDistance(mapping.rows), [mapping.rows]);
  const { choice, proposal } = row;
  const first = choice ?? proposal?.candidates[0] ?? null;
  const setLabels = (anyLabels: boolean) =>
    changeRow(row.id, { anyLabels }).catch((thrown) => tellFault(thrown, 'It was not kept'));
  return (
    <div className={classes.choose}>
      <CandidatesList row={row} largest={largest} />
      <div className={classes.choices}>
        <Switch
          label="Compare voices of other labels, too"
          title="Also those of another language, gender or accent, when nearest voices are looked for again"
          checked={row.anyLabels}
          onChange={(event) => void setLabels(event.currentTarget.checked)}
        />
        <span className={classes.space} />
        <Button
          variant="default"
          leftSection={<IconAdjustmentsHorizontal {...ICON} />}
          data-adjust
          onClick={() => beginAdjusting(first)}
        >
          {choice === null ? 'Choose by hand…' : 'Adjust…'}
        </Button>
      </div>
    </div>
  );
}

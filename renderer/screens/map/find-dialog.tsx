import { Button, Group, Modal, NumberInput, SegmentedControl, Switch } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { type Fault, toFault } from '../../../shared/errors.ts';
import type { WholeMapping } from '../../../shared/schemas/mapping.ts';
import { type Amount, MatchPlan, MOST_SEARCH_RENDERS } from '../../../shared/schemas/match-run.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { coverageOf } from '../../stores/mapping/coverage.ts';
import { openDialog, useMapView } from '../../stores/mapping/map-view.ts';
import { changeRow } from '../../stores/mapping/rows.ts';
import { type EstimateState, estimateOf, findNearest } from '../../stores/mapping/runs.ts';
import { tellFault } from '../takes/notices.tsx';
import { Estimate } from './estimate.tsx';
import classes from './find-dialog.module.css';
import { LinesField } from './lines-field.tsx';
import { countWords, sourceName } from './map-words.ts';

/** A pause in changing the plan this long, in ms, lets it be estimated. */
const SETTLE_MS = 200;

type Scope = 'some' | 'open' | 'all';

const FIRST_PLAN = MatchPlan.parse({});

/** What the plan would ask for, anew whenever it or what it is about changes. */
function useEstimate(mapping: WholeMapping, plan: MatchPlan): EstimateState {
  const [state, setState] = useState<EstimateState>({ estimate: null, fault: null });
  const { id, lines, rows } = mapping;
  const asked = JSON.stringify([plan, lines, rows.map(({ anyLabels }) => anyLabels)]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` has all that the estimate depends on
  useEffect(() => {
    const stop = new AbortController();
    setState({ estimate: null, fault: null });
    const timer = setTimeout(
      () => void estimateOf(id, plan, stop.signal).then((found) => found && setState(found)),
      SETTLE_MS,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [id, asked]);
  return state;
}

/** Says what looking for nearest voices will ask for and cost, and begins it. */
export function FindDialog({ mapping }: { mapping: WholeMapping }) {
  const opened = useMapView((state) => state.dialog === 'find');
  return (
    <Modal opened={opened} onClose={() => openDialog(null)} size={600} title="Find nearest voices">
      {opened && <Find key={mapping.id} mapping={mapping} />}
    </Modal>
  );
}

function Find({ mapping }: { mapping: WholeMapping }) {
  const wanted = useMapView((state) => state.findFor);
  const [scope, setScope] = useState<Scope>(wanted ? 'some' : 'open');
  const [change, setChange] = useState<Partial<MatchPlan>>({});
  const [limit, setLimit] = useState<number | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const { rows, lines } = mapping;
  const plan = useMemo(() => {
    const rowIds = scope === 'some' ? [...(wanted ?? [])] : scope === 'all' ? rows.map(({ id }) => id) : [];
    const most = Math.min(change.lines ?? FIRST_PLAN.lines, lines.length);
    return MatchPlan.parse({ ...FIRST_PLAN, ...change, rowIds, lines: most });
  }, [scope, wanted, rows, lines, change]);
  const known = useEstimate(mapping, plan);
  const { estimate } = known;
  const currency = estimate?.cost[0]?.currency ?? null;
  const set = (more: Partial<MatchPlan>) => setChange({ ...change, ...more });
  const find = async () => {
    if (estimate === null) return;
    setBusy(true);
    setFault(null);
    try {
      const most: Amount | null = limit !== null && currency !== null ? { amount: limit, currency } : null;
      await findNearest(mapping.id, { plan, agreed: estimate, limit: most });
      openDialog(null);
    } catch (thrown) {
      setFault(toFault(thrown));
      setBusy(false);
    }
  };
  return (
    <>
      <div className={classes.rows}>
        <Scopes mapping={mapping} some={wanted} scope={scope} onScope={setScope} />
        <Row label="Lines" help="Each candidate speaks so many of them. More lines tell voices apart better.">
          <Count
            label="Lines"
            value={plan.lines}
            min={1}
            max={lines.length}
            onCount={(count) => set({ lines: count })}
          />
          <LinesField mapping={mapping} />
        </Row>
        <Row
          label="Settings"
          help="Their speed, pitch and volume are solved on what the old voice says. For the others they are reckoned."
        >
          <Count
            label="Voices whose settings are matched"
            value={plan.matched}
            min={1}
            max={8}
            onCount={(count) => set({ matched: count })}
          />
          <span>nearest {plan.matched === 1 ? 'voice' : 'voices'}</span>
        </Row>
        <Row
          label="Expression"
          help={
            plan.searchRenders === 0
              ? 'The provider’s own parameters stay as they are. They can be searched for: each step is a render.'
              : 'The provider’s own parameters are searched for those that come nearest.'
          }
        >
          <Count
            label="Renders to search expressive parameters"
            value={plan.searchRenders}
            min={0}
            max={MOST_SEARCH_RENDERS}
            step={5}
            onCount={(count) => set({ searchRenders: count })}
          />
          <span>renders for each</span>
        </Row>
        <Row label="Old voice" centred>
          <Switch
            label="May speak new lines where too little of it is heard for nothing"
            checked={plan.newLines}
            onChange={(event) => set({ newLines: event.currentTarget.checked })}
          />
        </Row>
        <Row label="Will ask for">
          <Estimate {...known} onAnyLabels={(ids) => void compareAny(ids)} />
        </Row>
        {currency !== null && (
          <Row label="Limit" help="Stops as soon as so much is spent. Left empty, what stands above is the most.">
            <NumberInput
              aria-label={`Most that is spent, ${currency}`}
              w={150}
              min={0}
              suffix={` ${currency}`}
              placeholder="as above"
              value={limit ?? ''}
              onChange={(value) => setLimit(typeof value === 'number' ? value : null)}
            />
          </Row>
        )}
      </div>
      {fault !== null && <FaultNotice fault={fault} onClose={() => setFault(null)} />}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={() => openDialog(null)}>
          Cancel
        </Button>
        <Button
          data-autofocus
          disabled={estimate === null || estimate.renders + estimate.cached === 0}
          loading={busy}
          onClick={() => void find()}
        >
          Find
        </Button>
      </Group>
    </>
  );
}

/** Lets voices of any labels be compared for these rows. */
async function compareAny(rowIds: readonly string[]): Promise<void> {
  try {
    for (const id of rowIds) await changeRow(id, { anyLabels: true });
  } catch (thrown) {
    tellFault(thrown, 'It was not kept');
  }
}

interface ScopesProps {
  mapping: WholeMapping;
  /** Rows that were asked for by themselves. */
  some: readonly string[] | null;
  scope: Scope;
  onScope: (scope: Scope) => void;
}

/** Which voices are looked for. */
function Scopes({ mapping, some, scope, onScope }: ScopesProps) {
  const { rows } = mapping;
  const { all, approved } = coverageOf(rows);
  const [first] = some ?? [];
  const one = rows.find(({ id }) => id === first);
  const choices = [
    ...(one ? [{ value: 'some', label: sourceName(one.source) }] : []),
    { value: 'open', label: `Not approved (${all - approved})` },
    { value: 'all', label: `All ${countWords(all, 'voice')}` },
  ];
  return (
    <Row label="For" centred>
      <SegmentedControl
        fullWidth
        aria-label="For which voices"
        data={choices}
        value={scope}
        onChange={(value) => onScope(value === 'some' || value === 'all' ? value : 'open')}
      />
    </Row>
  );
}

interface RowProps {
  label: string;
  help?: string;
  /** The label stands in the middle of a single control. */
  centred?: boolean;
  children: React.ReactNode;
}

function Row({ label, help, centred, children }: RowProps) {
  return (
    <div className={classes.row} data-centred={centred}>
      <span className={classes.label}>{label}</span>
      <div className={classes.field}>
        <div className={classes.controls}>{children}</div>
        {help && <p className={classes.help}>{help}</p>}
      </div>
    </div>
  );
}

interface CountProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  onCount: (count: number) => void;
}

function Count({ label, value, min, max, step = 1, onCount }: CountProps) {
  return (
    <NumberInput
      aria-label={label}
      w={84}
      min={min}
      max={max}
      step={step}
      clampBehavior="strict"
      allowDecimal={false}
      value={value}
      onChange={(next) => typeof next === 'number' && next >= min && next <= max && onCount(next)}
    />
  );
}

export default FindDialog;

import { Button, Loader, TextInput } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { type Fault, toFault } from '../../../shared/errors.ts';
import { standingOf } from '../../../shared/matching/coverage.ts';
import { choiceName, settingWords, sourceName } from '../../../shared/matching/mapping-words.ts';
import type { Slot } from '../../../shared/schemas/comparison.ts';
import type { WholeMapping } from '../../../shared/schemas/mapping.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { sideWords } from '../../stores/mapping/begin.ts';
import {
  choiceOfSlot,
  chooseInMapping,
  placesFor,
  readMappings,
  type WinnerMapping,
  type WinnerRow,
} from '../../stores/mapping/use-winner.ts';
import { useNavigation } from '../../stores/navigation.ts';
import { useProjects } from '../../stores/projects.ts';
import { useProviderNames } from '../desk/voice-browser-sources.ts';
import { VerdictMark } from '../map/verdict-mark.tsx';
import { tellUndo } from '../takes/notices.tsx';
import classes from './mapping-places.module.css';

/** So many rows are seen at a glance; more can be searched. */
const AT_A_GLANCE = 8;
/** Rows of a mapping that are drawn; the others are found by searching. */
const MOST_DRAWN = 100;

interface MappingPlacesProps {
  winner: Slot;
  slots: readonly Slot[];
  onClose: () => void;
}

/** The old voices of all mappings of the project, the most likely ones first: one of them is taken over. */
export function MappingPlaces({ winner, slots, onClose }: MappingPlacesProps) {
  const projectId = useProjects((state) => state.currentId);
  const [mappings, setMappings] = useState<readonly WholeMapping[] | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [search, setSearch] = useState('');
  useEffect(() => {
    if (projectId === null) return;
    let wanted = true;
    readMappings(projectId).then(
      (read) => wanted && setMappings(read),
      (thrown) => wanted && setFault(toFault(thrown)),
    );
    return () => {
      wanted = false;
    };
  }, [projectId]);
  const places = useMemo(() => placesFor(winner, slots, mappings ?? []), [winner, slots, mappings]);
  const all = places.reduce((sum, { rows }) => sum + rows.length, 0);
  const use = async (place: WinnerMapping, { row }: WinnerRow) => {
    setFault(null);
    try {
      const choice = choiceOfSlot(winner);
      const undo = await chooseInMapping(row, choice);
      const words = `${choiceName(choice)} takes the place of ${sourceName(row.source)} in “${place.mapping.name}”`;
      tellUndo(words, undo);
      onClose();
    } catch (thrown) {
      setFault(toFault(thrown));
    }
  };
  return (
    <div className={classes.places}>
      {fault !== null && <FaultNotice fault={fault} />}
      {mappings === null && fault === null && <Loader size="sm" aria-label="Reading the mappings" />}
      {mappings !== null && all === 0 && <Nowhere some={mappings.length > 0} onClose={onClose} />}
      {all > AT_A_GLANCE && (
        <TextInput
          data-autofocus
          aria-label="Search old voices"
          placeholder="Search old voices"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {places.map((place) => (
        <Place key={place.mapping.id} place={place} search={search} onUse={(row) => void use(place, row)} />
      ))}
    </div>
  );
}

/** Where the winner can be used nowhere yet, and the way on. */
function Nowhere({ some, onClose }: { some: boolean; onClose: () => void }) {
  const go = () => {
    onClose();
    useNavigation.getState().go('map');
  };
  return (
    <>
      <p className={classes.nowhere}>
        {some
          ? 'The mappings of this project have no voices yet. Add those that are to be replaced.'
          : 'This project has no mapping yet. Begin one from where your voices are to where they should go.'}
      </p>
      <Button data-autofocus className={classes.go ?? ''} onClick={go}>
        Go to Map
      </Button>
    </>
  );
}

function Place({ place, search, onUse }: { place: WinnerMapping; search: string; onUse: (row: WinnerRow) => void }) {
  const nameOf = useProviderNames();
  const { mapping, fits, rows } = place;
  const wanted = search.trim().toLowerCase();
  const found = rows.filter(({ row }) => sourceName(row.source).toLowerCase().includes(wanted));
  if (found.length === 0) return null;
  const to = sideWords(mapping.to, nameOf);
  return (
    <section aria-label={mapping.name}>
      <h3 className={classes.head}>
        {mapping.name}
        <span className={classes.sides}>
          {sideWords(mapping.from, nameOf)} to {to}
        </span>
      </h3>
      {!fits && <p className={classes.unfit}>It goes to {to}; this voice is somewhere else.</p>}
      <ul className={classes.list} aria-label={`Old voices of ${mapping.name}`}>
        {found.slice(0, MOST_DRAWN).map((one) => (
          <li key={one.row.id}>
            <RowButton one={one} onUse={() => onUse(one)} />
          </li>
        ))}
      </ul>
      {found.length > MOST_DRAWN && (
        <p className={classes.unfit}>{found.length - MOST_DRAWN} more: search for one by its name.</p>
      )}
    </section>
  );
}

function RowButton({ one: { row, likely, chosen }, onUse }: { one: WinnerRow; onUse: () => void }) {
  const { source, choice } = row;
  const now = choice === null ? 'nothing chosen yet' : `now ${choiceName(choice)}, ${settingWords(choice)}`;
  return (
    <button type="button" className={classes.row} disabled={chosen} data-row={sourceName(source)} onClick={onUse}>
      <span className={classes.words}>
        <span className={classes.name}>
          {sourceName(source)}
          {likely && <span className={classes.likely}>in this comparison</span>}
        </span>
        <span className={classes.now}>{chosen ? 'has taken its place already' : now}</span>
      </span>
      {standingOf(row) !== 'open' && <VerdictMark row={row} />}
    </button>
  );
}

export default MappingPlaces;

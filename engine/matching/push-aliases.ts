import { type FaultError, fault, toFault } from '../../shared/errors.ts';
import { type MappingRow, verdictInForce, type WholeMapping } from '../../shared/schemas/mapping.ts';
import type { AliasOutcome } from '../../shared/schemas/mapping-deeds.ts';
import { voiceIdParts } from '../../shared/voice-id.ts';
import type { VoiceAliases } from '../providers/provider.ts';
import type { Registry } from '../providers/registry.ts';

type Providers = Pick<Registry, 'provider'>;

const KEPT = 'All names are as they were.';
/** Others may have been given before it. */
const KEPT_OF_ROW = 'The names of this voice are as they were.';

/** What keeps the names of each provider's voices, asked once for all rows. */
class AliasKeepers {
  readonly #registry: Providers;
  readonly #signal: AbortSignal;
  readonly #known = new Map<string, Promise<VoiceAliases>>();

  constructor(registry: Providers, signal: AbortSignal) {
    this.#registry = registry;
    this.#signal = signal;
  }

  /** @throws FaultError not_found, unsupported, and what the provider says */
  of(providerId: string): Promise<VoiceAliases> {
    const known = this.#known.get(providerId) ?? this.#ask(providerId);
    this.#known.set(providerId, known);
    return known;
  }

  async #ask(providerId: string): Promise<VoiceAliases> {
    const provider = this.#registry.provider(providerId);
    if (!provider) {
      throw fault('not_found', `“${providerId}” is not set up here.`, {
        kept: KEPT_OF_ROW,
        todo: 'Set it up in Settings.',
      });
    }
    const aliases = (await provider.aliases?.(this.#signal)) ?? null;
    if (aliases) return aliases;
    throw fault('unsupported', `${provider.name} keeps no other names of its voices.`, {
      kept: KEPT_OF_ROW,
      todo: 'Let the gateway answer the old ids, or give your agent a mapping file.',
    });
  }
}

/** The old voice's id as its own provider gives it; empty where only recordings of it are there. */
const aliasOf = ({ source }: MappingRow) => (source.voiceId === null ? '' : voiceIdParts(source.voiceId).local);

const isApproved = (row: MappingRow) => verdictInForce(row)?.verdict === 'approved' && row.choice !== null;

/** The rows that are meant, in the mapping's order. @throws FaultError not_found */
function rowsOf({ rows }: WholeMapping, rowIds: readonly string[] | undefined): MappingRow[] {
  if (!rowIds) return rows;
  const chosen = rows.filter(({ id }) => rowIds.includes(id));
  if (chosen.length === new Set(rowIds).size) return chosen;
  throw fault('not_found', 'A voice that is asked for is not in this mapping (any more).', {
    kept: KEPT,
    param: 'rowIds',
  });
}

/** Why a row's old id is not given; null where it is. */
function refusalOf(row: MappingRow): FaultError | null {
  const refused = (code: 'conflict' | 'unsupported', message: string, todo: string) =>
    fault(code, message, { kept: KEPT_OF_ROW, todo });
  if (!isApproved(row)) return refused('conflict', 'The new voice is not approved.', 'Approve it first.');
  if (aliasOf(row) !== '') return null;
  return refused(
    'unsupported',
    'Of the old voice there are only recordings, and no id.',
    'Rename the new voice instead.',
  );
}

/** What `act` came to for a row; a fault of one row does not end the others, that nobody waits any more does. */
async function outcomeOf(
  row: MappingRow,
  signal: AbortSignal,
  act: () => Promise<AliasOutcome['outcome']>,
): Promise<AliasOutcome> {
  const about = { rowId: row.id, alias: aliasOf(row), voiceId: row.choice?.voiceId ?? null };
  try {
    return { ...about, outcome: await act(), fault: null };
  } catch (thrown) {
    signal.throwIfAborted();
    return { ...about, outcome: 'refused', fault: toFault(thrown) };
  }
}

/**
 * Gives the old ids of approved rows to their new voices as other names, so that whoever asks the server for the old id
 * hears the new voice. Row by row: one that is refused leaves the others given.
 *
 * @param rowIds those that are meant; by default all that are approved
 * @throws FaultError not_found where a row is not in the mapping; cancelled
 */
export async function pushAliases(
  mapping: WholeMapping,
  rowIds: readonly string[] | undefined,
  registry: Providers,
  signal: AbortSignal,
): Promise<AliasOutcome[]> {
  const keepers = new AliasKeepers(registry, signal);
  const rows = rowsOf(mapping, rowIds).filter((row) => rowIds !== undefined || isApproved(row));
  const outcomes: AliasOutcome[] = [];
  // One after the other: two old ids may be wanted by one server, and the second is refused by what it lists then.
  for (const row of rows) {
    const give = async () => {
      const refusal = refusalOf(row);
      if (refusal) throw refusal;
      const { provider, local } = voiceIdParts(row.choice?.voiceId ?? '');
      const keeper = await keepers.of(provider);
      const alias = aliasOf(row);
      const there = local === alias || (await keeper.list(local, signal)).includes(alias);
      // Also where it is there: `add` leaves it, and sees that no server has it for another voice.
      await keeper.add(local, alias, signal);
      return there ? 'there' : 'given';
    };
    outcomes.push(await outcomeOf(row, signal, give));
  }
  return outcomes;
}

/** Where no names are kept there are none to take away. @throws the fault of anything else */
function noKeeper(thrown: unknown): null {
  if (toFault(thrown).code === 'unsupported') return null;
  throw thrown;
}

/** The voices that may have a row's old id: the one that is chosen, and those that were approved before. */
function voicesWithAlias({ choice, verdicts }: MappingRow): string[] {
  const approved = verdicts.flatMap((verdict) => (verdict.verdict === 'approved' && verdict.choice) || []);
  return [...new Set([...(choice ? [choice] : []), ...approved].map(({ voiceId }) => voiceId))];
}

/**
 * Takes the old ids of rows away from their new voices again, whatever was said of them since: also from voices that were
 * approved before another one was chosen.
 *
 * @param rowIds those that are meant; by default all
 * @throws FaultError not_found where a row is not in the mapping; cancelled
 */
export async function takeBackAliases(
  mapping: WholeMapping,
  rowIds: readonly string[] | undefined,
  registry: Providers,
  signal: AbortSignal,
): Promise<AliasOutcome[]> {
  const keepers = new AliasKeepers(registry, signal);
  const outcomes: AliasOutcome[] = [];
  for (const row of rowsOf(mapping, rowIds)) {
    const alias = aliasOf(row);
    if (alias === '') continue;
    for (const voiceId of voicesWithAlias(row)) {
      const take = async () => {
        const { provider, local } = voiceIdParts(voiceId);
        const keeper = await keepers.of(provider).catch(noKeeper);
        if (!keeper) return 'not there';
        // A voice that is gone has no names, and a server that does not answer is told by `remove`, with what is left.
        const had = await keeper.list(local, signal).catch((): string[] => []);
        await keeper.remove(local, alias, signal);
        return had.includes(alias) ? 'taken away' : 'not there';
      };
      outcomes.push({ ...(await outcomeOf(row, signal, take)), voiceId });
    }
  }
  return outcomes;
}

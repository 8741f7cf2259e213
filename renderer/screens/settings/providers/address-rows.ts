import { addressFault } from '../../../../shared/schemas/connection.ts';

/** An address as it is typed. */
export interface AddressRow {
  key: number;
  text: string;
  /** As the engine has it; empty where it has none. */
  saved: string;
}

let keys = 0;

/** Rows for addresses, and an empty one where there are none. */
export function rowsOf(addresses: readonly string[]): AddressRow[] {
  return (addresses.length > 0 ? addresses : ['']).map((address) => {
    keys += 1;
    return { key: keys, text: address, saved: address };
  });
}

/** Why an address cannot be used, as a sentence; null where it can. @param needed an empty one is wrong too */
export function whyNot({ text, saved }: AddressRow, needed: boolean): string | null {
  if (text.trim() === '') return needed && saved !== '' ? 'An address is needed. The one before is still used.' : null;
  const why = addressFault(text.trim());
  return why === null ? null : `This ${why}.`;
}

/**
 * What becomes of the rows when one of them is left: its text is taken over where it can be used, an empty one goes
 * where others are left, and a wrong one stays as it is, with what was saved before.
 *
 * @param needed the last address is not given up for an empty one
 */
export function afterLeaving(
  rows: readonly AddressRow[],
  key: number,
  needed: boolean,
): { rows: AddressRow[]; addresses: string[] } {
  const taken = rows.map((row) => {
    if (row.key !== key) return row;
    const text = row.text.trim().replace(/\/+$/u, '');
    const usable = text === '' ? rows.length > 1 || !needed : addressFault(text) === null;
    return usable ? { ...row, text, saved: text } : row;
  });
  const left = taken.length > 1 ? taken.filter((row) => row.key !== key || row.text !== '') : taken;
  return { rows: left, addresses: left.map(({ saved }) => saved).filter(Boolean) };
}

/** Rows that follow what the engine has. What is being typed stays. */
export function following(rows: AddressRow[], addresses: readonly string[]): AddressRow[] {
  const typing = rows.some(({ text, saved }) => text !== saved);
  const same =
    rows
      .map(({ saved }) => saved)
      .filter(Boolean)
      .join('\n') === addresses.join('\n');
  return typing || same ? rows : rowsOf(addresses);
}

/** Rows after they could not be saved: what was typed stays, and counts as not saved. */
export function unsaved(rows: readonly AddressRow[], addresses: readonly string[]): AddressRow[] {
  return rows.map((row) => ({ ...row, saved: addresses.includes(row.text) ? row.text : '' }));
}

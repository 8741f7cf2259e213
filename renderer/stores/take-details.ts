import { create } from 'zustand';
import { Take } from '../../shared/schemas/take.ts';
import { api, unwrap } from '../api.ts';
import { useTakes } from './takes.ts';

interface TakeDetails {
  /** The take whose details are shown; null for none. */
  id: string | null;
  /** The take itself where the list does not have it. */
  take: Take | null;
}

/** The take of which all is shown that is known. */
export const useTakeDetails = create<TakeDetails>()(() => ({ id: null, take: null }));

/** Shows the details of a take, listed or not. @throws FaultError where it is not there any more */
export async function openDetails(id: string): Promise<void> {
  useTakeDetails.setState({ id, take: null });
  if (useTakes.getState().window.takes.has(id)) return;
  try {
    const take = await unwrap(api.takes[':id'].$get({ param: { id } }), Take);
    if (useTakeDetails.getState().id === id) useTakeDetails.setState({ take });
  } catch (thrown) {
    if (useTakeDetails.getState().id === id) closeDetails();
    throw thrown;
  }
}

export function closeDetails(): void {
  useTakeDetails.setState({ id: null, take: null });
}

import { letterAt, type Slot } from '../../schemas/comparison.ts';
import { type Html, html, said } from './html.ts';

/** The class that gives a slot’s colour to what is in it. */
export const slotClass = (place: number) => `slot-${letterAt(place).toLowerCase()}`;

/** The letter of a slot in its colour. */
export const badge = (place: number): Html => html`<span class="badge ${slotClass(place)}">${letterAt(place)}</span>`;

/** What a slot is called: its name, or its voice. */
export const slotLabel = ({ name, voiceName, voiceId }: Slot): Html => said(name || voiceName || voiceId);

/** Letter and name of a slot. */
export function slotName(slots: readonly Slot[], place: number): Html {
  const slot = slots[place];
  return html`${badge(place)} ${slot && slotLabel(slot)}`;
}

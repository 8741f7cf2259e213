import type { Slot } from '../../schemas/comparison.ts';
import { voiceIdParts } from '../../voice-id.ts';
import { slotTraits, whoDiffers } from '../slot-traits.ts';
import { type Html, html, said } from './html.ts';
import { badge, slotClass } from './slot-marks.ts';

const mark = (differs: boolean, what: Html) => (differs ? html`<mark>${what}</mark>` : what);

/**
 * Who speaks in each slot and with which settings. What is not the same in all of them is marked.
 *
 * @param models the model each slot spoke with, where that is known
 */
export function slotsTable(slots: readonly Slot[], models: readonly (string | null)[]): Html {
  const traits = slotTraits(slots);
  const differs = whoDiffers(slots);
  const providers = new Set(slots.map(({ voiceId }) => voiceIdParts(voiceId).provider));
  const rows = slots.map((slot, place) => {
    const { provider } = voiceIdParts(slot.voiceId);
    const own = traits[place] ?? [];
    const settings = own.map((trait) => mark(trait.differs, html`<span class="trait">${trait.words}</span>`));
    return html`<tr class="${slotClass(place)}">
<th scope="row">${badge(place)}</th>
<td>${slot.name ? said(slot.name) : html`<span class="dim">–</span>`}</td>
<td>${mark(differs.voice, said(slot.voiceName || slot.voiceId))}<br><span class="dim id">${said(slot.voiceId)}</span></td>
<td>${mark(providers.size > 1, said(provider))}</td>
<td>${mark(new Set(models).size > 1, said(models[place] ?? slot.modelId ?? 'the voice’s own'))}</td>
<td>${settings.length > 0 ? settings.map((one) => html`${one} `) : html`<span class="dim">neutral</span>`}</td>
</tr>`;
  });
  return html`<section>
<h2>Slots</h2>
<div class="wide" tabindex="0" role="group" aria-label="Slots">
<table>
<thead><tr><th scope="col">Slot</th><th scope="col">Name</th><th scope="col">Voice</th><th scope="col">Provider</th><th scope="col">Model</th><th scope="col">Settings</th></tr></thead>
<tbody>${rows}</tbody>
</table>
</div>
${slots.length > 1 && html`<p class="dim">What is not the same in all slots is <mark>marked</mark>.</p>`}
</section>
`;
}

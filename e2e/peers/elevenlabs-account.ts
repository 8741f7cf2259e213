import type { PeerModel } from './elevenlabs-models.ts';
import { REFUSED, type Refused } from './elevenlabs-refusals.ts';
import type { ListedPeerVoice } from './elevenlabs-voices.ts';

interface Plan {
  /** Credits for a month. */
  credits: number;
  /** Requests that may run at once; the fast models have twice as many. */
  concurrent: number;
}

/** Source: ElevenLabs' prices and models pages, 2026-09-17. In order of price. */
const PLANS = {
  free: { credits: 10_000, concurrent: 2 },
  starter: { credits: 30_000, concurrent: 3 },
  creator: { credits: 121_000, concurrent: 5 },
  pro: { credits: 600_000, concurrent: 10 },
  scale: { credits: 1_800_000, concurrent: 15 },
  business: { credits: 6_000_000, concurrent: 15 },
} as const satisfies Record<string, Plan>;
export type PlanName = keyof typeof PLANS;

/** The cheapest plan of formats that not every plan has. */
const PLAN_OF: Readonly<Record<string, PlanName>> = {
  mp3_44100_192: 'creator',
  pcm_44100: 'pro',
  pcm_48000: 'pro',
};

/** A generation that was begun, and is paid for whatever becomes of it. */
export interface Billed {
  requestId: string;
  model: string;
  voice: string;
  characters: number;
  credits: number;
}

/** What a key belongs to: a plan, its credits, and the requests that run now. */
export class Account {
  readonly plan: PlanName;
  readonly limit: number;
  /** Credits used up this month. */
  used: number;
  readonly billed: Billed[] = [];
  readonly #running = { fast: 0, slow: 0 };

  /** @param left credits that are left; by default all of the plan's */
  constructor(plan: PlanName, left: number = PLANS[plan].credits) {
    this.plan = plan;
    this.limit = PLANS[plan].credits;
    this.used = this.limit - left;
  }

  /** Why this account may not have a format; null where it may. */
  formatRefusal(format: string): Refused | null {
    const least = PLAN_OF[format];
    if (!least) return null;
    const order = Object.keys(PLANS);
    if (order.indexOf(this.plan) >= order.indexOf(least)) return null;
    return REFUSED.format(format, `${least.charAt(0).toUpperCase()}${least.slice(1)}`);
  }

  /** Credits of a text, rounded up for each request. Tags are paid for like words. */
  cost(text: string, model: PeerModel, voice: ListedPeerVoice): number {
    return Math.ceil(Number(([...text].length * model.credits * (voice.rate ?? 1)).toFixed(6)));
  }

  most(model: PeerModel): number {
    return PLANS[this.plan].concurrent * (model.fast ? 2 : 1);
  }

  running(model: PeerModel): number {
    return this.#running[model.fast ? 'fast' : 'slow'];
  }

  /** Takes a place; the function given back frees it. Null where there is none. */
  begin(model: PeerModel): (() => void) | null {
    const group = model.fast ? 'fast' : 'slow';
    if (this.#running[group] >= this.most(model)) return null;
    this.#running[group] += 1;
    return () => {
      this.#running[group] -= 1;
    };
  }

  bill(generation: Billed): void {
    this.used += generation.credits;
    this.billed.push(generation);
  }

  /** `GET /v1/user/subscription`. */
  subscription() {
    const paid = this.plan !== 'free';
    return {
      tier: this.plan,
      character_count: this.used,
      character_limit: this.limit,
      max_character_limit_extension: null,
      max_credit_limit_extension: 0,
      can_extend_character_limit: false,
      allowed_to_extend_character_limit: false,
      next_character_count_reset_unix: 1_764_547_200,
      voice_slots_used: 3,
      professional_voice_slots_used: 0,
      professional_voice_slots_used_in_workspace: 0,
      voice_limit: paid ? 10 : 3,
      max_voice_add_edits: null,
      voice_add_edit_counter: 0,
      professional_voice_limit: paid ? 1 : 0,
      can_extend_voice_limit: false,
      can_use_instant_voice_cloning: paid,
      can_use_professional_voice_cloning: paid,
      currency: 'usd',
      current_overage: { amount: '0', currency: 'usd' },
      status: paid ? 'active' : 'free',
      billing_period: paid ? 'monthly_period' : null,
      character_refresh_period: 'monthly_period',
      next_invoice: null,
      open_invoices: [],
      has_open_invoices: false,
      pending_change: null,
      has_used_starter_coupon_on_account: false,
      has_used_creator_coupon_on_account: false,
    };
  }
}

import { z } from 'zod';
import { Fault } from '../errors.ts';
import { ProviderHealth } from './voice.ts';

/** Another voice that speaks where one cannot. */
export const VoiceRef = z.object({
  /** `provider:voice` */
  voiceId: z.string().min(1).max(200),
  voiceName: z.string().max(200).default(''),
  /** Null for the voice's own. */
  modelId: z.string().min(1).max(200).nullable().default(null),
});
export type VoiceRef = z.infer<typeof VoiceRef>;

/** Who speaks where a provider cannot. Nobody, unless a person says so. */
export const FallbackRule = z.object({
  /** For every voice of the provider; null for nobody. */
  all: VoiceRef.nullable().default(null),
  /** For single voices, by `provider:voice`; null for nobody, whatever `all` says. */
  voices: z
    .record(z.string().max(200), VoiceRef.nullable())
    .refine((voices) => Object.keys(voices).length <= 1000, 'has too many')
    .default({}),
});
export type FallbackRule = z.infer<typeof FallbackRule>;

/** How long a provider is waited for, and how much it is asked for at once. */
export const ConnectionLimits = z.object({
  /** Until a connection stands, in ms. */
  connectMs: z.number().int().min(100).max(120_000).default(5000),
  /** From the request to the first byte of its answer, in ms. */
  firstByteMs: z.number().int().min(500).max(900_000).default(60_000),
  /** Between two pieces of an answer, in ms. */
  betweenBytesMs: z.number().int().min(500).max(600_000).default(30_000),
  /** Connections to one address that may be open at once. */
  connections: z.number().int().min(1).max(100).default(10),
  /** Texts that may be spoken at once; null for what the provider allows. */
  atOnce: z.number().int().min(1).max(100).nullable().default(null),
});
export type ConnectionLimits = z.infer<typeof ConnectionLimits>;

export const USUAL_CONNECTION_LIMITS: ConnectionLimits = ConnectionLimits.parse({});

/** Why an address cannot be used, in words; null where it can. */
export function addressFault(text: string): string | null {
  if (!URL.canParse(text)) return 'is no address: it should look like http://127.0.0.1:8004';
  const { protocol, username, password, search, hash } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') return 'must begin with http:// or https://';
  if (username !== '' || password !== '') return 'must not have a name or password in it: enter the key as a key';
  if (search !== '' || hash !== '') return 'must end with its path';
  return null;
}

/** Where a server is. Has no name, password or query in it, so that no secret can be among them. */
export const Address = z
  .string()
  .trim()
  .max(500)
  .superRefine((text, context) => {
    const why = addressFault(text);
    if (why !== null) context.addIssue({ code: 'custom', message: why });
  })
  .transform((text) => text.replace(/\/+$/u, ''));

/** A provider as a person set it up. Its key is not part of it. */
export const Connection = z.object({
  /** The prefix of its voices' ids. */
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  /** Which provider it is. */
  kind: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  /** For a person. */
  name: z.string().trim().min(1).max(80),
  /** Where it is; several share the load. Empty for the provider's usual one. */
  addresses: z.array(Address).max(16),
  /** How it wants to be spoken to; null to find out. */
  dialect: z.string().max(40).nullable(),
  /** `provider:voice` that is offered first; null for none. */
  defaultVoice: z.string().max(200).nullable(),
  /** The model that is offered first; null for the provider's own choice. */
  defaultModel: z.string().max(200).nullable(),
  limits: ConnectionLimits,
  fallback: FallbackRule,
});
export type Connection = z.infer<typeof Connection>;

/** Begins a connection; all else is as usual until it is changed. */
export const ConnectionInput = z.object({
  kind: Connection.shape.kind,
  name: Connection.shape.name.optional(),
  addresses: Connection.shape.addresses.optional(),
});
export type ConnectionInput = z.infer<typeof ConnectionInput>;

/** What of a connection can be changed. */
export const ConnectionPatch = Connection.omit({ id: true, kind: true }).partial();
export type ConnectionPatch = z.infer<typeof ConnectionPatch>;

/** What the page may know of a key: that it is there, and its end. */
export const KeyState = z.object({
  /** The last four characters; null where there is none, or where nobody here can read it. */
  last4: z.string().max(4).nullable(),
  /**
   * Where it lies. `sealed`: in the desktop app's keychain, which this shell cannot read. `none`: nowhere.
   */
  where: z.enum(['keychain', 'file', 'environment', 'sealed', 'none']),
});
export type KeyState = z.infer<typeof KeyState>;

/** Where keys are put, and why not elsewhere. */
export const KeyPlace = z.object({
  /** What is used unless said otherwise. */
  usual: z.enum(['keychain', 'file']),
  /** What a person should know of it, in words: which keychain, or why a file, and which one. */
  note: z.string(),
});
export type KeyPlace = z.infer<typeof KeyPlace>;

export const KeyInput = z.object({ key: z.string().trim().min(1).max(512) });

/** A kind of provider, as Settings offer it. */
export const ProviderKindAbout = z.object({
  kind: z.string(),
  name: z.string(),
  /** One sentence. */
  about: z.string(),
  address: z.object({
    label: z.string(),
    placeholder: z.string(),
    /** Several addresses may be entered. */
    many: z.boolean(),
    /** One must be entered; otherwise there is a usual one. */
    needed: z.boolean(),
  }),
  key: z.object({
    need: z.enum(['required', 'optional']),
    /** Where a person finds it. */
    help: z.string(),
  }),
  /** Manners in which its servers want to be spoken to; empty where there is only one. */
  dialects: z.array(z.object({ name: z.string(), title: z.string() })),
  /** Speaking with it costs money. */
  costs: z.boolean(),
});
export type ProviderKindAbout = z.infer<typeof ProviderKindAbout>;

/** One address of a provider, and how it stands. */
export const ServerState = z.object({
  address: z.string(),
  /** `free`, at work (`busy`), resting after failures (`left out`), or not asked yet. */
  state: z.enum(['free', 'busy', 'left out', 'unknown']),
  /** What kind of server it turned out to be; null before it was asked. */
  title: z.string().nullable(),
  /** What it says of itself, in words. */
  note: z.string(),
});
export type ServerState = z.infer<typeof ServerState>;

/** What a recording must be to become a voice. */
export const CloneLimits = z.object({
  /** Endings without the dot. */
  types: z.array(z.string()),
  /** Bytes; null for any. */
  mostBytes: z.number().nullable(),
  /** Seconds; null for any. */
  leastSeconds: z.number().nullable(),
  mostSeconds: z.number().nullable(),
  /** The language of the recording is asked for: these can be chosen. Empty where it is not. */
  languages: z.array(z.string()),
});
export type CloneLimits = z.infer<typeof CloneLimits>;

/** Models a server can be switched to. */
export const ModelSwitch = z.object({
  current: z.string().nullable(),
  choices: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type ModelSwitch = z.infer<typeof ModelSwitch>;

/** Everything Settings show of a provider. */
export const ConnectionView = z.object({
  connection: Connection,
  key: KeyState,
  /** Fields that the environment decides, with the variable that does: `addresses`, `key`, `defaultVoice` ... */
  environment: z.record(z.string(), z.string()),
  health: ProviderHealth,
  servers: z.array(ServerState),
  /** Null where it takes no recordings. */
  cloning: CloneLimits.nullable(),
  /** Null where it has one model only. */
  modelSwitch: ModelSwitch.nullable(),
});
export type ConnectionView = z.infer<typeof ConnectionView>;

export const ConnectionsView = z.object({
  /** The built-in provider is not among them: there is nothing to set up. */
  connections: z.array(ConnectionView),
  kinds: z.array(ProviderKindAbout),
  keys: KeyPlace,
});
export type ConnectionsView = z.infer<typeof ConnectionsView>;

/** One step of a test of a connection, told when it begins and when it ends. One JSON value on each line. */
export const TestStep = z.object({
  step: z.enum(['probe', 'voices', 'speak']),
  state: z.enum(['running', 'done', 'failed', 'skipped']),
  /** How long it took, in ms; null while it runs. */
  ms: z.number().nullable(),
  /** What came of it, in words: “devnen, model loaded”, “42 voices”, “first sound after 212 ms, 2.1 s of sound”. */
  note: z.string(),
  fault: Fault.nullable(),
});
export type TestStep = z.infer<typeof TestStep>;

/** How old a provider's list of voices is. */
export const VoiceListState = z.object({
  provider: z.string(),
  name: z.string(),
  /** When it was read, in ms since the epoch; null where it never was. */
  at: z.number().nullable(),
  voices: z.number().int(),
  /** It is being read now. */
  refreshing: z.boolean(),
  /** Why it could not be read the last time. */
  fault: Fault.nullable(),
});
export type VoiceListState = z.infer<typeof VoiceListState>;

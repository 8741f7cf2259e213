import { z } from 'zod';
import { EmotionName } from '../controls/controls.ts';

/** Rates the gateway gives, in Hz. */
export const GATEWAY_RATES = [8000, 16000, 22050, 24000, 44100, 48000] as const;

/** `POST /api/v1/tts`. speed, pitch and volume are ratios with 1.0 normal. */
export const GatewaySpeech = z.object({
  text: z.string(),
  voice_id: z.string().min(1).max(200).optional(),
  model_id: z.string().min(1).max(200).optional(),
  settings: z
    .object({
      speed: z.number().min(0.5).max(2),
      pitch: z.number().min(0.5).max(2),
      // -24 and +12 dB, however they were rounded.
      volume: z.number().min(0.063).max(3.982),
      emotion: EmotionName,
    })
    .partial()
    .optional(),
  audio_format: z
    .strictObject({
      sample_rate: z.literal(GATEWAY_RATES),
      bit_depth: z.literal(16),
      channels: z.literal(1),
      codec: z.literal('pcm_s16le'),
    })
    .partial()
    .optional(),
});
export type GatewaySpeech = z.infer<typeof GatewaySpeech>;

/** `GET /health`. */
export const GatewayHealth = z.object({
  status: z.enum(['healthy', 'degraded']),
  version: z.string(),
  providers: z.array(
    z.object({ id: z.string(), kind: z.string(), status: z.string(), latencyMs: z.number().nullable() }),
  ),
});
export type GatewayHealth = z.infer<typeof GatewayHealth>;

/** `GET /api/v1/voices`. */
export const GatewayVoices = z.object({
  voices: z.array(
    z.object({ id: z.string(), name: z.string(), language: z.string(), gender: z.string(), provider: z.string() }),
  ),
});
export type GatewayVoices = z.infer<typeof GatewayVoices>;

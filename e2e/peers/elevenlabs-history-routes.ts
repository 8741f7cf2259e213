import type { PeerHistory } from './elevenlabs-history.ts';
import { REFUSED, type Refused } from './elevenlabs-refusals.ts';
import { type Exchange, type Handler, sendJson } from './peer.ts';
import { inReads } from './sound-framing.ts';

/** Most items of one page, and how many there are where nobody says. */
const MOST_ITEMS = 1000;
const USUAL_ITEMS = 100;

/** What the routes need of the peer they belong to. */
export interface HistoryRouteParts {
  history: PeerHistory;
  /** Looks at key, permission and form before the handler is called. @param path as the document has it */
  checked(path: string, handler: (exchange: Exchange, requestId: string) => Promise<void> | void): Handler;
  refuse(exchange: Exchange, refused: Refused, requestId: string): void;
  sendSound(exchange: Exchange, headers: Record<string, string>, pieces: AsyncIterable<Uint8Array>): Promise<void>;
}

/** What was generated in the account, item by item, and its sound. */
export function historyRoutes({ history, checked, refuse, sendSound }: HistoryRouteParts): Record<string, Handler> {
  const idOf = ({ params }: Exchange) => params.history_item_id ?? '';
  return {
    'GET /v1/history': checked('/v1/history', (exchange, requestId) => {
      const query = exchange.url.searchParams;
      const number = (name: string) => (query.has(name) ? Number(query.get(name)) : null);
      const size = number('page_size') ?? USUAL_ITEMS;
      if (size < 1 || size > MOST_ITEMS) return refuse(exchange, REFUSED.pageSize(MOST_ITEMS), requestId);
      if (query.has('model_id') && !query.has('source')) return refuse(exchange, REFUSED.sourceMissing, requestId);
      const page = history.page({
        size,
        after: query.get('start_after_history_item_id'),
        voice: query.get('voice_id'),
        model: query.get('model_id'),
        source: query.get('source'),
        search: query.get('search'),
        before: number('date_before_unix'),
        from: number('date_after_unix'),
        ascending: query.get('sort_direction') === 'asc',
      });
      sendJson(exchange.response, 200, page);
    }),
    'GET /v1/history/:history_item_id': checked('/v1/history/{history_item_id}', (exchange, requestId) => {
      const item = history.item(idOf(exchange));
      if (item) sendJson(exchange.response, 200, item);
      else refuse(exchange, REFUSED.historyItem(idOf(exchange)), requestId);
    }),
    'GET /v1/history/:history_item_id/audio': checked(
      '/v1/history/{history_item_id}/audio',
      async (exchange, requestId) => {
        const sound = await history.sound(idOf(exchange));
        if (!sound) return refuse(exchange, REFUSED.historyItem(idOf(exchange)), requestId);
        await sendSound(exchange, { 'content-type': sound.contentType }, inReads([sound.bytes]));
      },
    ),
  };
}

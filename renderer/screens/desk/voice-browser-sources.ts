import { useCallback, useMemo } from 'react';
import { useSession } from '../../stores/session.ts';
import { useVoices } from '../../stores/voices.ts';

/** What each provider is called; its id where nobody says. */
export function useProviderNames(): (id: string) => string {
  const providers = useSession((state) => state.status?.providers);
  const lists = useVoices((state) => state.lists);
  const names = useMemo(
    () =>
      new Map([
        ...lists.map(({ provider, name }) => [provider, name] as const),
        ...(providers ?? []).map(({ id, name }) => [id, name] as const),
      ]),
    [providers, lists],
  );
  return useCallback((id: string) => names.get(id) ?? id, [names]);
}

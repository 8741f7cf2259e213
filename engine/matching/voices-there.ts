import { FaultError, fault } from '../../shared/errors.ts';
import type { AllVoices, Registry } from '../providers/registry.ts';

/**
 * All voices and models that are known, those of one provider for certain: a list that never was read is read now.
 * Others are not waited for.
 *
 * @throws FaultError not_found where it is not set up (any more); what it says, where its list cannot be read
 */
export async function voicesThere(
  registry: Pick<Registry, 'known' | 'refresh' | 'provider'>,
  providerId: string,
  signal: AbortSignal,
): Promise<AllVoices> {
  if (!registry.provider(providerId)) {
    throw fault('not_found', `The provider “${providerId}” is not set up (any more).`, {
      kept: 'The mapping and what was found for it are kept.',
      todo: 'Set it up in Settings, or choose another one.',
    });
  }
  const known = await registry.known(signal);
  if (!isUnread(known, providerId)) return known;
  const read = await registry.refresh(signal, providerId);
  const list = read.lists.find(({ provider }) => provider === providerId);
  if (isUnread(read, providerId) && list?.fault) throw new FaultError(list.fault);
  return read;
}

/** A provider in this process has no list that could be unread. */
const isUnread = ({ lists }: AllVoices, providerId: string) =>
  lists.some(({ provider, at }) => provider === providerId && at === null);

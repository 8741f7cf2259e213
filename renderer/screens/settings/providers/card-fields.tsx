import { useState } from 'react';
import type { Fault } from '../../../../shared/errors.ts';
import type { ConnectionView, KeyPlace, ProviderKindAbout } from '../../../../shared/schemas/connection.ts';
import { useConnections } from '../../../stores/connections.ts';
import type { ProviderField } from '../../../stores/provider-cards.ts';
import { AddressesField } from './addresses-field.tsx';
import { CloneForm } from './clone-form.tsx';
import { DefaultModel, DefaultVoice, DialectField } from './default-fields.tsx';
import { Disclosure } from './disclosure.tsx';
import { FallbackFields } from './fallback-fields.tsx';
import { KeyField } from './key-field.tsx';
import { LimitsFields, limitWords } from './limits-fields.tsx';
import { ModelSwitchField } from './model-switch-field.tsx';
import { setUpBy } from './provider-words.ts';
import { RemoveProvider } from './remove-provider.tsx';
import { TextField } from './text-field.tsx';

interface CardFieldsProps {
  view: ConnectionView;
  about: ProviderKindAbout | undefined;
  place: KeyPlace;
  /** A fault led here: the key is to be entered. */
  keyAsked: boolean;
  /** What is wrong with the provider, where it is about this field. */
  faultOf: (field: ProviderField) => Fault | null;
  onRemoved: () => void;
}

/**
 * What a provider can do beside speaking, as it was known last: one that was changed is asked anew, and until then its
 * forms stay, with what was entered there.
 */
function useKnown({ cloning, modelSwitch, health }: ConnectionView): Pick<ConnectionView, 'cloning' | 'modelSwitch'> {
  const [known, setKnown] = useState({ cloning, modelSwitch });
  const asking = health.status === 'idle' || health.status === 'loading';
  const now = {
    cloning: cloning ?? (asking ? known.cloning : null),
    modelSwitch: modelSwitch ?? (asking ? known.modelSwitch : null),
  };
  if (now.cloning !== known.cloning || now.modelSwitch !== known.modelSwitch) setKnown(now);
  return now;
}

/** All that can be set for a provider. */
export function CardFields({ view, about, place, keyAsked, faultOf, onRemoved }: CardFieldsProps) {
  const { connection } = view;
  const { cloning, modelSwitch } = useKnown(view);
  return (
    <>
      <TextField
        label="Name"
        value={connection.name}
        longest={80}
        whenEmpty="A name is needed. The one before is still used."
        onSave={(name) => useConnections.getState().change(connection.id, { name })}
      />
      {about && (
        <>
          <AddressesField view={view} about={about} fault={faultOf('addresses')} />
          {about.dialects.length > 0 && <DialectField view={view} about={about} />}
          <KeyField view={view} about={about} place={place} fault={faultOf('key')} asked={keyAsked} />
        </>
      )}
      <DefaultVoice view={view} faultOf={faultOf} />
      <DefaultModel view={view} faultOf={faultOf} />
      {modelSwitch && <ModelSwitchField id={connection.id} {...modelSwitch} />}
      <FallbackFields connection={connection} />
      <Disclosure title="Patience and limits" summary={limitWords(connection.limits)}>
        <LimitsFields connection={connection} />
      </Disclosure>
      {cloning && (
        <Disclosure title="Make a voice from a recording">
          <CloneForm connection={connection} limits={cloning} />
        </Disclosure>
      )}
      <RemoveProvider connection={connection} variable={setUpBy(view, about)} onRemoved={onRemoved} />
    </>
  );
}

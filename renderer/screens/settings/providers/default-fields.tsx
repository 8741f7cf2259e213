import { Select } from '@mantine/core';
import { useMemo } from 'react';
import type { Fault } from '../../../../shared/errors.ts';
import type { ConnectionView, ProviderKindAbout } from '../../../../shared/schemas/connection.ts';
import { useConnections } from '../../../stores/connections.ts';
import type { ProviderField } from '../../../stores/provider-cards.ts';
import { useVoices } from '../../../stores/voices.ts';
import { FieldRow } from './field-row.tsx';
import { useSaving } from './use-saving.ts';
import { VoiceSelect } from './voice-select.tsx';

/** Stands for nothing chosen: Mantine has no empty choice. No voice or model is called so, as theirs have no space. */
const OPEN = 'left open';

interface DefaultProps {
  view: ConnectionView;
  faultOf: (field: ProviderField) => Fault | null;
}

/** The voice that is offered first. */
export function DefaultVoice({ view, faultOf }: DefaultProps) {
  const { connection, environment } = view;
  const all = useVoices((state) => state.voices);
  const voices = useMemo(() => all.filter(({ provider }) => provider === connection.id), [all, connection.id]);
  const saving = useSaving();
  const fault = faultOf('defaultVoice');
  return (
    <FieldRow
      label="Default voice"
      field="defaultVoice"
      saving={saving}
      fault={fault}
      variable={environment.defaultVoice}
      note={voices.length === 0 ? 'Its voices are not known yet.' : undefined}
    >
      {(ids) => (
        <VoiceSelect
          {...ids}
          voices={voices}
          others={NO_VOICE}
          value={connection.defaultVoice ?? OPEN}
          disabled={environment.defaultVoice !== undefined}
          error={fault !== null || saving.fault !== null}
          onChoose={(chosen) => {
            const defaultVoice = chosen === OPEN ? null : chosen;
            void saving.save(() => useConnections.getState().change(connection.id, { defaultVoice }));
          }}
        />
      )}
    </FieldRow>
  );
}

const NO_VOICE = [{ value: OPEN, label: 'None' }];

/** The model that is offered first. */
export function DefaultModel({ view, faultOf }: DefaultProps) {
  const { connection, environment } = view;
  const models = useVoices((state) => state.models);
  const saving = useSaving();
  const fault = faultOf('defaultModel');
  const own = models.filter(({ provider }) => provider === connection.id);
  const { defaultModel } = connection;
  const lost = defaultModel !== null && !own.some(({ id }) => id === defaultModel);
  return (
    <FieldRow
      label="Default model"
      field="defaultModel"
      saving={saving}
      fault={fault}
      variable={environment.defaultModel}
    >
      {(ids) => (
        <Select
          {...ids}
          searchable
          allowDeselect={false}
          disabled={environment.defaultModel !== undefined}
          error={fault !== null || saving.fault !== null}
          nothingFoundMessage="No model is called so."
          value={defaultModel ?? OPEN}
          data={[
            { value: OPEN, label: 'As the provider chooses' },
            ...(lost ? [{ value: defaultModel, label: `${defaultModel} (not in the list)` }] : []),
            ...own.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(chosen) => {
            if (chosen === null) return;
            const wanted = chosen === OPEN ? null : chosen;
            void saving.save(() => useConnections.getState().change(connection.id, { defaultModel: wanted }));
          }}
        />
      )}
    </FieldRow>
  );
}

/** How the servers want to be spoken to. */
export function DialectField({ view, about }: { view: ConnectionView; about: ProviderKindAbout }) {
  const { connection, environment } = view;
  const saving = useSaving();
  return (
    <FieldRow label="Kind of server" saving={saving} variable={environment.dialect}>
      {(ids) => (
        <Select
          {...ids}
          allowDeselect={false}
          disabled={environment.dialect !== undefined}
          error={saving.fault !== null}
          value={connection.dialect ?? OPEN}
          data={[
            { value: OPEN, label: 'Find out automatically' },
            ...about.dialects.map(({ name, title }) => ({ value: name, label: title })),
          ]}
          onChange={(chosen) => {
            if (chosen === null) return;
            const dialect = chosen === OPEN ? null : chosen;
            void saving.save(() => useConnections.getState().change(connection.id, { dialect }));
          }}
        />
      )}
    </FieldRow>
  );
}

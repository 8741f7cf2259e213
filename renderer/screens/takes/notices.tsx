import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type Fault, toFault } from '../../../shared/errors.ts';

/** Milliseconds an undo is offered. */
const UNDO_TIME = 10_000;

/** A fault in words: what happened, what is kept, what to do next. */
export function FaultWords({ fault }: { fault: Fault }) {
  return (
    <div>
      <Text size="sm">{fault.message}</Text>
      {fault.kept && (
        <Text size="xs" c="dimmed">
          {fault.kept}
        </Text>
      )}
      {fault.todo && (
        <Text size="xs" c="dimmed">
          {fault.todo}
        </Text>
      )}
      {fault.said && (
        <Text size="xs" c="dimmed" lineClamp={3}>
          It said: {fault.said}
        </Text>
      )}
    </div>
  );
}

/** Tells a fault that belongs to no place on the screen. */
export function tellFault(thrown: unknown, title: string): void {
  const fault = toFault(thrown);
  if (fault.code === 'cancelled') return;
  notifications.show({ title, message: <FaultWords fault={fault} />, color: 'red', autoClose: 12_000 });
}

const undos = new Set<string>();

/** Takes back every offer to undo something: what was deleted is gone for good. */
export function forgetUndos(): void {
  for (const id of undos) notifications.hide(id);
  undos.clear();
}

/** Says what was done and offers to undo it. @returns takes the offer back */
export function tellUndo(message: string, undo: () => Promise<void>): () => void {
  const id = `undo-${crypto.randomUUID()}`;
  undos.add(id);
  const takeBack = async () => {
    notifications.hide(id);
    try {
      await undo();
    } catch (thrown) {
      tellFault(thrown, 'It could not be undone');
    }
  };
  notifications.show({
    id,
    autoClose: UNDO_TIME,
    onClose: () => undos.delete(id),
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button variant="light" onClick={() => void takeBack()}>
          Undo
        </Button>
      </Group>
    ),
  });
  return () => notifications.hide(id);
}

/** Says that something went well. */
export function tellDone(message: string): void {
  notifications.show({ message });
}

/** Says that something is under way; `stop` is what cancels it, where that can be done. */
export function tellBusy(title: string, stop?: () => void): { say: (words: string) => void; end: () => void } {
  const id = `busy-${crypto.randomUUID()}`;
  const shown = (words: string) => ({
    id,
    title,
    loading: true,
    autoClose: false as const,
    withCloseButton: false,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="xs" c="dimmed">
          {words}
        </Text>
        {stop && (
          <Button variant="subtle" onClick={stop}>
            Cancel
          </Button>
        )}
      </Group>
    ),
  });
  notifications.show(shown(''));
  return { say: (words) => notifications.update(shown(words)), end: () => notifications.hide(id) };
}

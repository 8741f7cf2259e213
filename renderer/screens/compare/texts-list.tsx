import { ActionIcon, Button, Textarea, Tooltip } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type ClipboardEvent, useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { fault } from '../../../shared/errors.ts';
import { type Comparison, MOST_TEXTS } from '../../../shared/schemas/comparison.ts';
import { currentText, useCompareView } from '../../stores/compare/slots.ts';
import { addTexts, changeText, removeText, showText } from '../../stores/compare/texts.ts';
import { tellFault, tellUndo } from '../takes/notices.tsx';
import classes from './texts-list.module.css';

/** Lines that are texts of their own. */
function linesOf(pasted: string): string[] {
  return pasted
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The texts that every slot speaks. The one in hand is heard. */
export function TextsList({ comparison }: { comparison: Comparison }) {
  const textId = useCompareView((state) => state.textId);
  const current = currentText(comparison, textId);
  const { texts } = comparison;
  const list = useRef<HTMLOListElement>(null);
  const shown = current?.id;
  useEffect(() => {
    if (shown !== undefined) list.current?.querySelector('[data-current]')?.scrollIntoView({ block: 'nearest' });
  }, [shown]);
  const add = () => {
    flushSync(() => addTexts(['']));
    list.current?.querySelector<HTMLElement>('[data-compare-text]')?.focus();
  };
  const away = (id: string) => {
    const undo = removeText(id);
    tellUndo('Text removed', async () => undo());
  };
  /** Lines pasted into an empty field become texts of their own. */
  const onPaste = (id: string, empty: boolean) => (event: ClipboardEvent) => {
    const [first, ...more] = linesOf(event.clipboardData.getData('text/plain'));
    if (!empty || first === undefined || more.length === 0) return;
    event.preventDefault();
    changeText(id, first);
    const added = addTexts(more);
    if (added < more.length) {
      const left = more.length - added;
      tellFault(
        fault('too_large', `A comparison has at most ${MOST_TEXTS} texts: ${left} of them found no room.`),
        'Not all texts were taken',
      );
    }
    showText(id);
  };
  return (
    <section className={classes.texts} aria-label="Texts">
      <ol ref={list} className={classes.list}>
        {texts.map(({ id, text }, index) => (
          <li key={id} className={classes.text} data-current={id === current?.id || undefined}>
            <span className={classes.number} aria-hidden>
              {texts.length > 1 ? index + 1 : ''}
            </span>
            <Textarea
              variant="unstyled"
              autosize
              minRows={2}
              maxRows={texts.length > 1 ? 6 : 12}
              aria-label={texts.length > 1 ? `Text ${index + 1}` : 'Text'}
              placeholder="What should every slot say?"
              className={classes.field ?? ''}
              value={text}
              data-compare-text={id === current?.id || undefined}
              onFocus={() => showText(id)}
              onChange={(event) => changeText(id, event.currentTarget.value)}
              onPaste={onPaste(id, text.trim() === '')}
            />
            {texts.length > 1 && (
              <Tooltip label="Remove">
                <ActionIcon size={22} aria-label={`Remove text ${index + 1}`} onClick={() => away(id)}>
                  <IconX size={14} stroke={1.6} />
                </ActionIcon>
              </Tooltip>
            )}
          </li>
        ))}
      </ol>
      <Button
        variant="subtle"
        color="gray"
        className={classes.add ?? ''}
        leftSection={<IconPlus size={15} stroke={1.6} />}
        onClick={add}
      >
        Add a text
      </Button>
    </section>
  );
}

import { Button, Menu } from '@mantine/core';
import { IconBracketsContain } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ModelTags } from '../../../shared/controls/controls.ts';
import { provideCommand } from '../../stores/commands.ts';
import { useDeskModel } from '../desk/use-desk-voice.ts';
import classes from './insert-menu.module.css';
import { insertMark, textField } from './insertion.ts';

/** Pauses that are offered, in s. Any other length can be typed. */
const PAUSES = ['0.5', '1'] as const;

/** Puts a pause or one of the model’s tags into the text, where the caret stands. */
export function InsertMenu() {
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const cameFrom = useRef<HTMLElement | null>(null);
  // A list that was left at once is drawn all the same, and must not take the focus.
  const wanted = useRef(false);
  const list = useRef<HTMLDivElement | null>(null);
  const model = useDeskModel();
  const open = useCallback(() => {
    if (wanted.current) return;
    cameFrom.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    wanted.current = true;
    setOpened(true);
  }, []);
  const close = useCallback(() => {
    wanted.current = false;
    setOpened(false);
  }, []);
  useEffect(() => provideCommand('insert', open), [open]);
  const insert = (mark: string) => {
    close();
    if (textField.current !== null) insertMark(textField.current, mark);
  };
  const focusFirst = useCallback(() => {
    if (wanted.current) list.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus({ preventScroll: true });
  }, []);
  const drawn = useCallback(
    (dropdown: HTMLDivElement | null) => {
      list.current = dropdown;
      focusFirst();
    },
    [focusFirst],
  );
  const leave = useCallback(() => {
    close();
    (cameFrom.current ?? button.current)?.focus();
  }, [close]);
  useEffect(() => {
    if (!opened) return;
    // A list that is opened anew while it fades away is not drawn anew.
    focusFirst();
    // Escape may come before the list has been drawn and has the focus.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' && event.key !== 'Tab') return;
      // Not what is meant for a window that was opened meanwhile.
      const at = document.activeElement;
      const ours = at === null || at === document.body || at === button.current || at === cameFrom.current;
      if (!ours && !list.current?.contains(at)) return close();
      event.preventDefault();
      event.stopPropagation();
      leave();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [opened, leave, close, focusFirst]);
  return (
    <Menu
      opened={opened}
      onChange={(open) => open || close()}
      position="top-start"
      width={240}
      returnFocus={false}
      closeOnEscape={false}
      trapFocus={false}
      withInitialFocusPlaceholder={false}
      classNames={{ dropdown: classes.dropdown ?? '', item: classes.item ?? '' }}
    >
      <Menu.Target>
        <Button
          ref={button}
          variant="subtle"
          color="gray"
          className={classes.button ?? ''}
          leftSection={<IconBracketsContain size={15} stroke={1.5} />}
          // The caret stays in the text.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => (opened ? leave() : open())}
        >
          Insert
        </Button>
      </Menu.Target>
      <Menu.Dropdown ref={drawn} aria-label="Insert">
        <Menu.Label>Any voice</Menu.Label>
        {PAUSES.map((seconds) => (
          <Mark key={seconds} mark={`[pause ${seconds}s]`} onInsert={insert} />
        ))}
        {model?.capabilities.tags && <Tags name={model.name} tags={model.capabilities.tags} onInsert={insert} />}
      </Menu.Dropdown>
    </Menu>
  );
}

function Tags({ name, tags: { list }, onInsert }: { name: string; tags: ModelTags; onInsert: (mark: string) => void }) {
  const groups = [
    { label: name, tags: list.filter(({ experimental }) => !experimental) },
    { label: `${name}, experimental: may have no effect`, tags: list.filter(({ experimental }) => experimental) },
  ];
  return groups
    .filter(({ tags }) => tags.length > 0)
    .map(({ label, tags }) => (
      // biome-ignore lint/a11y/useSemanticElements: a group of menu items is no group of fields
      <div key={label} role="group" aria-label={label}>
        <Menu.Label>{label}</Menu.Label>
        {tags.map(({ tag }) => (
          <Mark key={tag} mark={`[${tag}]`} onInsert={onInsert} />
        ))}
      </div>
    ));
}

function Mark({ mark, onInsert }: { mark: string; onInsert: (mark: string) => void }) {
  return <Menu.Item onClick={() => onInsert(mark)}>{mark}</Menu.Item>;
}

import { Button, Menu } from '@mantine/core';
import { IconBracketsContain } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ModelTags } from '../../../shared/controls/controls.ts';
import { provideCommand } from '../../stores/commands.ts';
import classes from './insert-menu.module.css';
import { insertMark, textField } from './insertion.ts';
import { useDeskModel } from './use-desk-voice.ts';

/** Pauses that are offered, in s. Any other length can be typed. */
const PAUSES = ['0.5', '1'] as const;

/** Puts a pause or one of the model’s tags into the text, where the caret stands. */
export function InsertMenu() {
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const cameFrom = useRef<HTMLElement | null>(null);
  const model = useDeskModel();
  const open = useCallback(() => {
    cameFrom.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setOpened(true);
  }, []);
  useEffect(() => provideCommand('insert', open), [open]);
  const insert = (mark: string) => {
    setOpened(false);
    if (textField.current !== null) insertMark(textField.current, mark);
  };
  const leave = () => {
    setOpened(false);
    (cameFrom.current ?? button.current)?.focus();
  };
  return (
    <Menu
      opened={opened}
      onChange={setOpened}
      position="top-start"
      width={240}
      returnFocus={false}
      closeOnEscape={false}
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
      <Menu.Dropdown
        aria-label="Insert"
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          leave();
        }}
      >
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

import {
  ActionIcon,
  Badge,
  Button,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  Menu,
  Modal,
  Notification,
  NumberInput,
  Popover,
  SegmentedControl,
  Select,
  Slider,
  Switch,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';
import fader from './fader.module.css';
import select from './select.module.css';

/** The one accent: the orange of a lamp behind a meter. */
const lamp: MantineColorsTuple = [
  '#fff3e6',
  '#ffe4cc',
  '#ffc999',
  '#ffb06b',
  '#ff9d4d',
  '#f58a33',
  '#d96f18',
  '#b85400',
  '#974400',
  '#703200',
];

/** Neutral greys without a tint of blue; Mantine's dark theme is drawn from these. */
const dark: MantineColorsTuple = [
  '#e9e8e5',
  '#c4c5c6',
  '#a0a3a8',
  '#6d7075',
  '#3c3f43',
  '#303336',
  '#25272a',
  '#1b1c1e',
  '#161718',
  '#101112',
];

/** The same for the light theme. Greys of the palette’s own warmth: none of them is a colour of text. */
const gray: MantineColorsTuple = [
  '#f7f7f5',
  '#f1f1ef',
  '#e7e7e4',
  '#dcdcd8',
  '#cbcbc7',
  '#adaeab',
  '#86878a',
  '#5b5e63',
  '#3a3c3f',
  '#1d1e20',
];

/** The accent as an area: the same orange in both themes, with the ink that can be read on it. */
const FILLED = {
  background: 'var(--tb-accent-fill)',
  hover: 'color-mix(in srgb, var(--tb-accent-fill) 88%, var(--tb-text))',
  color: 'var(--tb-on-accent)',
  border: '1px solid transparent',
};

/** What takes something away for good: red, with the ink that can be read on it in either theme. */
const GRAVE = {
  background: 'var(--tb-bad)',
  hover: 'color-mix(in srgb, var(--tb-bad) 88%, var(--tb-text))',
  color: 'var(--tb-ground)',
  border: '1px solid transparent',
};

const QUIET = {
  background: 'transparent',
  hover: 'var(--tb-hover)',
  color: 'var(--tb-dim)',
  hoverColor: 'var(--tb-text)',
  border: '1px solid transparent',
};

const LIT = { ...QUIET, color: 'var(--tb-accent)', hoverColor: 'var(--tb-accent)' };

const CLOSE = { 'aria-label': 'Close' };

/** Mantine dressed as the studio. Sizes are set once here so that panels need none. */
export const theme = createTheme({
  primaryColor: 'lamp',
  primaryShade: { light: 7, dark: 4 },
  variantColorResolver: (input) => {
    if (input.variant === 'filled' && (input.color === undefined || input.color === 'lamp')) return FILLED;
    if (input.variant === 'filled' && input.color === 'red') return GRAVE;
    if (input.variant === 'subtle' && input.color === 'gray') return QUIET;
    if (input.variant === 'subtle' && input.color === 'lamp') return LIT;
    return defaultVariantColorsResolver(input);
  },
  colors: { lamp, dark, gray },
  fontFamily: 'Inter, system-ui, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '11px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: { fontWeight: '600' },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', radius: 'sm' } }),
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', withinPortal: true } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        closeButtonProps: CLOSE,
        overlayProps: { backgroundOpacity: 0.5 },
        transitionProps: { duration: 120 },
      },
    }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps: CLOSE } }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'xs' } }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs' } }),
    Select: Select.extend({
      classNames: { option: select.option ?? '' },
      defaultProps: { size: 'xs', checkIconPosition: 'right' },
    }),
    Slider: Slider.extend({ classNames: fader, defaultProps: { size: 3, label: null } }),
    Switch: Switch.extend({ defaultProps: { size: 'xs' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'xs' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, multiline: true, maw: 320, withArrow: false } }),
  },
});

/** Ties Mantine's own variables to the studio's palette (theme/palette.css). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--tb-panel)',
    '--mantine-color-text': 'var(--tb-text)',
    '--mantine-color-dimmed': 'var(--tb-dim)',
    '--mantine-color-placeholder': 'var(--tb-dim)',
    '--mantine-color-default-border': 'var(--tb-line-strong)',
    '--mantine-color-error': 'var(--tb-bad)',
    '--mantine-color-anchor': 'var(--tb-accent)',
  },
  light: {},
  dark: {},
});

import { IconStar, IconStarFilled } from '@tabler/icons-react';
import classes from './takes-list.module.css';

const STARS = [1, 2, 3, 4, 5] as const;

/** Five stars to click; the keys 1-5 do the same in the list. */
export function Rating({ value, onRate }: { value: number | null; onRate: (rating: number) => void }) {
  return (
    <div className={classes.stars}>
      {STARS.map((star) => {
        const on = value !== null && star <= value;
        const Icon = on ? IconStarFilled : IconStar;
        return (
          <button
            key={star}
            type="button"
            className={classes.star}
            tabIndex={-1}
            data-on={on || undefined}
            aria-label={`Rate ${star}`}
            aria-pressed={value === star}
            onClick={(event) => {
              event.stopPropagation();
              onRate(star);
            }}
          >
            <Icon size={13} stroke={1.5} />
          </button>
        );
      })}
    </div>
  );
}

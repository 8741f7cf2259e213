import classes from './takes-list.module.css';

const STARS = [1, 2, 3, 4, 5] as const;

/** One drawing for all stars of all rows: rows come and go while the list scrolls, and must be cheap. */
const STAR = (
  <svg width="13" height="13" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M12 2.6l2.9 5.9 6.5.9-4.7 4.6 1.1 6.5L12 17.4l-5.8 3.1 1.1-6.5L2.6 9.4l6.5-.9z" />
  </svg>
);

/** Five stars to click; the keys 1-5 do the same in the list. */
export function Rating({ value, onRate }: { value: number | null; onRate: (rating: number) => void }) {
  return (
    <div className={classes.stars}>
      {STARS.map((star) => (
        <button
          key={star}
          type="button"
          className={classes.star}
          tabIndex={-1}
          data-on={(value !== null && star <= value) || undefined}
          aria-label={`Rate ${star}`}
          aria-pressed={value === star}
          onClick={(event) => {
            event.stopPropagation();
            onRate(star);
          }}
        >
          {STAR}
        </button>
      ))}
    </div>
  );
}

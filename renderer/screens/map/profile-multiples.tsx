import type { CSSProperties } from 'react';
import { PROFILE_FIGURES, type ProfileFigure, pitchSpan, placeOn } from '../../../shared/profile/profile-figures.ts';
import { isConclusive, type VoiceProfile } from '../../../shared/schemas/voice-profile.ts';
import classes from './profile-multiples.module.css';

interface Profiles {
  old: VoiceProfile | null;
  new: VoiceProfile | null;
}

type Side = keyof Profiles;

const SIDES = ['old', 'new'] as const;

/** How two voices speak, feature by feature beside each other. */
export function ProfileMultiples({ profiles }: { profiles: Profiles }) {
  return (
    <table className={classes.table} aria-label="How both speak">
      <thead>
        <tr>
          <th scope="col">
            <span className={classes.unseen}>Feature</span>
          </th>
          <th scope="col" className={classes.figure}>
            <Heard profile={profiles.old} side="old" />
          </th>
          <td className={classes.scale} />
          <th scope="col">
            <Heard profile={profiles.new} side="new" />
          </th>
        </tr>
      </thead>
      <tbody>
        {PROFILE_FIGURES.map((figure) => (
          <tr key={figure.name} data-feature={figure.name}>
            <th scope="row" title={figure.help}>
              {figure.label}
            </th>
            <td className={classes.figure}>
              <Value figure={figure} profile={profiles.old} />
            </td>
            <td className={classes.scale} aria-hidden>
              <span className={classes.track}>
                {SIDES.map((side) => (
                  <Mark key={side} side={side} figure={figure} profile={profiles[side]} />
                ))}
              </span>
            </td>
            <td>
              <Value figure={figure} profile={profiles.new} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whose column it is, and how much speech stands behind it. */
function Heard({ profile, side }: { profile: VoiceProfile | null; side: Side }) {
  const sure = profile !== null && isConclusive(profile);
  return (
    <span className={classes.heard} data-side={side}>
      <span className={classes.side}>{side === 'old' ? 'Old' : 'New'}</span>
      <span className={classes.seconds} data-unsure={(profile !== null && !sure) || undefined}>
        {profile === null ? 'not heard' : sure ? `${profile.seconds.toFixed(0)} s heard` : 'inconclusive'}
      </span>
    </span>
  );
}

function Value({ figure, profile }: { figure: ProfileFigure; profile: VoiceProfile | null }) {
  const value = profile?.[figure.name] ?? null;
  if (value === null) return <span className={classes.unknown}>{profile === null ? '–' : 'not known'}</span>;
  const sure = profile !== null && isConclusive(profile);
  return (
    <span data-unsure={!sure || undefined} className={classes.value}>
      {figure.words(value)}
      <span className={classes.unit}>{figure.unit}</span>
    </span>
  );
}

/** Where a voice lies on the scale of a feature; of the pitch, how far it spreads as well. */
function Mark({ side, figure, profile }: { side: Side; figure: ProfileFigure; profile: VoiceProfile | null }) {
  const value = profile?.[figure.name] ?? null;
  if (profile === null || value === null) return null;
  const { pitchSpread } = profile;
  const span = figure.name === 'pitch' && pitchSpread !== null ? pitchSpan(figure, value, pitchSpread) : null;
  const unsure = !isConclusive(profile) || undefined;
  const at = { '--at': placeOn(figure, value) } as CSSProperties;
  return (
    <>
      {span && (
        <span
          className={classes.span}
          data-side={side}
          style={{ '--at': span.start, '--to': span.end } as CSSProperties}
        />
      )}
      <span className={classes.mark} data-side={side} data-unsure={unsure} style={at} />
    </>
  );
}

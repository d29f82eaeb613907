/** The closed set of colour meanings, and the Tailwind classes that show each of them. */

/** `severe` is red and means "act now"; do not use it for anything else. */
export type Severity = 'severe' | 'moderate' | 'mild' | 'none';

export type Tone = Severity | 'success' | 'info' | 'warning' | 'primary';

/** Ground, text and border of a filled mark. Whole class names, so that Tailwind finds them. */
export const toneClasses: Readonly<Record<Tone, string>> = {
	severe: 'bg-severe-bg text-severe-fg border-severe-line',
	moderate: 'bg-moderate-bg text-moderate-fg border-moderate-line',
	mild: 'bg-mild-bg text-mild-fg border-mild-line',
	none: 'bg-none-bg text-none-fg border-none-line',
	success: 'bg-success-bg text-success-fg border-success-line',
	info: 'bg-info-bg text-info-fg border-info-line',
	warning: 'bg-warning-bg text-warning-fg border-warning-line',
	primary: 'bg-primary-soft text-primary-ink border-primary'
};

/** Ground and text without a border (forced colours still draw one). */
export const toneFills: Readonly<Record<Tone, string>> = {
	severe: 'bg-severe-bg text-severe-fg',
	moderate: 'bg-moderate-bg text-moderate-fg',
	mild: 'bg-mild-bg text-mild-fg',
	none: 'bg-none-bg text-none-fg',
	success: 'bg-success-bg text-success-fg',
	info: 'bg-info-bg text-info-fg',
	warning: 'bg-warning-bg text-warning-fg',
	primary: 'bg-primary-soft text-primary-ink'
};

/** The line colour alone, for chart strokes and accents. */
export const toneLine: Readonly<Record<Tone, string>> = {
	severe: 'var(--c-severe-line)',
	moderate: 'var(--c-moderate-line)',
	mild: 'var(--c-mild-line)',
	none: 'var(--c-none-line)',
	success: 'var(--c-success-line)',
	info: 'var(--c-info-line)',
	warning: 'var(--c-warning-line)',
	primary: 'var(--c-primary)'
};

/** The ground colour alone, for chart bands. */
export const toneGround: Readonly<Record<Tone, string>> = {
	severe: 'var(--c-severe-bg)',
	moderate: 'var(--c-moderate-bg)',
	mild: 'var(--c-mild-bg)',
	none: 'var(--c-none-bg)',
	success: 'var(--c-success-bg)',
	info: 'var(--c-info-bg)',
	warning: 'var(--c-warning-bg)',
	primary: 'var(--c-primary-soft)'
};

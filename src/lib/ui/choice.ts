/** One choice of RadioCards, CheckboxCards, SegmentedControl or Tabs. */
import type { IconComponent } from './icon.ts';
import type { Severity } from './tone.ts';

export interface Choice<V extends string> {
	readonly value: V;
	readonly label: string;
	readonly hint?: string;
	readonly icon?: IconComponent;
	/** Shows the severity's shape before the label. */
	readonly severity?: Severity;
	readonly disabled?: boolean;
	/** Shown small after the label, e.g. a count. */
	readonly count?: number;
}

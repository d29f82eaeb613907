/** One item of BottomNav. */
import type { IconComponent } from './icon.ts';

export interface NavItem {
	readonly href: string;
	readonly label: string;
	readonly icon: IconComponent;
	readonly current: boolean;
	/** A count; 0 and undefined show nothing. */
	readonly badge?: number;
	/** What the badge counts, e.g. "3 則未讀"; required with a badge. */
	readonly badgeLabel?: string;
}

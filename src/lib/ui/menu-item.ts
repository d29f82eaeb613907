/** One action of a Menu. */
import type { IconComponent } from './icon.ts';

export interface MenuItem {
	readonly id: string;
	readonly label: string;
	readonly icon?: IconComponent;
	readonly danger?: boolean;
	readonly disabled?: boolean;
	/** Shows a tick: this is how it is now. */
	readonly checked?: boolean;
	readonly onselect: () => void;
}

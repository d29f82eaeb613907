/** The four severity outlines on a 24×24 grid; each shape differs, so that colour is never needed to tell them apart. */
import type { Severity } from './tone.ts';

export interface SeverityShape {
	readonly outline: string;
	/** Drawn over the outline in the ground's colour. */
	readonly sign: string;
}

export const severityShapes: Readonly<Record<Severity, SeverityShape>> = {
	severe: {
		outline: 'M7.9 1.8h8.2l5.9 5.9v8.6l-5.9 5.9H7.9L2 16.3V7.7z',
		sign: 'M12 7v6M12 17h.01'
	},
	moderate: {
		outline: 'M12 1 23 12 12 23 1 12z',
		sign: 'M12 7.5v5M12 16.5h.01'
	},
	mild: {
		outline: 'M12 2.2 23 21.5H1z',
		sign: 'M12 10v4.5M12 18h.01'
	},
	none: {
		outline: 'M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20z',
		sign: 'm8 12.2 2.8 2.8 5.2-5.6'
	}
};

/** The outline centred on 0,0 and scaled to `size` pixels, as an SVG transform. */
export function shapeTransform(x: number, y: number, size: number): string {
	const scale = size / 24;
	return `translate(${x - size / 2} ${y - size / 2}) scale(${scale})`;
}

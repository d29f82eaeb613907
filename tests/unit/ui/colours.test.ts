import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Every token of app.css that is a pair of hex colours, as [light, dark]. */
const tokens = new Map(
	[
		...readFileSync(new URL('../../../src/app.css', import.meta.url), 'utf8').matchAll(
			/--c-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g
		)
	].map(([, name = '', light = '', dark = '']) => [name, [light, dark]])
);

function luminance(hex: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
		return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2 contrast ratio of two tokens, the lower one of light and dark. */
function contrast(one: string, other: string): number {
	return Math.min(
		...[0, 1].map((scheme) => {
			const [low = 0, high = 0] = [one, other]
				.map((name) => luminance(tokens.get(name)?.[scheme] ?? '#777777'))
				.sort((a, b) => a - b);
			return (high + 0.05) / (low + 0.05);
		})
	);
}

const tones = ['severe', 'moderate', 'mild', 'none', 'success', 'info', 'warning'];
const grounds = ['canvas', 'surface', 'sunken'];

const textOnGround: [string, string][] = [
	...grounds.flatMap((ground): [string, string][] => [
		['ink', ground],
		['muted', ground],
		['danger', ground]
	]),
	['primary', 'canvas'],
	['primary', 'surface'],
	['primary-ink', 'canvas'],
	['primary-ink', 'surface'],
	['primary-ink', 'primary-soft'],
	['ink', 'primary-soft'],
	['muted', 'primary-soft'],
	['on-primary', 'primary'],
	['on-primary', 'primary-hover'],
	['on-danger', 'danger'],
	['on-danger', 'danger-hover'],
	...tones.map((tone): [string, string] => [`${tone}-fg`, `${tone}-bg`])
];

test.each(textOnGround)('text %s on %s reads at 4.5:1 in light and dark', (text, ground) => {
	expect(tokens.has(text) && tokens.has(ground)).toBe(true);
	expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
});

const marks: [string, string][] = [
	['line-strong', 'surface'],
	['line-strong', 'canvas'],
	['focus', 'surface'],
	['focus', 'canvas'],
	['primary', 'sunken'],
	...tones.map((tone): [string, string] => [`${tone}-line`, 'surface']),
	...tones.map((tone): [string, string] => [`${tone}-line`, `${tone}-bg`])
];

test.each(marks)('the mark %s stands out from %s at 3:1 in light and dark', (mark, ground) => {
	expect(tokens.has(mark) && tokens.has(ground)).toBe(true);
	expect(contrast(mark, ground)).toBeGreaterThanOrEqual(3);
});

/** Text size and colour scheme of this phone: kept in localStorage, applied to <html>; `static/boot.js` does the same before the first paint. */

export const textScales = [100, 125, 150, 200] as const;
export type TextScale = (typeof textScales)[number];

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const textScaleKey = 'connect10.textScale';
const themeKey = 'connect10.theme';

export function readTextScale(): TextScale {
	const stored = Number(read(textScaleKey));
	return textScales.find((scale) => scale === stored) ?? 100;
}

export function setTextScale(scale: TextScale): void {
	document.documentElement.dataset.textScale = String(scale);
	write(textScaleKey, String(scale));
}

export function readTheme(): Theme {
	const stored = read(themeKey);
	return themes.find((theme) => theme === stored) ?? 'system';
}

export function setTheme(theme: Theme): void {
	if (theme === 'system') delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = theme;
	write(themeKey, theme);
}

function read(key: string): string | null {
	try {
		return localStorage.getItem(key);
	} catch {
		// Storage may be blocked; the default look is right then.
		return null;
	}
}

function write(key: string, value: string): void {
	try {
		localStorage.setItem(key, value);
	} catch {
		// Storage may be full or blocked; the choice then holds until the next start.
	}
}

import { existsSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';

const fileOf = (path: string) => new URL(`../../../static${path}`, import.meta.url);

interface Icon {
	src: string;
	sizes: string;
	type: string;
	purpose?: string;
}

// The shape is what this test checks; a missing field fails below.
const manifest = JSON.parse(readFileSync(fileOf('/manifest.webmanifest'), 'utf8')) as {
	[field: string]: unknown;
	short_name: string;
	icons: Icon[];
	screenshots: (Icon & { form_factor: string; label: string })[];
	shortcuts: { name: string; url: string; icons: Icon[] }[];
};

/** Width and height from the header of a PNG. */
function pngSize(path: string): string {
	const bytes = readFileSync(fileOf(path));
	return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}

test('the manifest has what browsers need to install the app', () => {
	expect(manifest).toMatchObject({
		id: '/',
		start_url: '/',
		scope: '/',
		display: 'standalone',
		lang: 'zh-TW',
		prefer_related_applications: false
	});
	expect(manifest.name).toBeTruthy();
	expect(manifest.theme_color).toMatch(/^#/);
	expect(manifest.short_name.length).toBeLessThanOrEqual(12);
	const kinds = manifest.icons.map((icon) => `${icon.sizes} ${icon.purpose ?? ''}`);
	expect(kinds).toEqual(expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']));
});

test('every icon exists and is as large as the manifest says', () => {
	const icons = [...manifest.icons, ...manifest.shortcuts.flatMap((shortcut) => shortcut.icons)];
	for (const icon of icons) {
		expect(existsSync(fileOf(icon.src)), icon.src).toBe(true);
		if (icon.type === 'image/png') expect(pngSize(icon.src), icon.src).toBe(icon.sizes);
	}
});

test('the pictures for the offer to install are as large as they say, small to load, and on no phone afterwards', async () => {
	const { screenshots } = manifest;
	expect(new Set(screenshots.map(({ form_factor }) => form_factor))).toEqual(
		new Set(['narrow', 'wide'])
	);
	for (const { src, sizes, label } of screenshots) {
		expect(pngSize(src), src).toBe(sizes);
		expect(statSync(fileOf(src)).size, src).toBeLessThan(60_000);
		expect(label).toBeTruthy();
	}
	const { default: config } = await import('../../../svelte.config.js');
	const isKept = config.kit?.serviceWorker?.files;
	expect(screenshots.filter(({ src }) => isKept?.(src.slice(1)))).toEqual([]);
	expect(isKept?.('icons/mark.svg')).toBe(true);
});

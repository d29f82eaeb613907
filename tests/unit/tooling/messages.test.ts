/** Every word exists in both languages and is used. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const settings = JSON.parse(readFileSync(join(root, 'project.inlang/settings.json'), 'utf8')) as {
	locales: string[];
	'plugin.inlang.messageFormat': { pathPattern: string[] };
};
const features = readdirSync(join(root, 'messages/zh-TW')).map((file) => file.replace('.json', ''));

type Messages = Record<string, unknown>;

function messagesOf(locale: string, feature: string): Messages {
	const file = readFileSync(join(root, 'messages', locale, `${feature}.json`), 'utf8');
	const { $schema: _, ...messages } = JSON.parse(file) as Messages;
	return messages;
}

const sourceText = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
	.filter((path) => /\.(ts|js|svelte)$/.test(path) && !path.includes('paraglide'))
	.map((path) => readFileSync(join(root, 'src', path), 'utf8'))
	.join('\n');
const wordsInSource = new Set(sourceText.match(/\w+/g));

test('the compiler reads exactly the files that are there', () => {
	const patterns = settings['plugin.inlang.messageFormat'].pathPattern;
	expect([...patterns].sort()).toEqual(
		features.map((feature) => `./messages/{locale}/${feature}.json`).sort()
	);
});

describe.each(features)('%s', (feature) => {
	const base = messagesOf('zh-TW', feature);
	const keys = Object.keys(base);

	// What a message takes may differ (a 民國 year here, a Western year there); the types check that.
	test.each(settings.locales)('%s has the same keys as zh-TW', (locale) => {
		expect(Object.keys(messagesOf(locale, feature)).sort()).toEqual([...keys].sort());
	});

	test('keys begin with the name of the file', () => {
		expect(keys.filter((key) => !key.startsWith(`${feature}_`))).toEqual([]);
	});

	test('no message is empty', () => {
		const all = settings.locales.flatMap((locale) => Object.entries(messagesOf(locale, feature)));
		expect(all.filter(([, message]) => message === '')).toEqual([]);
	});

	test('English has no marks that Chinese fonts draw as wide as a character', () => {
		const all = Object.entries(messagesOf('en', feature));
		expect(all.filter(([, text]) => /[‘’“”…]/.test(JSON.stringify(text)))).toEqual([]);
	});

	test('Chinese speaks to people with 您, and has one word for each kind of people', () => {
		expect(
			Object.entries(base).filter(([, text]) => /你|照顧對象|個管員/.test(JSON.stringify(text)))
		).toEqual([]);
	});

	test('each message is used', () => {
		expect(keys.filter((key) => !wordsInSource.has(key))).toEqual([]);
	});
});
